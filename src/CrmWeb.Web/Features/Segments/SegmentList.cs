using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>A segment as its list shows it.</summary>
/// <param name="Members">Those whom the reader sees.</param>
/// <param name="Before">How many there were thirty days ago; null where nobody counted then.</param>
/// <param name="UsedBy">Segments whose rules name it.</param>
public sealed record SegmentRow(
    long Id, string Name, string? Description, SegmentKind Kind, int Members, int? Before, string? Owner, DateTime? RefreshedAt, bool Failed, int UsedBy, string? Tier)
{
    /// <summary>Sizes of the last days, the newest last; empty for whoever does not see all customers.</summary>
    public IReadOnlyList<long> Sizes { get; init; } = [];

    public int? Change => Before is { } before ? Members - before : null;
}

public sealed record SegmentListPage(SegmentFilter Filter, IReadOnlyList<FilterField> Fields, IReadOnlyList<SegmentRow> Rows, Pager Pager, Columns Columns);

/// <summary>What the list of segments shows, all of it in its address.</summary>
public sealed record SegmentFilter(IReadOnlyList<Filter> Filters, string? Search)
{
    /// <summary>How far back a change is told.</summary>
    public const int Days = 30;

    /// <param name="seesAll">Whether the kept numbers are those of the reader.</param>
    public static IReadOnlyList<KeyOrder<Segment>> Orders(CrmDb db, bool seesAll) =>
    [
        KeyOrder<Segment>.By("name", s => s.NameNormal),
        seesAll ? KeyOrder<Segment>.By("members", s => s.MemberCount) : KeyOrder<Segment>.By("members", s => db.Memberships.Count(m => m.SegmentId == s.Id && m.LeftAt == null)),
        KeyOrder<Segment>.By("created", s => s.CreatedAt),
    ];

    public static async Task<IReadOnlyList<FilterField>> Fields(CrmDb db, IStringLocalizer L, CancellationToken stop) =>
    [
        new("kind", L["Kind"], FilterKind.Choice, [new(L["By a rule"], "dynamic"), new(L["A list"], "static")]),
        new("owner", L["Owner"], FilterKind.Choice, [new(L["Me"], IdFilter.Me), .. await db.EveryMember(stop)]),
        new("tier", L["Service tier"], FilterKind.Choice, await db.EveryTier(stop)),
        new("used", L["Used by other segments"], FilterKind.YesNo),
        new("failed", L["Refresh failed"], FilterKind.YesNo),
    ];

    public static Columns Columns(IStringLocalizer L, string sort) => new(
    [
        new("name", L["Name"], Sortable: true),
        new("kind", L["Kind"]),
        new("members", L["Customers"], Sortable: true, ColumnKind.Number),
        new("change", L["Change in 30 days"], Kind: ColumnKind.Number),
        new("trend", L["Trend"]),
        new("owner", L["Owner"]),
        new("refreshed", L["Refreshed"], Kind: ColumnKind.Date),
        new("used", L["Used by"], Kind: ColumnKind.Number),
    ], sort);

    public static SegmentFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) =>
        new(Shared.Filters.Read(query, fields), query[Shared.Tags.FilterBarTag.SearchParameter].ToString().Trim() is { Length: > 0 } q ? q : null);

    public bool IsNarrow => Filters.Count > 0 || Search is not null;

    public IQueryable<Segment> Of(CrmDb db, CurrentMember me)
    {
        var (segments, uses) = (db.Segments.AsNoTracking(), Uses(db));
        if (Search is { } typed)
        {
            var sought = SearchText.Fold(typed);
            segments = segments.Where(s => s.NameNormal.Contains(sought));
        }

        return Filters.Aggregate(segments, (rows, filter) => filter.Field.Key switch
        {
            "kind" => rows.ByChoice(filter, s => (SegmentKind?)s.Kind, Narrowing.Word<SegmentKind>),
            "owner" => rows.ByIds(s => s.OwnerId, filter, me.Id),
            "tier" => rows.ByIds(s => s.ServiceTierId, filter),
            "used" => filter.Values[0] == "true" ? rows.Where(s => uses.Any(u => u.UsedId == s.Id)) : rows.Where(s => !uses.Any(u => u.UsedId == s.Id)),
            _ => filter.Values[0] == "true" ? rows.Where(s => s.RefreshFailedAt != null) : rows.Where(s => s.RefreshFailedAt == null),
        });
    }

    /// <summary>Numbers are of the customers whom the reader sees: the kept ones for whoever sees all, else counted.</summary>
    public static Expression<Func<Segment, SegmentRow>> Row(CrmDb db, bool seesAll, DateOnly today, DateTime since)
    {
        var (from, uses) = (today.AddDays(-Days), Uses(db));
        if (seesAll)
        {
            return s => new(s.Id, s.Name, s.Description, s.Kind, s.MemberCount,
                db.SegmentSizes.Where(size => size.SegmentId == s.Id && size.Day <= from).OrderByDescending(size => size.Day).Select(size => (int?)size.Count).FirstOrDefault(),
                s.Owner!.Name, s.RefreshedAt, s.RefreshFailedAt != null, uses.Count(u => u.UsedId == s.Id), s.ServiceTier!.Name);
        }

        return s => new(s.Id, s.Name, s.Description, s.Kind, db.Memberships.Count(m => m.SegmentId == s.Id && m.LeftAt == null),
            s.CreatedAt > since ? null : db.Memberships.Count(m => m.SegmentId == s.Id && m.EnteredAt <= since && (m.LeftAt == null || m.LeftAt > since)),
            s.Owner!.Name, s.RefreshedAt, s.RefreshFailedAt != null, uses.Count(u => u.UsedId == s.Id), s.ServiceTier!.Name);
    }

    // a segment that is deleted needs no other
    private static IQueryable<SegmentUse> Uses(CrmDb db) => db.SegmentUses.Where(u => u.Segment!.DeletedAt == null);

    /// <summary>The rows with their sizes, read for all of them at once.</summary>
    public static async Task<List<SegmentRow>> WithSizes(CrmDb db, List<SegmentRow> rows, DateOnly today, CancellationToken stop)
    {
        var (ids, from) = (rows.ConvertAll(row => row.Id), today.AddDays(-Days));
        if (ids.Count == 0) return rows;
        var sizes = (await db.SegmentSizes.Where(s => ids.Contains(s.SegmentId) && s.Day >= from).OrderBy(s => s.Day).Select(s => new { s.SegmentId, s.Count }).ToListAsync(stop))
            .ToLookup(s => s.SegmentId, s => (long)s.Count);
        return rows.ConvertAll(row => row with { Sizes = [.. sizes[row.Id]] });
    }
}
