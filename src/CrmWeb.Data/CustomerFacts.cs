using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// Keeps on the customer row what lists ask for all the time, in the transaction of the fact. Written by statements, not through the tracked
/// row: a logged call must not make a colleague's open form stale. What each fact is says <see cref="FactStatement"/>.
/// </summary>
public static class CustomerFacts
{
    private const int BatchOfRebuild = 5_000;

    private static readonly DateTime Never = new(1, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The facts, and what is computed of them by night, by the names of their columns.</summary>
    internal static readonly string[] Kept =
    [
        nameof(Customer.LastInteractionAt), nameof(Customer.LastInboundAt), nameof(Customer.LastOutboundAt), nameof(Customer.InteractionsIn90Days),
        nameof(Customer.OrderCount), nameof(Customer.FirstOrderAt), nameof(Customer.LastOrderAt), nameof(Customer.TotalSpent), nameof(Customer.Margin),
        nameof(Customer.AverageOrder), nameof(Customer.DaysBetweenOrders), nameof(Customer.OpenDeals), nameof(Customer.OpenDealsValue), nameof(Customer.OpenCases),
        nameof(Customer.RfmRecency), nameof(Customer.RfmFrequency), nameof(Customer.RfmMonetary),
    ];

    /// <summary>Computes the facts of every customer of the tenant anew, in batches. Answers how many were wrong.</summary>
    public static Task<int> RebuildFacts(this CrmDb db, CancellationToken stop) => db.RebuildFacts(Facts.All, null, stop);

    /// <summary>Contacts leave the last 90 days by time alone: what nobody touched is counted anew. Answers how many changed.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="progress">How many customers were looked at; within the transaction of each batch.</param>
    /// <param name="stop">Between two batches.</param>
    public static Task<int> RecountRecent(this CrmDb db, Func<long, Task> progress, CancellationToken stop) => db.RebuildFacts(Facts.Contacts, progress, stop);

    private static async Task<int> RebuildFacts(this CrmDb db, Facts facts, Func<long, Task>? progress, CancellationToken stop)
    {
        var (mended, last, seen) = (0, 0L, 0L);
        while (true)
        {
            var after = last;
            var ids = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(BatchOfRebuild).ToListAsync(stop);
            if (ids.Count == 0) return mended;
            (last, seen) = (ids[^1], seen + ids.Count);

            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after && c.Id <= last).Hold(stop);
            mended += await FactStatement.Write(db, facts, after + 1, last, stop);
            if (progress is not null) await progress(seen);
            await transaction.CommitAsync(stop);
        }
    }

    /// <summary>Of the customers with these ids, which nobody else may touch meanwhile: they are held, or not committed yet.</summary>
    internal static Task<int> ComputeFacts(this CrmDb db, long first, long last, CancellationToken stop) => FactStatement.Write(db, Facts.All, first, last, stop);

    /// <summary>Holds the customers, lets what hangs on them be written, and computes those facts of them anew.</summary>
    internal static async Task Recompute(this CrmDb db, Facts facts, IReadOnlyCollection<long> ids, Func<Task> write, CancellationToken stop)
    {
        await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id)).Hold(stop);
        await write();
        await FactStatement.Write(db, facts, ids, stop);
    }

    /// <summary>See <see cref="FactsTouched.Hold"/>.</summary>
    internal static async Task Hold(CrmDb db, IEnumerable<long> ids, CancellationToken stop)
    {
        if (db.HasOneWriter) return;
        // in one order, so that two saves about the same customers do not wait for each other
        foreach (var id in ids.Order()) await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id == id).Hold(stop);
    }

    /// <summary>New contacts of a customer that is held.</summary>
    internal static async Task Contacted(CrmDb db, long id, IReadOnlyList<Interaction> contacts, CancellationToken stop)
    {
        var past = contacts.Where(contact => !contact.IsPlanned).ToList();
        if (past.Count == 0) return;
        var (tenant, since) = (db.TenantId, db.Now - FactStatement.Recently);
        var (at, inbound, outbound) = (Last(past), Last(past.Where(c => c.Direction == Direction.Inbound)), Last(past.Where(c => c.Direction == Direction.Outbound)));
        var recent = past.Count(contact => contact.OccurredAt > since);
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "Customers" SET "LastInteractionAt" = CASE WHEN {at} > COALESCE("LastInteractionAt", {Never}) THEN {at} ELSE "LastInteractionAt" END,
                "LastInboundAt" = CASE WHEN {inbound} > COALESCE("LastInboundAt", {Never}) THEN {inbound} ELSE "LastInboundAt" END,
                "LastOutboundAt" = CASE WHEN {outbound} > COALESCE("LastOutboundAt", {Never}) THEN {outbound} ELSE "LastOutboundAt" END,
                "InteractionsIn90Days" = "InteractionsIn90Days" + {recent}
            WHERE "TenantId" = {tenant} AND "Id" = {id}
            """, stop);
    }

    private static DateTime Last(IEnumerable<Interaction> contacts) => contacts.Select(contact => contact.OccurredAt).DefaultIfEmpty(Never).Max();

    // a statement that changes nothing takes the locks of the rows, on every engine
    private static Task<int> Hold(this IQueryable<Customer> customers, CancellationToken stop) =>
        customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.LastInteractionAt, c => c.LastInteractionAt), stop);
}
