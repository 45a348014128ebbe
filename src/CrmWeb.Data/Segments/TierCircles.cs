using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>A segment by a rule, as far as tiers go round.</summary>
/// <param name="Gives">It gives a service tier to who is in it.</param>
/// <param name="Rule">As it is stored.</param>
/// <param name="Uses">The segments that its rule names.</param>
public sealed record TierGiver(long Id, string Name, bool Gives, string Rule, IReadOnlyCollection<long> Uses);

/// <summary>
/// Which tier counts follows from who is in a segment that gives one; who is in a segment may follow from which tier counts. Both at once has no answer, or another one
/// at each look.
/// </summary>
public static class TierCircles
{
    /// <summary>
    /// The name of a segment that would give a tier while its rule, or the rule of one that it depends on, asks which tiers count. Null where there is none.
    /// </summary>
    /// <param name="changed">How this one is about to be: circles that it is no part of stand in nobody's way. Null: as they all are.</param>
    public static async Task<string?> TierCircle(this CrmDb db, TierGiver? changed, CancellationToken stop)
    {
        var id = changed?.Id ?? 0;
        var rows = await db.Segments.Where(s => s.Rule != null && s.Id != id).OrderBy(s => s.NameNormal).Select(s => new { s.Id, s.Name, s.ServiceTierId, s.Rule }).ToListAsync(stop);
        if (changed?.Gives != true && rows.TrueForAll(row => row.ServiceTierId is null)) return null;
        var uses = (await db.SegmentUses.AsNoTracking().ToListAsync(stop)).ToLookup(u => u.SegmentId, u => u.UsedId);
        var all = rows.Select(row => new TierGiver(row.Id, row.Name, row.ServiceTierId is not null, row.Rule!, [.. uses[row.Id]])).ToDictionary(row => row.Id);
        if (changed is not null) all[changed.Id] = changed;
        var world = await db.StoredWorld((await db.RuleSources(stop)).Currency, stop);
        var asking = all.Values.Where(one => SegmentRule.TryStored(one.Rule, world, out var rule) && rule.Uses.Tiers).Select(one => one.Id).ToHashSet();
        return asking.Count == 0 ? null : all.Values.FirstOrDefault(one => one.Gives && Needs(one, all) is var needed && needed.Overlaps(asking) && (changed is null || needed.Contains(changed.Id)))?.Name;
    }

    private static HashSet<long> Needs(TierGiver one, Dictionary<long, TierGiver> all)
    {
        var (seen, open) = (new HashSet<long> { one.Id }, new Stack<TierGiver>([one]));
        while (open.TryPop(out var at))
        {
            foreach (var id in at.Uses.Where(seen.Add)) if (all.TryGetValue(id, out var next)) open.Push(next);
        }

        return seen;
    }
}
