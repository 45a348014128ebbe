using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmWeb.Benchmarks.Bare;
using CrmWeb.Data.Providers;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>Batches of 1,000 customers by the API, new ones and the same once more with another city, beside a raw upsert of the same rows.</summary>
internal static class BatchMeasure
{
    private const int Size = 1000;
    private const int Batches = 30;
    private const int WarmUps = 10;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var (installation, raw) = (await Installation.Fresh(provider), await Installation.Fresh(provider));
        var key = await installation.ApiKey();
        await using var server = await Server.Product(installation);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var batches = ImportMeasure.Rows(Size * Batches).Chunk(Size).ToArray();
        foreach (var what in new[] { "new", "changed" })
        {
            var (ours, limit) = (new List<double>(), new List<double>());
            for (var i = 0; i < batches.Length; i++)
            {
                var rows = what == "new" ? batches[i] : [.. batches[i].Select(row => row with { City = "Basel" })];
                var (a, b) = (await Ours(http, rows), await Raw(raw, rows));
                if (i < WarmUps) continue;
                ours.Add(a);
                limit.Add(b);
            }

            report.Add(new Row($"batch of 1,000 by the API, {what}", provider, Report.Median(ours), Report.Median(limit), "rows/s", 0.3, AtLeast: true));
        }
    }

    private static async Task<double> Ours(HttpClient http, RawRow[] rows)
    {
        var json = JsonSerializer.Serialize(new { items = rows.Select(r => new { externalId = r.ExternalId, name = r.Name, email = r.Email, phone = r.Phone, city = r.City, country = "NL" }) });
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var clock = Stopwatch.StartNew();
        using var answer = await http.PostAsync("/api/v1/customers/batch", content);
        var text = await answer.Content.ReadAsStringAsync();
        var rate = rows.Length / clock.Elapsed.TotalSeconds;
        return answer.IsSuccessStatusCode && !text.Contains("refused\",\"id", StringComparison.Ordinal) ? rate : throw new InvalidOperationException(text[..Math.Min(text.Length, 500)]);
    }

    private static async Task<double> Raw(Installation installation, RawRow[] rows)
    {
        var clock = Stopwatch.StartNew();
        await RawUpsert.Run(installation, rows);
        return rows.Length / clock.Elapsed.TotalSeconds;
    }
}
