using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Somebody who came in or went out, and when.</summary>
public sealed record Turned(long Id, string Name, bool IsOrganisation, DateTime At);

/// <summary>A segment with what its page shows: numbers and names are of the customers whom the reader sees.</summary>
/// <param name="Text">The rule as people write it; null of a list, and where the reader may not read it.</param>
public sealed record SegmentPage(
    Segment Segment, int Members, string? Owner, string? Tier, string? Text, string? Sentence, IReadOnlyList<SegmentSize> Sizes,
    IReadOnlyList<Turned> Entered, IReadOnlyList<Turned> Left, SegmentUsers Users, IReadOnlyList<RuleName> Products, Job? Refresh)
{
    /// <summary>Of whom came and went lately.</summary>
    public const int Few = 8;

    private const int Days = 90;

    /// <summary>It has a rule that its reader may not read.</summary>
    public bool IsHidden => Segment.Rule is not null && Text is null;

    public bool IsBusy => Refresh?.State is JobState.Waiting or JobState.Running;

    internal static async Task<SegmentPage?> Read(CrmDb db, CurrentMember me, MemberRules rules, long id, IStringLocalizer L, CancellationToken stop)
    {
        // before what it writes: a refresh that ends meanwhile is asked after once more
        var refresh = await SegmentRefreshJob.Last(db, id, stop);
        var segment = await db.Segments.AsNoTracking().AsSplitQuery().Include(s => s.Needs).Include(s => s.Owner).Include(s => s.ServiceTier).SingleOrDefaultAsync(s => s.Id == id, stop);
        if (segment is null) return null;
        var open = segment.Rule is { } stored ? await rules.Open(stored, stop) : null;
        var members = (await SegmentReading.Counts(db, [segment], stop))[id];
        var from = me.TenantDay(me.Now).AddDays(-Days);
        // sizes are of the whole tenant
        var sizes = me.SeesAll ? await db.SegmentSizes.AsNoTracking().Where(s => s.SegmentId == id && s.Day >= from).OrderBy(s => s.Day).ToListAsync(stop) : [];
        var stays = db.Memberships.AsNoTracking().Where(m => m.SegmentId == id && m.Customer!.DeletedAt == null);
        var entered = await stays.Where(m => m.LeftAt == null).OrderByDescending(m => m.EnteredAt).ThenByDescending(m => m.Id).Take(Few)
            .Select(m => new Turned(m.CustomerId, m.Customer!.Name, m.Customer.Kind == CustomerKind.Organisation, m.EnteredAt)).ToListAsync(stop);
        var left = await stays.Where(m => m.LeftAt != null).OrderByDescending(m => m.LeftAt).ThenByDescending(m => m.Id).Take(Few)
            .Select(m => new Turned(m.CustomerId, m.Customer!.Name, m.Customer.Kind == CustomerKind.Organisation, m.LeftAt!.Value)).ToListAsync(stop);
        var products = await db.SegmentProducts.Where(p => p.SegmentId == id).OrderBy(p => p.Product!.NameNormal).Select(p => new RuleName(p.ProductId, p.Product!.Name)).ToListAsync(stop);
        return new(
            segment, members, segment.Owner?.Name, segment.ServiceTier?.Name, open?.Rule.ToText(open.Value.World), open is { } read ? new RuleSentence(L, read.World).Of(read.Rule) : null, sizes, entered, left,
            await SegmentUsers.Read(db, id, stop), products, refresh);
    }
}

/// <summary>What the customers of a segment brought and cost, and by what they wrote back in a year.</summary>
/// <param name="Known">Of how many the profit is known.</param>
/// <param name="Channels">How many contacts came from them by each channel.</param>
public sealed record SegmentWorth(long Id, int Customers, int Known, long Revenue, long? Profit, long Minutes, IReadOnlyList<(Channel Channel, int Count)> Channels)
{
    private const int Days = 365;

    internal static async Task<SegmentWorth> Read(CrmDb db, CurrentMember me, long id, CancellationToken stop)
    {
        var members = Data.Segments.SegmentSources.MembersOf(db, id);
        var sums = await db.Customers.Where(c => members.Contains(c.Id)).GroupBy(c => c.TenantId).Select(all => new
        {
            Count = all.Count(),
            Known = all.Count(c => c.Profit != null),
            Revenue = all.Sum(c => c.TotalSpent),
            Profit = all.Sum(c => c.Profit),
            Minutes = all.Sum(c => c.ServiceMinutes),
        }).SingleOrDefaultAsync(stop);
        var since = me.Now.AddDays(-Days);
        var channels = await db.Interactions.Where(i => members.Contains(i.CustomerId) && i.OccurredAt >= since && !i.IsPlanned && i.Direction == Direction.Inbound)
            .GroupBy(i => i.Channel).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(stop);
        return new(id, sums?.Count ?? 0, sums?.Known ?? 0, sums?.Revenue ?? 0, sums is { Known: > 0 } ? sums.Profit : null, sums?.Minutes ?? 0, [.. channels.OrderByDescending(one => one.Count).Select(one => (one.Key, one.Count))]);
    }
}
