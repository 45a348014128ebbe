using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What may be done with an import, when, and the beginning of it: the state and the job are one transaction.</summary>
public static class ImportSteps
{
    /// <summary>A job that failed leaves its step to be begun again, where it stopped.</summary>
    public static bool IsStopped(this Import import) =>
        import.State is ImportState.Checking or ImportState.Running or ImportState.Reverting && import.Job is { State: JobState.Failed or JobState.Cancelled };

    public static bool IsBusy(this Import import) => import.State is ImportState.Checking or ImportState.Running or ImportState.Reverting && !import.IsStopped();

    public static bool MayBeMapped(this Import import) => import.State is ImportState.Mapping or ImportState.Checked || (import.State == ImportState.Checking && import.IsStopped());

    public static bool MayRun(this Import import) => import.State == ImportState.Checked || (import.State == ImportState.Running && import.IsStopped());

    public static bool MayBeReverted(this Import import) =>
        import.State is ImportState.Done or ImportState.Failed || (import.State is ImportState.Reverting or ImportState.Running && import.IsStopped());

    public static bool MayBeDeleted(this Import import) => !import.IsBusy();

    /// <summary>Answers the id of the job. The import must be tracked.</summary>
    public static async Task<long> Begin(CrmDb db, Import import, string jobKind, DateTime now, CancellationToken stop)
    {
        await using var own = await db.OwnTransaction(stop);
        // whoever changes the type of a field sees that this began, or is waited for
        await db.HoldTenant(stop);
        if (jobKind == CustomerImport.JobKind && import.State != ImportState.Running)
        {
            // the dry run's counts and samples make room for the real ones
            await db.ImportRows.Where(row => row.ImportId == import.Id).ExecuteDeleteAsync(stop);
            (import.RowsDone, import.NewCount, import.ChangedCount, import.SameCount, import.RefusedCount, import.LikelyCount) = (0, 0, 0, 0, 0, 0);
        }

        import.State = jobKind switch
        {
            ImportCheck.JobKind => ImportState.Checking,
            CustomerImport.JobKind => ImportState.Running,
            _ => ImportState.Reverting,
        };
        var job = new Job(ImportSettings.Of(import).What.Job(jobKind), import.Id.ToString(CultureInfo.InvariantCulture), db.Current.Actor.MemberId, now);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(stop);
        import.JobId = job.Id;
        await db.SaveChangesAsync(stop);
        if (own is not null) await own.CommitAsync(stop);
        return job.Id;
    }
}
