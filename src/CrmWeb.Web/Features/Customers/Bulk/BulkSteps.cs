using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>What may be done with a bulk edit, when, and the beginning of it: the state and the job are one transaction.</summary>
public static class BulkSteps
{
    /// <summary>A job that failed leaves its step to be begun again, where it stopped.</summary>
    public static bool IsStopped(this BulkEdit edit) => edit.State is BulkState.Running or BulkState.Undoing && edit.Job is { State: JobState.Failed or JobState.Cancelled };

    public static bool IsBusy(this BulkEdit edit) => edit.State is BulkState.Running or BulkState.Undoing && !edit.IsStopped();

    public static bool MayRun(this BulkEdit edit) => (edit.State == BulkState.Draft && edit.What is not null) || (edit.State == BulkState.Running && edit.IsStopped());

    public static bool MayBeUndone(this BulkEdit edit, DateTime now) =>
        (edit.State == BulkState.Done || (edit.State is BulkState.Undoing or BulkState.Running && edit.IsStopped())) && edit.StartedAt + BulkEdit.Undoable >= now && edit.ChangedCount > 0;

    /// <summary>The edit must be tracked.</summary>
    public static async Task Begin(CrmDb db, BulkEdit edit, bool undo, DateTime now, CancellationToken stop)
    {
        await using var own = await db.Database.BeginTransactionAsync(stop);
        edit.State = undo ? BulkState.Undoing : BulkState.Running;
        edit.StartedAt ??= now;
        var job = new Job(undo ? BulkUndo.JobKind : BulkRun.JobKind, edit.Id.ToString(CultureInfo.InvariantCulture), db.Current.Actor.MemberId, now);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(stop);
        edit.JobId = job.Id;
        await db.SaveChangesAsync(stop);
        await own.CommitAsync(stop);
    }

    public static IServiceCollection AddBulkEdits(this IServiceCollection services) => services.AddScoped<IJobHandler, BulkRun>().AddScoped<IJobHandler, BulkUndo>();
}
