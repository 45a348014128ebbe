using System.Diagnostics;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>
/// What is kept on the customers of their orders, computed anew for all of them by the verb's own method, beside one hand-written statement over the whole
/// tenant. Before each of both the facts are made wrong, so that both write every buyer's row.
/// </summary>
internal static class FactsMeasure
{
    private const int OrdersOfACustomer = 3;
    private const int Rounds = 3;

    private const string Spoil = """UPDATE "Customers" SET "TotalSpent" = "TotalSpent" + 1, "OrderCount" = "OrderCount" + 1 WHERE "TenantId" = {0} AND "OrderCount" > 0""";

    private const string Raw = """
        UPDATE "Customers" AS c SET "OrderCount" = o.n, "TotalSpent" = o.s, "FirstOrderAt" = o.f, "LastOrderAt" = o.l, "Margin" = o.m, "AverageOrder" = o.a, "DaysBetweenOrders" = o.d
        FROM (SELECT "CustomerId", COUNT(*) AS n, CAST(SUM("BaseTotal") AS bigint) AS s, MIN("PlacedAt") AS f, MAX("PlacedAt") AS l,
                CAST(SUM("BaseTotal") AS bigint) - CAST(SUM("BaseCost") AS bigint) AS m, CAST(AVG("BaseTotal") AS bigint) AS a, CASE WHEN COUNT(*) > 1 THEN DAYS END AS d
              FROM "Orders" WHERE "TenantId" = {0} AND "State" <> 2 AND "DeletedAt" IS NULL GROUP BY "CustomerId") AS o
        WHERE c."TenantId" = {0} AND c."Id" = o."CustomerId"
        """;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, wanted.Customers, 0, wanted.Customers * OrdersOfACustomer);
        var days = provider == Provider.Sqlite
            ? """CAST(ROUND((julianday(MAX("PlacedAt")) - julianday(MIN("PlacedAt"))) / (COUNT(*) - 1)) AS INTEGER)"""
            : """CAST(ROUND(EXTRACT(EPOCH FROM MAX("PlacedAt") - MIN("PlacedAt")) / 86400 / (COUNT(*) - 1)) AS integer)""";
        var raw = Raw.Replace("DAYS", days, StringComparison.Ordinal);
        var (ours, limit) = (new List<double>(), new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            var hand = await Timed(installation, db => db.Database.ExecuteSqlRawAsync(raw, db.Current.Id));
            var kept = await Timed(installation, db => db.RebuildFacts(default));
            // the first round fills the caches of both
            if (round < 0) continue;
            limit.Add(hand);
            ours.Add(kept);
        }

        report.Add(new Row($"rebuild facts of {wanted.Customers:N0} customers and {wanted.Customers * OrdersOfACustomer:N0} orders", provider, Report.Median(ours), Report.Median(limit), "s", 2, AtLeast: false));
    }

    private static async Task<double> Timed(Installation installation, Func<CrmDb, Task<int>> work)
    {
        await installation.Use(async db =>
        {
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            return await db.Database.ExecuteSqlRawAsync(Spoil, db.Current.Id);
        });
        var clock = Stopwatch.StartNew();
        var changed = await installation.Use(db =>
        {
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
            return work(db);
        });
        return changed > 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException("Nothing was written.");
    }
}
