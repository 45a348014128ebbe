using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Service;

/// <summary>
/// Other opening times, holidays or promises move the clocks of the cases that are open. By statements, so that nobody's open form gets stale by it; deleted
/// cases too, for they may come back.
/// </summary>
public static class ClockMoving
{
    /// <summary>More open cases than this are left to a job.</summary>
    public const int MostAtOnce = 500;

    private const int Batch = 200;

    private static readonly CaseState[] Running = [CaseState.New, CaseState.Open, CaseState.Waiting];

    public static Task<bool> HasManyOpenCases(this CrmDb db, CancellationToken stop) => Open(db).OrderBy(c => c.Id).Skip(MostAtOnce).AnyAsync(stop);

    /// <summary>How many of them would be due at another time, counted up to a limit.</summary>
    public static async Task<int> CountMoving(this CrmDb db, ServiceClocks clocks, int limit, DateTime now, CancellationToken stop)
    {
        var count = 0;
        await foreach (var rows in Batches(db, null, stop))
        {
            count += rows.Count(row => Moves(row, clocks, now));
            if (count >= limit) return limit;
        }

        return count;
    }

    /// <summary>Writes the new times; answers how many changed.</summary>
    /// <param name="piece">Wraps each batch: a job holds its lease in the transaction of the batch.</param>
    /// <param name="customerId">Of this customer alone.</param>
    public static async Task<int> MoveClocks(this CrmDb db, ServiceClocks clocks, DateTime now, Func<Func<Task>, Task> piece, CancellationToken stop, long? customerId = null)
    {
        var moved = 0;
        await foreach (var rows in Batches(db, customerId, stop))
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
        its.Due(clocks.For(its.Priority, row.ServiceTierId), now);
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

    private static async IAsyncEnumerable<List<Row>> Batches(CrmDb db, long? customerId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        for (var last = 0L; ;)
        {
            var after = last;
            var rows = await Open(db).Where(c => c.Id > after && (customerId == null || c.CustomerId == customerId)).OrderBy(c => c.Id).Take(Batch).Select(c => new Row(c, c.Customer!.ServiceTierId)).ToListAsync(stop);
            if (rows.Count == 0) yield break;
            yield return rows;
            last = rows[^1].Case.Id;
        }
    }

    private static IQueryable<Case> Open(CrmDb db) => db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().Where(c => Running.Contains(c.State));

    private sealed record Row(Case Case, long? ServiceTierId);
}
