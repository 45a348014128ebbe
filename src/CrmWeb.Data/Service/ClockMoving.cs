using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Service;

/// <summary>
/// Other opening times, holidays or promises, and another tier of the customer, move the clocks of the cases that are open. By statements, so that nobody's open form gets stale by it; deleted
/// cases too, for they may come back.
/// </summary>
public static class ClockMoving
{
    /// <summary>The job that moves many of them.</summary>
    public const string JobKind = "move-case-clocks";

    /// <summary>More open cases than this are left to a job.</summary>
    public const int MostAtOnce = 500;

    private const int Batch = 200;

    private static readonly CaseState[] Running = [CaseState.New, CaseState.Open, CaseState.Waiting];

    /// <summary>In the transaction of the change, after it was written. Many cases are left to a job, and so is what is written in this moment by what held before.</summary>
    public static async Task MoveAllClocks(this CrmDb db, CancellationToken stop)
    {
        var late = db.Now.AddMinutes(1);
        // one job for all, which tells once
        if (await db.Jobs.Where(j => j.Kind == JobKind && j.State == JobState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, late), stop) == 0)
        {
            db.Jobs.Add(new Job(JobKind, "", db.ActorId, late));
            await db.SaveChangesAsync(stop);
        }

        if (!await Open(db).OrderBy(c => c.Id).Skip(MostAtOnce).AnyAsync(stop)) await db.MoveClocks(await ServiceClocks.Read(db, stop), db.Now, write => write(), stop);
    }

    /// <summary>Likewise, where another tier counts for these customers, or they have other cases. Always at once: whoever gives tiers to many works in batches already.</summary>
    internal static async Task MoveClocksOf(this CrmDb db, IReadOnlyCollection<long> customerIds, CancellationToken stop)
    {
        if (customerIds.Count > 0 && await Open(db, customerIds).AnyAsync(stop)) await db.MoveClocks(await ServiceClocks.Read(db, stop), db.Now, write => write(), stop, customerIds);
    }

    /// <summary>How many of them would be due at another time, counted where no more than a limit are open; else the limit.</summary>
    public static async Task<int> CountMoving(this CrmDb db, ServiceClocks clocks, int limit, DateTime now, CancellationToken stop)
    {
        if (await Open(db).OrderBy(c => c.Id).Skip(limit).AnyAsync(stop)) return limit;
        var count = 0;
        await foreach (var rows in Batches(db, null, stop)) count += rows.Count(row => Moves(row, clocks, now));
        return count;
    }

    /// <summary>Writes the new times; answers how many changed.</summary>
    /// <param name="piece">Wraps each batch: a job holds its lease in the transaction of the batch.</param>
    /// <param name="customerIds">Of these customers alone.</param>
    public static async Task<int> MoveClocks(this CrmDb db, ServiceClocks clocks, DateTime now, Func<Func<Task>, Task> piece, CancellationToken stop, IReadOnlyCollection<long>? customerIds = null)
    {
        var moved = 0;
        await foreach (var rows in Batches(db, customerIds, stop))
        {
            await piece(async () =>
            {
                foreach (var row in rows.Where(row => Moves(row, clocks, now))) moved += await Write(db, row.Case, stop);
            });
        }

        return moved;
    }

    private static bool Moves(Row row, ServiceClocks clocks, DateTime now)
    {
        var its = row.Case;
        var before = (its.AnswerDueAt, its.ResolveDueAt, its.NextDueAt, its.WarnAt);
        its.Due(clocks.For(its.Priority, row.TierId), now);
        return before != (its.AnswerDueAt, its.ResolveDueAt, its.NextDueAt, its.WarnAt);
    }

    // whoever saved the case meanwhile did so by the rules as they are now, or as they were a moment ago: the next look is theirs
    private static Task<int> Write(CrmDb db, Case its, CancellationToken stop)
    {
        // an alarm may have claimed it since it was read: only what got more time is forgotten
        var (warned, escalated) = (!(its.WarnAt > db.Now), !(its.NextDueAt > db.Now));
        return db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id == its.Id && c.Version == its.Version).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.AnswerDueAt, its.AnswerDueAt).SetProperty(c => c.ResolveDueAt, its.ResolveDueAt).SetProperty(c => c.NextDueAt, its.NextDueAt)
                .SetProperty(c => c.WarnAt, its.WarnAt)
                .SetProperty(c => c.WarnedAt, c => warned ? c.WarnedAt : null).SetProperty(c => c.EscalatedAt, c => escalated ? c.EscalatedAt : null), stop);
    }

    private static async IAsyncEnumerable<List<Row>> Batches(CrmDb db, IReadOnlyCollection<long>? customerIds, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        for (var last = 0L; ;)
        {
            var after = last;
            var rows = await Open(db, customerIds).Where(c => c.Id > after).OrderBy(c => c.Id).Take(Batch).Select(c => new Row(c, c.Customer!.EffectiveTierId)).ToListAsync(stop);
            if (rows.Count == 0) yield break;
            yield return rows;
            last = rows[^1].Case.Id;
        }
    }

    private static IQueryable<Case> Open(CrmDb db, IReadOnlyCollection<long>? customerIds = null)
    {
        var open = db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().Where(c => Running.Contains(c.State));
        return customerIds is null ? open : open.Where(c => customerIds.Contains(c.CustomerId));
    }

    private sealed record Row(Case Case, long? TierId);
}
