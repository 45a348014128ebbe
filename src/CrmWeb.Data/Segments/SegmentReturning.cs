using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>Why a segment cannot come back, or cannot ask its rule again.</summary>
public enum SegmentObstacle
{
    /// <summary>Another one has its name.</summary>
    NameTaken,

    /// <summary>There are as many as fit.</summary>
    NoRoom,

    /// <summary>Segments that its rule names are deleted.</summary>
    SegmentsGone,

    /// <summary>Tags that its rule asks for are deleted.</summary>
    TagsGone,

    /// <summary>A field that its rule reads is gone, or of another type now.</summary>
    RuleBroken,

    /// <summary>Its rule asks which tiers count, and it gives one, or another one does that names it.</summary>
    TierCircle,
}

/// <param name="Names">What is gone, or of whom there is one already.</param>
public sealed record SegmentInTheWay(SegmentObstacle Why, IReadOnlyList<string> Names);

/// <summary>Brings deleted segments back. What a rule asked for may be gone meanwhile: a deleted segment keeps nothing from being deleted or changed.</summary>
public static class SegmentReturning
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    /// <summary>Null when it is back; it is judged anew with the next look. Needs a transaction that holds the tenant.</summary>
    /// <param name="segment">Deleted, with the segments that it uses.</param>
    public static async Task<SegmentInTheWay?> BringBack(this CrmDb db, Segment segment, CancellationToken stop)
    {
        if (await db.Segments.AnyAsync(s => s.NameNormal == segment.NameNormal, stop)) return new(SegmentObstacle.NameTaken, [segment.Name]);
        if (await db.Segments.CountAsync(stop) >= Segment.Most) return new(SegmentObstacle.NoRoom, []);
        if (segment.Rule is { } rule && await db.MissingOf(segment, rule, stop) is { } missing) return missing;
        segment.Restore();
        await db.SaveChangesAsync(stop);
        if (segment.ServiceTierId is not null) await db.FollowTiersOf(segment.Id, stop);
        return null;
    }

    /// <summary>What is missing for the segment to be asked by this rule; null where nothing is.</summary>
    public static async Task<SegmentInTheWay?> MissingOf(this CrmDb db, Segment segment, string stored, CancellationToken stop)
    {
        var world = await db.StoredWorld((await db.RuleSources(stop)).Currency, stop);
        if (!SegmentRule.TryStored(stored, world, out var rule)) return new(SegmentObstacle.RuleBroken, [segment.Name]);
        List<long> used = [.. rule.Uses.Segments];
        var gone = used.Count == 0 ? [] : await db.Segments.IgnoreQueryFilters(Away).Where(s => used.Contains(s.Id) && s.DeletedAt != null).OrderBy(s => s.NameNormal).Select(s => s.Name).ToListAsync(stop);
        if (gone.Count > 0) return new(SegmentObstacle.SegmentsGone, gone);
        List<long> tags = [.. rule.Root.Walk().OfType<RuleNode.HasTag>().SelectMany(has => has.TagIds).Distinct()];
        if (tags.Count > 0 && await db.Tags.CountAsync(t => tags.Contains(t.Id), stop) < tags.Count) return new(SegmentObstacle.TagsGone, [segment.Name]);
        // others that give a tier may ask who is in it
        return await db.TierCircle(new(segment.Id, segment.Name, segment.ServiceTierId is not null, stored, used), stop) is { } name ? new(SegmentObstacle.TierCircle, [name]) : null;
    }
}
