using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>Lists: segments whose members people choose. Whom they may choose is decided by then.</summary>
public static class SegmentLists
{
    /// <summary>Puts customers on a list. Answers who was not on it; null when there is no such list. Needs an open transaction.</summary>
    public static Task<List<long>?> PutOnList(this CrmDb db, long listId, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.Turn(listId, customers, within => [.. customers.Distinct().Where(id => !within.Contains(id))], _ => [], stop);

    /// <summary>Takes customers off a list. Answers who was on it; null when there is no such list. Needs an open transaction.</summary>
    public static Task<List<long>?> TakeOffList(this CrmDb db, long listId, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.Turn(listId, customers, _ => [], within => [.. within], stop);

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
        this CrmDb db, long listId, IReadOnlyCollection<long> customers, Func<HashSet<long>, List<long>> entering, Func<HashSet<long>, List<long>> leaving, CancellationToken stop)
    {
        if (!await db.HoldSegment(listId, stop) || !await db.Segments.AnyAsync(s => s.Id == listId && s.Kind == SegmentKind.Static, stop)) return null;
        var within = await db.Within(listId, customers, stop);
        var (coming, going) = (entering(within), leaving(within));
        if (coming.Count + going.Count == 0) return [];
        await db.Turn(listId, coming, going, db.Now, db.ActorId == 0 ? null : db.ActorId, stop);
        await db.Count(listId, (await db.RuleSources(stop)).Today, coming.Count, going.Count, stop);
        return [.. coming, .. going];
    }
}
