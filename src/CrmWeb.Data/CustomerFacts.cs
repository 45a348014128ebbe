using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// Keeps on the customer row what lists ask for all the time, in the transaction of the fact. Written by statements, not through the tracked
/// row: a logged call must not make a colleague's open form stale. What each fact is says <see cref="FactStatement"/>.
/// </summary>
public static class CustomerFacts
{
    // fewer rows than make SQL Server lock the table
    private const int BatchOfRebuild = 2_000;

    private static readonly DateTime Never = new(1, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The facts, and what is computed of them by night, by the names of their columns.</summary>
    internal static readonly string[] Kept =
    [
        nameof(Customer.LastInteractionAt), nameof(Customer.LastInboundAt), nameof(Customer.LastOutboundAt), nameof(Customer.InteractionsIn90Days),
        nameof(Customer.OrderCount), nameof(Customer.FirstOrderAt), nameof(Customer.LastOrderAt), nameof(Customer.TotalSpent), nameof(Customer.Margin),
        nameof(Customer.AverageOrder), nameof(Customer.DaysBetweenOrders), nameof(Customer.OpenDeals), nameof(Customer.OpenDealsValue), nameof(Customer.OpenCases),
        nameof(Customer.RfmRecency), nameof(Customer.RfmFrequency), nameof(Customer.RfmMonetary),
        nameof(Customer.AlivePercent), nameof(Customer.ExpectedOrders), nameof(Customer.PredictedValue),
        nameof(Customer.ServiceMinutes), nameof(Customer.ServiceCost), nameof(Customer.ContactCost), nameof(Customer.Profit),
        nameof(Customer.EffectiveTierId),
    ];

    /// <summary>Computes the facts of every customer of the tenant anew, in batches. Answers how many were wrong.</summary>
    public static async Task<int> RebuildFacts(this CrmDb db, CancellationToken stop) => await db.RebuildFacts(Facts.All, await db.CostRates.AnyAsync(stop), null, stop);

    /// <summary>What contacts cost became another: of every contact and, with it, of every customer. Answers of how many customers it changed something.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="progress">How many customers were looked at; within the transaction of each batch.</param>
    /// <param name="stop">Between two batches.</param>
    public static Task<int> RecountCosts(this CrmDb db, Func<long, Task> progress, CancellationToken stop) => db.RebuildFacts(Facts.Contacts | Facts.Orders, true, progress, stop);

    /// <summary>Contacts leave the last 90 days by time alone: what nobody touched is counted anew. Answers how many changed.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="progress">How many customers were looked at; within the transaction of each batch.</param>
    /// <param name="stop">Between two batches.</param>
    public static Task<int> RecountRecent(this CrmDb db, Func<long, Task> progress, CancellationToken stop) => db.RebuildFacts(Facts.Contacts, false, progress, stop);

    private static async Task<int> RebuildFacts(this CrmDb db, Facts facts, bool costs, Func<long, Task>? progress, CancellationToken stop)
    {
        var (mended, last, seen) = (0, 0L, 0L);
        while (true)
        {
            var after = last;
            var ids = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(BatchOfRebuild).ToListAsync(stop);
            if (ids.Count == 0) return mended;
            (last, seen) = (ids[^1], seen + ids.Count);

            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await CustomerHold.Take(db, after + 1, last, stop);
            if (costs) await CostStatement.Write(db, after + 1, last, stop);
            mended += await FactStatement.Write(db, facts, after + 1, last, stop);
            if (facts == Facts.All) mended += await db.FollowTiers(ids, stop);
            if (progress is not null) await progress(seen);
            await transaction.CommitAsync(stop);
        }
    }

    /// <summary>Of the customers with these ids, which nobody else may touch meanwhile: they are held, or not committed yet.</summary>
    internal static Task<int> ComputeFacts(this CrmDb db, long first, long last, CancellationToken stop) => FactStatement.Write(db, Facts.All, first, last, stop);

    /// <summary>Holds the customers, lets what hangs on them be written, and computes those facts of them anew.</summary>
    internal static async Task Recompute(this CrmDb db, Facts facts, IReadOnlyCollection<long> ids, Func<Task> write, CancellationToken stop)
    {
        await CustomerHold.Take(db, ids, stop);
        await write();
        await FactStatement.Write(db, facts, ids, stop);
    }

    /// <summary>New contacts of a customer that is held; null when none of them took place yet.</summary>
    internal static Statement? Contacted(CrmDb db, long id, IReadOnlyList<Interaction> contacts)
    {
        var past = contacts.Where(contact => !contact.IsPlanned).ToList();
        if (past.Count == 0) return null;
        var (at, inbound, outbound) = (Last(past), Last(past.Where(c => c.Direction == Direction.Inbound)), Last(past.Where(c => c.Direction == Direction.Outbound)));
        var recent = past.Count(contact => contact.OccurredAt > db.Now - FactStatement.Recently);
        // what they cost, then the facts, then what remains. Of several the customer was held before they were written: what another one wrote with an id between
        // theirs is not committed, and counts itself when it is
        // one alone by its key: no engine shall go through all contacts of the customer for it
        string These(string row) => $$"""{{row}}."CustomerId" = {1} AND {{row}}."Id" {{(past.Count == 1 ? "=" : ">=")}} {2} AND {{row}}."Id" <= {3}""";
        var sql = $$"""
            {{CostStatement.Sql(db, $"{These("i")} AND {CostStatement.IsSet}")}};
            UPDATE "Customers" SET "LastInteractionAt" = CASE WHEN {4} > COALESCE("LastInteractionAt", {7}) THEN {4} ELSE "LastInteractionAt" END,
                "LastInboundAt" = CASE WHEN {5} > COALESCE("LastInboundAt", {7}) THEN {5} ELSE "LastInboundAt" END,
                "LastOutboundAt" = CASE WHEN {6} > COALESCE("LastOutboundAt", {7}) THEN {6} ELSE "LastOutboundAt" END,
                "InteractionsIn90Days" = "InteractionsIn90Days" + {8}, "ServiceMinutes" = "ServiceMinutes" + {9},
                "ServiceCost" = {{More("ServiceCost")}}, "ContactCost" = {{More("ContactCost")}}, "ChangedAt" = {10}
            WHERE "TenantId" = {0} AND "Id" = {1};
            UPDATE "Customers" SET "Profit" = {{FactStatement.Profit(name => $"\"{name}\"")}} WHERE "TenantId" = {0} AND "Id" = {1} AND {{CostStatement.IsSet}}
            """;
        return new(
            sql, [db.TenantId, id, past.Min(c => c.Id), past.Max(c => c.Id), at, inbound, outbound, Never, recent, past.Sum(c => (long)(c.Minutes ?? 0)), db.Now]);

        string More(string column) => $$"""
            CASE WHEN "LastInteractionAt" IS NULL THEN 0 ELSE "{{column}}" END
                + (SELECT {{FactStatement.WhenKnown(column)}} FROM "Interactions" AS r WHERE r."TenantId" = {0} AND {{These("r")}} AND {{FactStatement.Happened(db)}})
            """;
    }

    /// <summary>Says that something changed by which segments judge a customer, where no fact and no detail did: its tags, or a planned contact.</summary>
    internal static Statement Changed(CrmDb db, long id) => new("""UPDATE "Customers" SET "ChangedAt" = {2} WHERE "TenantId" = {0} AND "Id" = {1}""", [db.TenantId, id, db.Now]);

    /// <summary>Likewise of many, which are held first.</summary>
    public static async Task Touch(CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        if (ids.Count == 0) return;
        await CustomerHold.Take(db, ids, stop);
        var now = db.Now;
        await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now), stop);
    }

    private static DateTime Last(IEnumerable<Interaction> contacts) => contacts.Select(contact => contact.OccurredAt).DefaultIfEmpty(Never).Max();
}
