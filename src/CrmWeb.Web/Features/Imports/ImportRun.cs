using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Brings a file in, whatever it is of: whether it is its turn, the file and what its columns mean, and how it ends.</summary>
public abstract class ImportRun(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : IJobHandler
{
    public abstract string Kind { get; }

    public bool IsAwaited => true;

    public string Permission => Permissions.ImportCustomers;

    private protected CrmDb Db => db;

    private protected CurrentMember Me => me;

    private protected DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        var settings = ImportSettings.Of(import);
        // it came to its end, only the job did not get to know; or it was begun anew under another job
        if (import.State == ImportState.Failed) throw new JobFailedException("The file cannot be read to its end.");
        if (import.State != ImportState.Running || import.JobId != run.JobId) return ImportCounts.Of(import).ToString();
        me.NeedImport(settings);
        db.Current.Through(Via.Import, import.Id);
        await using var file = files.Open(db.Current, import);
        await using var connection = await LongWrite.Begin(db, stop);
        try
        {
            await Bring(import, settings, new ImportTable(file, settings.Format(file)), await ImportFields.Of(memberFields, stop), run, stop);
        }
        catch (UnreadableFileException unreadable)
        {
            await db.EndImport(import, ImportState.Failed, Now, stop);
            await file.DisposeAsync();
            files.Delete(db.Current, import.FileKey);
            throw new JobFailedException(unreadable.Message);
        }

        await db.EndImport(import, ImportState.Done, Now, stop);
        // what is still needed of it stands with the rows; a file of people is not kept for nothing
        files.Delete(db.Current, import.FileKey);
        var counts = ImportCounts.Of(await db.ImportOf(run, stop));
        if (counts.New + counts.Changed >= Statistics.Many) await Statistics.CountAnew(db, stop);
        return counts.ToString();
    }

    /// <summary>
    /// Writes the rows that the import has not done yet, batch by batch. A batch is one transaction: its rows, how far the import came, and the hold on the job.
    /// Whoever is killed leaves whole batches behind, and the next one goes on where the import says it stopped: each row has its effect once.
    /// </summary>
    private protected abstract Task Bring(Import import, ImportSettings settings, ImportTable table, ImportFields fields, JobRun run, CancellationToken stop);
}
