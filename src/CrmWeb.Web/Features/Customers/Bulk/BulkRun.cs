using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>
/// Does a bulk edit, batch by batch in the order of ids. A batch is one transaction: its customers, their history, how far the edit came, and the hold
/// on the job. Whoever is killed leaves whole batches behind, and the next one goes on after the last id: each customer is changed once.
/// </summary>
public sealed class BulkRun(CrmDb db, CurrentMember me, MemberFields fields, TimeProvider clock) : IJobHandler
{
    public const string JobKind = BulkEdit.RunJob;
    public const int Batch = 4_000;

    public string Kind => JobKind;

    public bool IsAwaited => true;

    // the smallest that anybody needs; what the edit itself needs is asked below
    public string Permission => Permissions.ReadCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var edit = await db.BulkEditOf(run, stop);
        if (edit.State != BulkState.Running || edit.JobId != run.JobId) return "";
        var what = BulkWhat.Of(edit)!;
        if (!me.May(what.Permission)) throw new JobFailedException("The member who asked for this may no longer do it.");
        var seen = await fields.Seen(stop);
        if (!await BulkValues.StillThere(db, what, seen, stop)) throw new JobFailedException("What was chosen is not there any more.");
        if (await edit.Customers(db, me, seen, stop) is not { } customers) throw new JobFailedException("The filter is not understood any more.");

        db.Current.Through(Via.Bulk, edit.Id);
        await using var connection = await LongWrite.Begin(db, stop);
        var ids = await Rest(edit, customers, stop);
        var (done, last) = (edit.ChangedCount + edit.SameCount + edit.SkippedCount, edit.LastId);
        var total = done + ids.Count;
        foreach (var batch in ids.Chunk(Batch))
        {
            await db.InTransaction(() => Do(edit, what, new(db, what, seen, me.Pass.Country), batch, last, () => run.Progress(done + batch.Length, total, stop), stop), stop);
            (done, last) = (done + batch.Length, batch[^1]);
        }

        await db.InTransaction(() => End(edit, what, run.JobId, stop), stop);
        return "";
    }

    private async Task End(BulkEdit edit, BulkWhat what, long jobId, CancellationToken stop)
    {
        var ended = await db.BulkEdits.Where(e => e.Id == edit.Id && e.State == BulkState.Running && e.JobId == jobId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, BulkState.Done).SetProperty(e => e.FinishedAt, Now), stop);
        if (ended == 1 && what.Owner is { } owner) await db.TellGiven(edit.Id, owner, Now, stop);
    }

    // ids are eight bytes each: all of them at once are less than asking again for each batch
    private static async Task<List<long>> Rest(BulkEdit edit, IQueryable<Customer> customers, CancellationToken stop)
    {
        var after = edit.LastId;
        // those chosen by hand are told of one by one, be they away by now
        if (edit.Query is null) return [.. BulkSelection.Ids(edit.Ids).Where(id => id > after).Order()];
        return await customers.Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(stop);
    }

    private async Task Do(BulkEdit edit, BulkWhat what, BulkPlanning planning, long[] ids, long last, Func<Task> hold, CancellationToken stop)
    {
        // first, so that a second worker waits here and then learns that it lost
        await hold();
        var plan = await planning.Plan(ids, stop);
        await new BulkWriting(db, edit, what, Now).Write(plan, stop);
        await db.BulkInsert([.. plan.Skipped.Select(one => new BulkEditRow(edit.Id, one.Id, one.Reason))], stop);
        var (to, changed, same, skipped) = (ids[^1], plan.Changed.Count(), plan.Same, plan.Skipped.Count);
        var moved = await db.BulkEdits.Where(e => e.Id == edit.Id && e.LastId == last && e.State == BulkState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LastId, to).SetProperty(e => e.ChangedCount, e => e.ChangedCount + changed)
                .SetProperty(e => e.SameCount, e => e.SameCount + same).SetProperty(e => e.SkippedCount, e => e.SkippedCount + skipped), stop);
        if (moved != 1) throw new JobLostException();
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
