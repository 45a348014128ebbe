using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>Lists: segments whose members people choose. Whom they may choose is decided by then.</summary>
public static class SegmentLists
{
    private const int Batch = 5_000;

    /// <summary>Puts customers on a list. Answers who was not on it; null when there is no such list. Needs an open transaction.</summary>
    public static Task<List<long>?> PutOnList(this CrmDb db, long listId, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.Turn(listId, customers, (some, within) => [.. some.Where(id => !within.Contains(id))], (_, _) => [], stop);

    /// <summary>Takes customers off a list. Answers who was on it; null when there is no such list. Needs an open transaction.</summary>
    public static Task<List<long>?> TakeOffList(this CrmDb db, long listId, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.Turn(listId, customers, (_, _) => [], (_, within) => [.. within], stop);

    /// <summary>Which of the customers are on the list.</summary>
    public static Task<HashSet<long>> OnList(this CrmDb db, long listId, IReadOnlyCollection<long> customers, CancellationToken stop) => db.Within(listId, customers, stop);

    /// <summary>The customers that an import made or changed, as far as the actor sees them.</summary>
    public static IQueryable<Domain.Customers.Customer> BroughtBy(this CrmDb db, long importId) =>
        db.Seen(db.Customers).Where(c => c.ImportId == importId || db.ImportRows.Any(row => row.ImportId == importId && row.CustomerId == c.Id));

    /// <summary>Counts who is on the lists: some were put away or came back since.</summary>
    public static async Task CountLists(this CrmDb db, CancellationToken stop)
    {
        var today = (await db.RuleSources(stop)).Today;
        foreach (var id in await db.Segments.Where(s => s.Kind == SegmentKind.Static).Select(s => s.Id).ToListAsync(stop))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            if (!await db.HoldSegment(id, stop)) continue;
            await db.Count(id, today, 0, 0, stop);
            await transaction.CommitAsync(stop);
        }
    }

    private static async Task<List<long>?> Turn(
        this CrmDb db, long listId, IReadOnlyCollection<long> customers, Func<long[], HashSet<long>, List<long>> entering, Func<long[], HashSet<long>, List<long>> leaving, CancellationToken stop)
    {
        if (!await db.HoldSegment(listId, stop) || !await db.Segments.AnyAsync(s => s.Id == listId && s.Kind == SegmentKind.Static, stop)) return null;
        var (coming, going, now) = (new List<long>(), new List<long>(), db.Now);
        foreach (var some in customers.Distinct().Order().Chunk(Batch))
        {
            var within = await db.Within(listId, some, stop);
            var (comes, goes) = (entering(some, within), leaving(some, within));
            if (comes.Count + goes.Count == 0) continue;
            await db.Turn(listId, comes, goes, now, db.ActorId == 0 ? null : db.ActorId, stop);
            coming.AddRange(comes);
            going.AddRange(goes);
        }

        // once, after all of them
        if (coming.Count + going.Count == 0) return [];
        await db.Count(listId, (await db.RuleSources(stop)).Today, coming.Count, going.Count, stop);
        return [.. coming, .. going];
    }
}
