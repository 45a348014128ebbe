using CrmWeb.Data;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared.Tags;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>How many customers another segment has, and how many of them are in this one too.</summary>
public sealed record OverlapRow(long Id, string Name, int Members, int Shared);

/// <summary>Which segments share customers with one, of those whom the reader sees.</summary>
/// <param name="Sets">This one and those that share most, for the picture.</param>
public sealed record OverlapPage(Segment Segment, int Members, IReadOnlyList<OverlapRow> Rows, IReadOnlyList<UpsetSet> Sets, IReadOnlyList<UpsetShare> Shares)
{
    private const int Pictured = 4;
    private const int MostShares = 16;
    private const int MostRows = 100;

    internal static async Task<OverlapPage> Read(CrmDb db, Segment segment, CancellationToken stop)
    {
        var id = segment.Id;
        var living = db.Memberships.Where(m => m.LeftAt == null && m.Customer!.DeletedAt == null && m.Segment!.DeletedAt == null);
        var own = living.Where(m => m.SegmentId == id).Select(m => m.CustomerId);
        var shared = await living.Where(m => m.SegmentId != id && own.Contains(m.CustomerId)).GroupBy(m => m.SegmentId).Select(group => new { group.Key, Count = group.Count() })
            .OrderByDescending(one => one.Count).ThenBy(one => one.Key).Take(MostRows).ToListAsync(stop);
        List<long> ids = [id, .. shared.Select(one => one.Key)];
        var segments = await db.Segments.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(stop);
        var counts = await SegmentReading.Counts(db, segments, stop);
        var names = segments.ToDictionary(s => s.Id, s => s.Name);
        var rows = shared.ConvertAll(one => new OverlapRow(one.Key, names[one.Key], counts[one.Key], one.Count));
        List<long> pictured = [id, .. rows.Take(Pictured).Select(row => row.Id)];
        var shares = rows.Count == 0 ? [] : await Shared(living, pictured, stop);
        return new(segment, counts.GetValueOrDefault(id), rows, pictured.ConvertAll(each => new UpsetSet(names.GetValueOrDefault(each, segment.Name), counts.GetValueOrDefault(each))), shares);
    }

    /// <summary>How many are in exactly which of them: each customer is a number with a bit for each segment.</summary>
    private static async Task<List<UpsetShare>> Shared(IQueryable<Membership> living, List<long> ids, CancellationToken stop)
    {
        var (a, b, c, d, e) = (ids[0], ids.ElementAtOrDefault(1), ids.ElementAtOrDefault(2), ids.ElementAtOrDefault(3), ids.ElementAtOrDefault(4));
        var masks = living.Where(m => ids.Contains(m.SegmentId)).GroupBy(m => m.CustomerId)
            .Select(its => its.Sum(m => m.SegmentId == a ? 1 : m.SegmentId == b ? 2 : m.SegmentId == c ? 4 : m.SegmentId == d ? 8 : m.SegmentId == e ? 16 : 0));
        var counted = await masks.GroupBy(mask => mask).Select(group => new { group.Key, Count = group.Count() }).OrderByDescending(one => one.Count).Take(MostShares).ToListAsync(stop);
        return counted.ConvertAll(one => new UpsetShare([.. ids.Select((_, i) => (one.Key & (1 << i)) != 0)], one.Count));
    }
}
