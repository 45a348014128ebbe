using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Segments.Building;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments;

/// <summary>What another rule would change: who comes in and goes out, of those whom the reader sees, and what depends on the segment.</summary>
public sealed record SegmentDifference(
    long Id, BuilderForm Form, string Mark, string Text, string Before, string After, int Now, int Coming, int Going,
    IReadOnlyList<SampleCustomer> ComingSamples, IReadOnlyList<SampleCustomer> GoingSamples, SegmentUsers Users)
{
    private const int MaxSamples = 10;

    internal static async Task<SegmentDifference> Read(CrmDb db, MemberRules rules, Segment segment, BuilderForm form, SegmentRule next, RuleWorld world, IStringLocalizer L, CancellationToken stop)
    {
        var before = segment.Rule is { } stored && await rules.Open(stored, stop) is var (rule, old) ? new RuleSentence(L, old).Of(rule) : "";
        var members = db.MembersOf(segment.Id);
        var within = db.Seen(db.Customers).Where(c => members.Contains(c.Id));
        var coming = rules.Meant(next).Where(c => !db.Memberships.Any(m => m.SegmentId == segment.Id && m.LeftAt == null && m.CustomerId == c.Id));
        var going = rules.Meant(new SegmentRule(new RuleNode.Not(next.Root))).Where(c => members.Contains(c.Id));
        var (comes, goes) = (await coming.CountAsync(stop), await going.CountAsync(stop));
        return new(
            segment.Id, form, SegmentBuilderController.Mark(next), next.ToText(world), before, new RuleSentence(L, world).Of(next), await within.CountAsync(stop), comes, goes,
            comes == 0 ? [] : await RulePreview.SamplesOf(coming.AsNoTracking(), MaxSamples, stop), goes == 0 ? [] : await RulePreview.SamplesOf(going.AsNoTracking(), MaxSamples, stop),
            await SegmentUsers.Read(db, segment.Id, stop));
    }

    /// <summary>After the new rule, of those whom the reader sees.</summary>
    public int Then => Now + Coming - Going;
}

/// <summary>What depends on a segment: segments whose rules name it, and views whose filters do.</summary>
public sealed record SegmentUsers(IReadOnlyList<RuleName> Segments, IReadOnlyList<RuleName> Views)
{
    private const int Most = 200;

    public bool Any => Segments.Count + Views.Count > 0;

    public static async Task<SegmentUsers> Read(CrmDb db, long id, CancellationToken stop)
    {
        var segments = await db.SegmentUses.Where(u => u.UsedId == id && u.Segment!.DeletedAt == null).OrderBy(u => u.Segment!.NameNormal).Select(u => new RuleName(u.SegmentId, u.Segment!.Name)).ToListAsync(stop);
        var asked = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"segment={id}");
        var me = db.Current.Actor.MemberId;
        var teams = db.Current.Actor.TeamIds;
        var views = await db.SavedViews.Where(v => v.Query.Contains(asked) && (v.OwnerId == me || v.SharedWith == Domain.Customers.Sharing.Everybody || (v.TeamId != null && teams.Contains(v.TeamId.Value))))
            .OrderBy(v => v.NameNormal).Take(Most).Select(v => new { v.Id, v.Name, v.Query }).ToListAsync(stop);
        // 12 stands in 123 too
        return new(segments, [.. views.Where(v => v.Query.Split('&').Contains(asked, StringComparer.Ordinal)).Select(v => new RuleName(v.Id, v.Name))]);
    }
}
