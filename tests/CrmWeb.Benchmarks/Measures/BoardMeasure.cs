using System.Diagnostics;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The board of a pipeline in which 2,000 deals are open, asked for by one member at a time: how long the answer takes.</summary>
internal static class BoardMeasure
{
    private const int Deals = 2_000;
    private const int WarmUps = 60;
    private const int Answers = 100;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, 10_000, 10_000);
        var pipeline = await BusyPipeline(installation);
        await using var server = await Server.Product(installation);
        var browser = await SignedIn.As(installation);
        var took = new List<double>();
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("Cookie", browser.Cookie);
        for (var i = -WarmUps; i < Answers; i++)
        {
            var clock = Stopwatch.StartNew();
            var page = await http.GetStringAsync($"/t/bench/deals/board?pipeline={pipeline}");
            if (!page.Contains("Benchmark deal", StringComparison.Ordinal)) throw new InvalidOperationException("The board shows no deal.");
            if (i >= 0) took.Add(clock.Elapsed.TotalMilliseconds);
        }

        report.Add(new Row($"board with {Deals:N0} open deals", provider, Report.Median(took), 150, "ms", 1, AtLeast: false));
    }

    private static Task<long> BusyPipeline(Installation installation) => installation.Use(async db =>
    {
        const string name = "Busy pipeline";
        if (await db.Pipelines.Where(p => p.Name == name).Select(p => (long?)p.Id).FirstOrDefaultAsync() is { } known) return known;

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var member = await db.Members.Select(m => m.Id).FirstAsync();
        var pipeline = new Pipeline(name, 9);
        Stage[] stages = [.. new[] { 10, 30, 50, 70, 90 }.Select((probability, i) => new Stage(pipeline, new StageDetails($"Stage {i + 1}", probability, ForecastCategory.Pipeline), i))];
        db.Stages.AddRange(stages);
        await db.SaveChangesAsync();
        var currency = await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => t.Currency).SingleAsync();
        var customers = await db.Customers.OrderBy(c => c.Id).Take(Deals).ToListAsync();
        db.Deals.AddRange(customers.Select((customer, i) => new Deal(customer, stages[i % stages.Length], new DealDetails
        {
            Name = $"Benchmark deal {i}",
            Amount = 100_00 + i,
            Conversion = Conversion.None(currency),
            OwnerId = member,
        }, member, now)));
        await db.SaveChangesAsync();
        return pipeline.Id;
    });
}
