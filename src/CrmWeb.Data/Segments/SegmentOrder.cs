using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>A segment by rule, as far as judging needs it.</summary>
/// <param name="Uses">The segments that its rule names.</param>
internal sealed record RuledSegment(long Id, string Rule, bool IsTimeDriven, DateTime? RefreshedAt, DateTime? JudgedAt, DateTime? RefreshFailedAt, IReadOnlyList<long> Uses);

/// <summary>Which segment is judged before which: one that a rule names comes before it.</summary>
internal static class SegmentOrder
{
    /// <summary>All segments by rule that there are, each after those that it names.</summary>
    public static async Task<List<RuledSegment>> RuledSegments(this CrmDb db, CancellationToken stop)
    {
        var rows = await db.Segments.Where(s => s.Kind == SegmentKind.Dynamic && s.Rule != null).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.Rule, s.IsTimeDriven, s.RefreshedAt, s.JudgedAt, s.RefreshFailedAt }).ToListAsync(stop);
        if (rows.Count == 0) return [];
        var uses = (await db.SegmentUses.Select(u => new { u.SegmentId, u.UsedId }).ToListAsync(stop)).ToLookup(u => u.SegmentId, u => u.UsedId);
        var all = rows.ToDictionary(row => row.Id, row => new RuledSegment(row.Id, row.Rule!, row.IsTimeDriven, row.RefreshedAt, row.JudgedAt, row.RefreshFailedAt, [.. uses[row.Id]]));
        var (order, seen) = (new List<RuledSegment>(all.Count), new HashSet<long>());
        foreach (var row in rows) Visit(row.Id);
        return order;

        void Visit(long id)
        {
            if (!all.TryGetValue(id, out var segment) || !seen.Add(id)) return;
            foreach (var used in segment.Uses) Visit(used);
            order.Add(segment);
        }
    }

    /// <summary>Of an order, one segment and those that it needs.</summary>
    public static List<RuledSegment> Towards(this List<RuledSegment> order, long id)
    {
        var needed = new HashSet<long> { id };
        foreach (var segment in Enumerable.Reverse(order)) if (needed.Contains(segment.Id)) needed.UnionWith(segment.Uses);
        return order.FindAll(segment => needed.Contains(segment.Id));
    }
}
