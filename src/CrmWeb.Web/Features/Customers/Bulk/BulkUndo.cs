using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>
/// Takes a bulk edit back by what the history says it wrote: where that still stands, what stood there before comes back; what somebody changed since
/// stays and is told. In batches that say themselves how far it came; the history tells the undo too.
/// </summary>
public sealed class BulkUndo(CrmDb db, CurrentMember me, MemberFields fields, TimeProvider clock) : IJobHandler
{
    public const string JobKind = BulkEdit.UndoJob;

    private const int Batch = 1_000;
    private static readonly HashSet<long> None = [];

    public string Kind => JobKind;

    public bool IsAwaited => true;

    public string Permission => Permissions.ReadCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var edit = await db.BulkEditOf(run, stop);
        if (edit.State != BulkState.Undoing || edit.JobId != run.JobId) return "";
        if (!me.May(BulkWhat.Of(edit)!.Permission)) throw new JobFailedException("The member who asked for this may no longer do it.");
        db.Current.Through(Via.Bulk, edit.Id);
        await using var connection = await LongWrite.Begin(db, stop);
        // what it wrote is put back whole, be it hidden from whoever takes it back
        var all = await fields.All(stop);
        var last = await db.LastChange(edit, stop);
        var (done, after) = (0L, edit.UndoneChangeId);
        for (var total = await db.CountChanges(edit.Id, after, last, stop); await db.ChangesOf(edit.Id, after, last, Batch, stop) is { Count: > 0 } changes; after = changes[^1].Id)
        {
            await db.InTransaction(() => Do(edit, changes, after, all, () => run.Progress(Math.Min(total, done + changes.Count), total, stop), stop), stop);
            done += changes.Count;
        }

