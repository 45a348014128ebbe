using System.Globalization;
using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>
/// Which service tier counts for a customer: the one it was given by hand, else the best of those that the segments give which it is in (decision 0025). Kept on its row
/// in the transaction of whatever it follows from, told in the history where segments changed it, and followed by the clocks of its open cases.
/// </summary>
public static class TierFollowing
{
    /// <summary>The job that follows for many.</summary>
    public const string JobKind = "follow-tiers";

    /// <summary>More customers than these are left to a job.</summary>
    public const int MostAtOnce = 2_000;

    /// <summary>How often whom should hear from us: of every stage and every tier that says so, be the tier out of use.</summary>
    public static async Task<ContactRhythm> ContactRhythm(this CrmDb db, CancellationToken stop)
    {
        var all = await db.ContactCadences.Select(c => new { Stage = (LifecycleStage?)c.Stage, Tier = (long?)null, c.Days })
            .Concat(db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => t.CadenceDays != null).Select(t => new { Stage = (LifecycleStage?)null, Tier = (long?)t.Id, Days = t.CadenceDays!.Value }))
            .ToListAsync(stop);
        return new(all.Where(c => c.Stage is not null).ToDictionary(c => c.Stage!.Value, c => c.Days), all.Where(c => c.Tier is not null).ToDictionary(c => c.Tier!.Value, c => c.Days));
    }

    /// <summary>After the own tier of these customers changed, or the segments that they are in. Needs an open transaction. Answers for how many another tier counts.</summary>
    public static async Task<int> FollowTiers(this CrmDb db, IReadOnlyCollection<long> customerIds, CancellationToken stop)
    {
        var turned = 0;
        foreach (var some in customerIds.Distinct().Order().Chunk(MostAtOnce))
        {
            // held, and read by then: of two who let one customer into two segments at once, the second sees what the first one wrote
            await CustomerHold.Take(db, some, stop);
            turned += await db.Write(await db.Wrong(some).ToListAsync(stop), stop);
            await db.MoveClocksOf(some, stop);
        }

        return turned;
    }

    /// <summary>After what a segment gives changed, or what tiers there are and which is better. In the transaction of the change; many customers are left to a job.</summary>
    /// <param name="segmentId">Null: all segments.</param>
    public static async Task FollowTiersOf(this CrmDb db, long? segmentId, CancellationToken stop)
    {
        // whoever comes into one or goes out of it meanwhile is seen, or sees this
        if (segmentId is null) await SegmentHold.Take(db, stop);
        var ids = await db.Served(segmentId).OrderBy(id => id).Take(MostAtOnce + 1).ToListAsync(stop);
        if (ids.Count <= MostAtOnce) await db.FollowTiers(ids, stop);
        else await db.Ask(segmentId, stop);
    }

    /// <summary>One that waits already does for both.</summary>
    private static async Task Ask(this CrmDb db, long? segmentId, CancellationToken stop)
    {
        var payload = segmentId?.ToString(CultureInfo.InvariantCulture) ?? "";
        if (await db.Jobs.AnyAsync(j => j.Kind == JobKind && j.Payload == payload && j.State == JobState.Waiting, stop)) return;
        db.Jobs.Add(new Job(JobKind, payload, db.ActorId, db.Now));
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Likewise for as many as there are, batch by batch. Answers for how many another tier counts.</summary>
    /// <param name="piece">Wraps each batch in a transaction.</param>
    public static async Task<int> FollowTiersOf(this CrmDb db, long? segmentId, Func<Func<Task>, Task> piece, CancellationToken stop)
    {
        var turned = 0;
        for (var last = 0L; ;)
        {
            var after = last;
            var ids = await db.Served(segmentId).Where(id => id > after).OrderBy(id => id).Take(MostAtOnce).ToListAsync(stop);
            if (ids.Count == 0) return turned;
            await piece(async () => turned += await db.FollowTiers(ids, stop));
            last = ids[^1];
        }
    }

    /// <summary>Who came into a segment or went out of it, at once or since, where the segment gives a tier. Needs a transaction that holds the segment.</summary>
    internal static async Task FollowTurns(this CrmDb db, long segmentId, DateTime since, CancellationToken stop)
    {
        if (!await db.GivesTier(segmentId, stop)) return;
        var stays = db.Memberships.IgnoreQueryFilters(TenantScoping.Unseen).Where(m => m.SegmentId == segmentId);
        var turned = stays.Where(m => m.EnteredAt >= since).Concat(stays.Where(m => m.LeftAt >= since)).Select(m => m.CustomerId);
        // nobody waits for a segment that is being filled; a command has no member whose job it would be
        if (db.ActorId != 0 && await turned.Take(MostAtOnce + 1).CountAsync(stop) > MostAtOnce) await db.Ask(segmentId, stop);
        else await db.FollowTiers(await turned.ToListAsync(stop), stop);
    }

    internal static Task<bool> GivesTier(this CrmDb db, long segmentId, CancellationToken stop) => db.Segments.AnyAsync(s => s.Id == segmentId && s.ServiceTierId != null, stop);

    /// <summary>The customers for whom a segment, or any, may make a difference.</summary>
    private static IQueryable<long> Served(this CrmDb db, long? segmentId)
    {
        // who went out while the job waited was followed by nobody
        var lately = db.Now.AddDays(-1);
        var stays = db.Memberships.IgnoreQueryFilters(TenantScoping.Unseen).Where(m => m.LeftAt == null || m.LeftAt >= lately);
        return segmentId is { } id ? stays.Where(m => m.SegmentId == id).Select(m => m.CustomerId)
            : stays.Where(m => m.Segment!.ServiceTierId != null).Select(m => m.CustomerId).Distinct();
    }

    private static IQueryable<TierTurn> Wrong(this CrmDb db, long[] ids) =>
        db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id)).Select(c => new TierTurn
        {
            Id = c.Id,
            Before = c.EffectiveTierId,
            Own = c.ServiceTierId,
            // a tier that is out of use comes after all others
            Counts = c.ServiceTierId ?? db.Memberships.Where(m => m.CustomerId == c.Id && m.LeftAt == null && m.Segment!.DeletedAt == null && m.Segment.ServiceTierId != null)
                .OrderBy(m => m.Segment!.ServiceTier!.DeletedAt == null ? 0 : 1).ThenBy(m => m.Segment!.ServiceTier!.Position).ThenBy(m => m.Segment!.ServiceTierId)
                .Select(m => m.Segment!.ServiceTierId).FirstOrDefault(),
        }).Where(turn => turn.Before != turn.Counts);

    private static async Task<int> Write(this CrmDb db, List<TierTurn> turns, CancellationToken stop)
    {
        var now = db.Now;
        foreach (var to in turns.GroupBy(turn => turn.Counts, turn => turn.Id))
        {
            var (ids, tier) = (to.ToList(), to.Key);
            await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.EffectiveTierId, tier).SetProperty(c => c.ChangedAt, now), stop);
        }

        // a tier of its own is told as such, where somebody gave it
        await db.Tell([.. turns.Where(turn => turn.Own is null)
            .Select(turn => new Change(RecordKind.Customer, turn.Id, turn.Id) { Field = "effectiveTierId", Old = ChangeText.Of(turn.Before), New = ChangeText.Of(turn.Counts) })], stop);
        return turns.Count;
    }

    private sealed class TierTurn
    {
        public long Id { get; init; }
        public long? Before { get; init; }
        public long? Own { get; init; }
        public long? Counts { get; init; }
    }
}
