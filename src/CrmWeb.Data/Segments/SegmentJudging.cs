using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>
/// Between two refreshes: judges those customers who changed since, and whoever came into a segment that a rule names or went out of it. A rule that asks for more
/// than the customer and what hangs on it (products, members, tasks, the mere passing of time) is made whole by the next refresh (decision 0022).
/// </summary>
public static class SegmentJudging
{
    /// <summary>More than these are the work of a refresh.</summary>
    public const int Many = 10_000;

    // a save bears the time of its beginning and is seen from its end: later than its time says, by as long as it took and as the clocks of two nodes differ
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly string[] AnyTenant = [TenantScoping.TenantFilter];

    /// <summary>Tenants that have segments by rule.</summary>
    public static Task<List<long>> TenantsWithSegments(this CrmDb db, CancellationToken stop) =>
        db.Segments.IgnoreQueryFilters(AnyTenant).Where(s => s.Kind == SegmentKind.Dynamic).Select(s => s.TenantId).Distinct().ToListAsync(stop);

    /// <summary>Answers how many came and went; null when there are too many to be judged one by one.</summary>
    public static async Task<int?> JudgeChanged(this CrmDb db, CancellationToken stop)
    {
        var now = db.Now;
        var order = (await db.RuledSegments(stop)).FindAll(segment => segment.JudgedAt is not null);
        if (order.Count == 0) return 0;
        var since = order.Min(segment => segment.JudgedAt)!.Value - Overlap;
        if (await db.ChangedSince(since, order, stop) is not { } changed) return null;
        if (changed.Count == 0) return 0;

        var sources = await db.RuleSources(stop);
        var world = await db.StoredWorld(sources.Currency, stop);
        var (turned, ids) = (0, new List<long>());
        foreach (var segment in order)
        {
            try
            {
                var matching = db.EveryCustomer().Where(SegmentCompiler.Compile(SegmentRule.Stored(segment.Rule, world), sources with { OfFew = true }));
                // who turns here may turn in a segment that names this one, which comes later
                var turns = await db.Judge(segment, matching, changed, sources.Today, stop);
                changed.UnionWith(turns);
                turned += turns.Count;
                ids.Add(segment.Id);
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or System.Data.Common.DbException && !stop.IsCancellationRequested)
            {
                // the next look tries it again from where it was; the next refresh mends it, or tells that it failed
            }
        }

        await db.Segments.Where(s => ids.Contains(s.Id) && s.JudgedAt < now).ExecuteUpdateAsync(set => set.SetProperty(s => s.JudgedAt, now), stop);
        return turned;
    }

    private static async Task<HashSet<long>?> ChangedSince(this CrmDb db, DateTime since, List<RuledSegment> order, CancellationToken stop)
    {
        var all = db.Customers.IgnoreQueryFilters(TenantScoping.Unseen);
        var changed = (await all.Where(c => c.ChangedAt >= since).OrderBy(c => c.ChangedAt).Select(c => c.Id).Take(Many + 1).ToListAsync(stop)).ToHashSet();
        if (changed.Count is > 0 and <= Many)
        {
            // what an organisation says is asked of its people
            var ids = changed.ToList();
            changed.UnionWith(await all.Where(c => c.OrganisationId != null && ids.Contains(c.OrganisationId.Value)).Select(c => c.Id).Take(Many + 1).ToListAsync(stop));
        }

        List<long> used = [.. order.SelectMany(segment => segment.Uses).Distinct()];
        if (used.Count > 0)
        {
            changed.UnionWith(await db.Memberships.IgnoreQueryFilters(TenantScoping.Unseen).Where(m => used.Contains(m.SegmentId) && (m.EnteredAt >= since || m.LeftAt >= since))
                .Select(m => m.CustomerId).Distinct().Take(Many + 1).ToListAsync(stop));
        }

        return changed.Count > Many ? null : changed;
    }

    /// <summary>Answers who turned.</summary>
    private static async Task<List<long>> Judge(this CrmDb db, RuledSegment segment, IQueryable<Customer> matching, HashSet<long> changed, DateOnly today, CancellationToken stop)
    {
        var ids = changed.ToList();
        // most change nothing: they cost no lock
        var (coming, going) = await Differences();
        if (coming.Count + going.Count == 0) return [];
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await db.HoldSegment(segment.Id, stop) || !await db.Segments.AnyAsync(s => s.Id == segment.Id && s.Rule == segment.Rule, stop)) return [];
        (coming, going) = await Differences();
        await db.Turn(segment.Id, coming, going, db.Now, null, stop);
        await db.CountOn(segment.Id, today, coming.Count, going.Count, stop);
        await transaction.CommitAsync(stop);
        return [.. coming, .. going];

        async Task<(List<long> Coming, List<long> Going)> Differences()
        {
            var within = await db.Within(segment.Id, ids, stop);
            var meant = (await matching.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(stop)).ToHashSet();
            return ([.. meant.Except(within)], [.. within.Except(meant)]);
        }
    }
}
