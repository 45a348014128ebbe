using System.Diagnostics;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Quality;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The nightly count of data quality over a whole tenant, beside one pass of the engine over the same rows that counts the same columns; each of the twenty questions of the count is such a pass.</summary>
internal static class QualityMeasure
{
    private const int Rounds = 3;
    private const int Passes = 20;

    private const string Pass = """
        SELECT COUNT(*) AS "Value" FROM (SELECT "OwnerId", "TeamId", "Origin", "Stage", "Kind", COUNT("Email") AS a, COUNT("Phone") AS b, COUNT("Website") AS c, COUNT("Street") AS d, COUNT("City") AS e,
            COUNT("Region") AS f, COUNT("PostalCode") AS g, COUNT("Country") AS h, COUNT("Industry") AS i, COUNT("Language") AS j, COUNT("Source") AS k, COUNT("ExternalId") AS l
        FROM "Customers" WHERE "TenantId" = {0} AND "DeletedAt" IS NULL GROUP BY "OwnerId", "TeamId", "Origin", "Stage", "Kind") AS x
        """;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Fresh(provider);
        await installation.Verb("load", "--tenant", Installation.Tenant, "--customers", wanted.Customers.ToString(System.Globalization.CultureInfo.InvariantCulture), "--seed", "1");
        var (ours, raw) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await installation.Use(db => db.Database.SqlQueryRaw<int>(Pass, db.Current.Id).SingleAsync());
            var limit = clock.Elapsed.TotalSeconds;
            clock.Restart();
            await installation.Use(Count);
            // the first round fills the caches of both
            if (round < 0) continue;
            raw.Add(limit);
            ours.Add(clock.Elapsed.TotalSeconds);
        }

        report.Add(new Row($"data quality of {wanted.Customers:N0} customers", provider, Report.Median(ours), Report.Median(raw), "s", Passes, AtLeast: false));
    }

    private static async Task<int> Count(CrmDb db)
    {
        var who = new CustomerFilterContext(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), day => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc), 0, "DE");
        return (int)await db.CountQuality(await db.LoadCustomFields(CancellationToken.None), who, (_, _) => Task.CompletedTask, CancellationToken.None);
    }
}
