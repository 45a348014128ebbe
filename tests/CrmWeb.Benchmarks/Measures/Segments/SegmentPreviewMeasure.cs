using System.Globalization;
using CrmWeb.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures.Segments;

/// <summary>
/// The builder over HTTP: the numbers beside it for rules of indexed facts (how many, how many by mail and phone, twenty of them), the first answer for rules of every kind,
/// and the page itself. One member, one request at a time.
/// </summary>
internal static class SegmentPreviewMeasure
{
    private const int Rounds = 20;
    private const int WarmUps = 3;
    private const int Preview = 500;
    private const int Page = 100;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await wanted.ForSegments(provider);
        await using var server = await Server.Product(installation);
        var browser = await SignedIn.As(installation);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Cookie", browser.Cookie);
        var size = wanted.Customers.ToString("N0", CultureInfo.InvariantCulture);
        var indexed = new List<double>();
        foreach (var rule in SegmentQuestions.Indexed)
        {
            var times = await Times(Rounds, () => Ask(http, browser, rule));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {provider} {rule}: {Report.Median(times):0} ms"));
            indexed.AddRange(times);
        }

        report.Add(new($"preview of rules on indexed facts, {size}, p95", provider, P95(indexed), Preview, "ms", 1, AtLeast: false));
        var others = new List<double>();
        foreach (var question in SegmentQuestions.All) others.AddRange(await Times(Rounds / 4, () => Ask(http, browser, question.Rule)));
        // those that take longer go on counting by themselves
        report.Add(new($"first answer of the preview of any rule, {size}, p95", provider, P95(others), 2 * Preview, "ms", 1, AtLeast: false));
        report.Add(new($"opening the builder, {size}, p95", provider, P95(await Times(Rounds * 5, () => http.GetStringAsync("/t/bench/segments/new"))), Page, "ms", 1, AtLeast: false));
        var id = await installation.Use(db => db.Segments.Where(s => s.Name == "Slipping away").Select(s => s.Id).FirstAsync());
        report.Add(new($"opening the builder of a segment, {size}, p95", provider, P95(await Times(Rounds * 5, () => http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"/t/bench/segments/{id}/edit")))), Page, "ms", 1, AtLeast: false));
    }

    private static async Task<string> Ask(HttpClient http, SignedIn browser, string rule)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = browser.Token, ["Mode"] = "text", ["Text"] = rule });
        using var answer = await http.PostAsync("/t/bench/segments/preview", form);
        var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return text.Contains("crm-live-count", StringComparison.Ordinal) ? text : throw new InvalidOperationException($"{rule}: {text}");
    }

    private static async Task<List<double>> Times(int rounds, Func<Task> ask)
    {
        for (var i = 0; i < WarmUps; i++) await ask();
        var times = new List<double>(rounds);
        for (var i = 0; i < rounds; i++) times.Add(await SegmentSql.Timed(ask));
        return times;
    }

    private static double P95(List<double> times) => times.Order().ElementAt(times.Count * 95 / 100);
}
