using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Takes an import back that is not of customers: what it made and nobody changed since goes, what it changed is as before, and then the customers go whom it
/// made and nobody worked with. In batches that say themselves what is done, so that it can be stopped and started again.
/// </summary>
internal abstract class RowImportRevert(CrmDb db, CurrentMember me, ImportFiles files, TimeProvider clock) : IJobHandler
{
    protected const int Batch = 1_000;

    public abstract string Kind { get; }

    public bool IsAwaited => true;

    public string Permission => Permissions.ImportCustomers;

    protected CrmDb Db { get; } = db;

    protected CurrentMember Me { get; } = me;

    protected DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await Db.ImportOf(run, stop);
        if (import.State == ImportState.Reverting && import.JobId != run.JobId) return "";
        Me.NeedImport(ImportSettings.Of(import));
        Db.Current.Through(Via.Import, import.Id);
        var total = import.NewCount + import.ChangedCount;
        await PutBack(import.Id, run, total, stop);
        await RemoveNew(import.Id, run, total, stop);
        await ImportRevert.RemoveNew(Db, import.Id, (gone, piece) => run.Progress(Math.Min(total, import.NewCount + gone), total, piece), all => Task.FromResult(all.Where(c => c.Version == 0).Select(c => c.Id).ToList()), stop);
        var kept = await CountRows(import.Id, stop);
        var changed = Db.ImportRows.Where(row => row.ImportId == import.Id && row.Outcome == RowOutcome.Changed);
        var result = new RevertResult(
            Math.Max(0, import.NewCount - kept), kept, await changed.CountAsync(row => row.Reason == ImportRevert.PutBack, stop), await changed.CountAsync(row => row.Reason != ImportRevert.PutBack, stop));
        await Db.EndRevert(import, Now, stop);
        files.Delete(Db.Current, import.FileKey);
        return result.ToString();
    }

    /// <summary>Rows of the file whose records are there still.</summary>
    protected abstract Task<long> CountRows(long importId, CancellationToken stop);

    /// <summary>Removes those of the next records that nobody touched. Answers the last id that was looked at, 0 at the end; and how many went.</summary>
    protected abstract Task<(long Last, int Removed)> Remove(long importId, long afterId, CancellationToken stop);

    /// <summary>Gives what was changed its values from before.</summary>
    protected virtual Task PutBack(long importId, JobRun run, long total, CancellationToken stop) => Task.CompletedTask;

    /// <summary>What the records that went needed, and nobody needs now. Within a transaction.</summary>
    protected virtual Task Clean(long importId, CancellationToken stop) => Task.CompletedTask;

    private async Task RemoveNew(long importId, JobRun run, long total, CancellationToken stop)
    {
        for (var (last, gone) = (0L, 0L); ;)
        {
            await using var transaction = await Db.Database.BeginTransactionAsync(stop);
            await run.Progress(Math.Min(total, gone), total, stop);
            var (seen, removed) = await Remove(importId, last, stop);
            if (seen == 0)
            {
                await Clean(importId, stop);
                await transaction.CommitAsync(stop);
                return;
            }

            await transaction.CommitAsync(stop);
            (last, gone) = (seen, gone + removed);
        }
    }
}