        await db.BulkEdits.Where(e => e.Id == edit.Id && e.State == BulkState.Undoing && e.JobId == run.JobId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.State, BulkState.Undone), stop);
        return "";
    }

    private async Task Do(BulkEdit edit, List<Change> changes, long after, CustomFieldSet all, Func<Task> hold, CancellationToken stop)
    {
        await hold();
        var kept = new List<BulkEditRow>();
        await PutBackFields(edit, changes, all, kept, stop);
        await PutBackTags(edit, [.. changes.Where(change => change.Field == BulkWhat.Tags)], kept, stop);
        await PutBackLists(edit, [.. changes.Where(change => change.Field == BulkWhat.Lists)], kept, stop);
        await Restore(edit, [.. changes.Where(change => change.Act == Act.Archived).Select(change => change.RecordId)], kept, stop);
        await TakeBack(edit, [.. changes.Where(change => change is { Record: RecordKind.Interaction, Act: Act.Created })], kept, stop);
        await db.BulkInsert(kept, stop);
        var (to, undone, keeping) = (changes[^1].Id, changes.Count - kept.Count, kept.Count);
        var moved = await db.BulkEdits.Where(e => e.Id == edit.Id && e.UndoneChangeId == after && e.State == BulkState.Undoing).ExecuteUpdateAsync(
            set => set.SetProperty(e => e.UndoneChangeId, to).SetProperty(e => e.UndoneCount, e => e.UndoneCount + undone).SetProperty(e => e.KeptCount, e => e.KeptCount + keeping), stop);
        if (moved != 1) throw new JobLostException();
    }

    private async Task PutBackFields(BulkEdit edit, List<Change> changes, CustomFieldSet all, List<BulkEditRow> kept, CancellationToken stop)
    {
        var values = changes.Where(change => change is { Record: RecordKind.Customer, Act: Act.Changed, Field: not (null or BulkWhat.Tags or BulkWhat.Lists) }).ToList();
        if (values.Count == 0) return;
        // one bulk edit is about one field
        var field = values[0].Field!;
        var set = new CustomFieldSet(all.Named(field) is { } custom ? [custom] : [], all.Groups);
        var customers = await db.ChangedBy(values, set, stop);
        var back = await BulkPutBack.Load(db, set, values, stop);
        var writing = new List<(Customer, CustomerDetails)>();
        foreach (var its in values.GroupBy(change => change.RecordId))
        {
            if (!customers.TryGetValue(its.Key, out var customer))
            {
                kept.AddRange(its.Select(_ => new BulkEditRow(edit.Id, its.Key, BulkReason.NotThere, ofUndo: true, field)));
                continue;
            }

            var before = CustomerDetails.Of(customer, set) with { PhoneCountry = me.Pass.Country };
            var details = before;
            foreach (var change in its)
            {
                (details, var reason) = back.Undo(details, change, its.Key);
                if (reason is { } why) kept.Add(new(edit.Id, its.Key, why, ofUndo: true, field));
            }

            if (details != before) writing.Add((customer, details));
        }

        var since = field == "stage" ? await db.StagesBefore(values, stop) : null;
        await db.UpdateCustomers(writing, Now, stop, BulkFields.Columns(field), since);
        if (BulkFields.IsSought(field)) await db.RefreshSearch(writing.ConvertAll(one => one.Item1.Id), renamed: false, stop);
    }

    private async Task PutBackTags(BulkEdit edit, List<Change> changes, List<BulkEditRow> kept, CancellationToken stop)
    {
        if (changes.Count == 0) return;
        HashSet<long> there = [.. await db.StillThere([.. changes.Select(change => change.RecordId).Distinct()], stop)];
        await db.Touch(there, Now, stop);
        foreach (var its in changes.GroupBy(change => (change.Old, change.New)))
        {
            var (name, given) = (its.Key.New ?? its.Key.Old!, its.Key.New is not null);
            var having = await db.Tagged([.. its.Select(change => change.RecordId)], SearchText.Fold(name), stop);
            var open = its.Where(change => there.Contains(change.RecordId) && having.Contains(change.RecordId) == given).Select(change => change.RecordId).ToList();
            kept.AddRange(its.Select(change => change.RecordId).Except(open).Select(id => new BulkEditRow(edit.Id, id, there.Contains(id) ? BulkReason.Edited : BulkReason.NotThere, ofUndo: true, BulkWhat.Tags)));
            if (!given) await db.GiveTags(open.ConvertAll(id => (id, SearchText.Fold(name), name)), None, stop);
            else if (await db.TagNamed(name, stop) is { } tag) await db.TakeTag(tag, open, stop);
        }

        await db.RefreshSearch(there, renamed: false, stop);
    }

    private async Task PutBackLists(BulkEdit edit, List<Change> changes, List<BulkEditRow> kept, CancellationToken stop)
    {
        foreach (var its in changes.GroupBy(change => (change.Old, change.New)))
        {
            var there = await db.StillThere([.. its.Select(change => change.RecordId).Distinct()], stop);
            var turned = await BulkWriting.WriteList(db, ChangeText.Id(its.Key.New ?? its.Key.Old) ?? 0, its.Key.New is null, [.. there], stop);
            kept.AddRange(its.Select(change => change.RecordId).Except(turned)
                .Select(id => new BulkEditRow(edit.Id, id, there.Contains(id) ? BulkReason.Edited : BulkReason.NotThere, ofUndo: true, BulkWhat.Lists)));
        }
    }

    private async Task Restore(BulkEdit edit, List<long> ids, List<BulkEditRow> kept, CancellationToken stop)
    {
        if (ids.Count == 0) return;
        var back = await db.Restore(ids, edit.StartedAt!.Value, Now, stop);
        kept.AddRange(ids.Except(back).Select(id => new BulkEditRow(edit.Id, id, BulkReason.Edited, ofUndo: true)));
    }

    private async Task TakeBack(BulkEdit edit, List<Change> logged, List<BulkEditRow> kept, CancellationToken stop)
    {
        if (logged.Count == 0) return;
        var taken = await db.TakeBack([.. logged.Select(change => (change.RecordId, change.CustomerId!.Value))], Now, stop);
        kept.AddRange(logged.Where(change => !taken.Contains(change.RecordId)).Select(change => new BulkEditRow(edit.Id, change.CustomerId!.Value, BulkReason.Edited, ofUndo: true)));
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
