using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>What is read of segments, for the pages and the API alike: numbers are of the customers that the member sees.</summary>
internal static class SegmentReading
{
    /// <summary>How many members of the segments the member sees.</summary>
    public static async Task<Dictionary<long, int>> Counts(CrmDb db, IReadOnlyCollection<Segment> segments, CancellationToken stop)
    {
        if (db.Current.Actor.SeesAll) return segments.ToDictionary(s => s.Id, s => s.MemberCount);
        var ids = segments.Select(s => s.Id).ToList();
        var counts = await db.Memberships.Where(m => ids.Contains(m.SegmentId) && m.LeftAt == null && m.Customer!.DeletedAt == null).GroupBy(m => m.SegmentId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        return segments.ToDictionary(s => s.Id, s => counts.GetValueOrDefault(s.Id));
    }

    /// <summary>A page of the members that the member sees, in the order of their numbers.</summary>
    public static Task<List<SegmentMemberJson>> Members(CrmDb db, long segmentId, long after, int count, CancellationToken stop) =>
        db.Seen(db.Memberships).Where(m => m.SegmentId == segmentId && m.LeftAt == null && m.CustomerId > after && m.Customer!.DeletedAt == null)
            .OrderBy(m => m.CustomerId).Take(count).Select(m => new SegmentMemberJson(m.CustomerId, m.Customer!.Name, m.EnteredAt)).ToListAsync(stop);
}
