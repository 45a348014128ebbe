using CrmWeb.Data.Providers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>Which segments a refresh takes.</summary>
public enum RefreshOf
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those whose time has come: never judged as a whole, an hour ago, or the day before where the rule speaks of today.</summary>
    Due,
}

/// <summary>
/// Judges every customer of the tenant by the rules of its segments, each segment in a transaction of its own that holds its row: what is killed leaves the members
/// of before, and two at once find what the other one did (decision 0022).
/// </summary>
public static class SegmentRefresh
{
    // one statement over all customers may take its time; on SQLite it is as long as the wait for a lock, and nothing is cut off
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>How long a segment is left with what the minutes between brought.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>Refreshes the segments, those that others name before these. Answers how many there were, and which failed.</summary>
    /// <param name="db">The tenant; whoever acts, all of its customers are judged.</param>
    /// <param name="progress">How many are done, and of how many: before each, and in the transaction of each.</param>
    /// <param name="only">One segment, with those that it needs.</param>
    /// <exception cref="OperationCanceledException">Between two segments, or within one, which then stays as it was.</exception>
    public static async Task<(int Done, List<(long Id, Exception Why)> Failed)> RefreshSegments(
        this CrmDb db, RefreshOf of, Func<long, long, Task> progress, CancellationToken stop, long? only = null)
    {
        var (sources, order) = (await db.RuleSources(stop), await db.RuledSegments(stop));
        if (only is { } id) order = order.Towards(id);
        else if (of == RefreshOf.Due) order = order.FindAll(segment => IsDue(segment, sources, db.Now));
        if (order.Count == 0) return (0, []);
        if (db is not SqliteCrmDb) db.Database.SetCommandTimeout(Longest);
        var world = await db.StoredWorld(sources.Currency, stop);
        var (done, failed) = (0, new List<(long, Exception)>());
        foreach (var segment in order)
        {
            await progress(done, order.Count);
            try
            {
                await db.Refresh(segment, world, () => progress(done + 1, order.Count), stop);
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or System.Data.Common.DbException && !stop.IsCancellationRequested)
            {
                // the trouble of one rule keeps no other segment waiting, and nobody looks for what changed since it was judged last
                failed.Add((segment.Id, e));
                var now = db.Now;
                await db.Segments.Where(s => s.Id == segment.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.RefreshFailedAt, now).SetProperty(s => s.JudgedAt, (DateTime?)null), stop);
            }

            done++;
        }

        return (done, failed);
    }

    /// <summary>Whether any segment's time has come.</summary>
    public static async Task<bool> AnyDue(this CrmDb db, CancellationToken stop)
    {
        var (sources, now) = (await db.RuleSources(stop), db.Now);
        return (await db.RuledSegments(stop)).Exists(segment => IsDue(segment, sources, now));
    }

    internal static bool IsDue(RuledSegment segment, RuleSources sources, DateTime now)
    {
        if (segment.RefreshFailedAt is { } failed && failed > now - Every) return false;
        return segment.RefreshedAt is not { } at || at <= now - Every || (segment.IsTimeDriven && at < sources.StartOf(sources.Today));
    }

    private static async Task Refresh(this CrmDb db, RuledSegment segment, RuleWorld world, Func<Task> done, CancellationToken stop)
    {
        var since = db.Now;
        // the day may have changed since the segment before
        var sources = await db.RuleSources(stop);
        var rule = SegmentCompiler.Compile(SegmentRule.Stored(segment.Rule, world), sources);
        await using var judged = await MembershipStatement.Judge(db, db.EveryCustomer().Where(rule).Select(c => c.Id), stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // somebody gave it another rule, or took it away: that one is judged by itself
        if (!await db.HoldSegment(segment.Id, stop) || !await db.Segments.AnyAsync(s => s.Id == segment.Id && s.Rule == segment.Rule, stop)) return;
        var at = db.Now;
        var (entered, left) = await judged.Turn(segment.Id, since, at, stop);
        if (entered + left > 0) await db.FollowTurns(segment.Id, at, stop);
        await db.Count(segment.Id, sources.Today, entered, left, stop);
        await db.Segments.Where(s => s.Id == segment.Id).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.RefreshedAt, since).SetProperty(s => s.JudgedAt, since).SetProperty(s => s.RefreshFailedAt, (DateTime?)null), stop);
        await done();
        await transaction.CommitAsync(stop);
    }
}
