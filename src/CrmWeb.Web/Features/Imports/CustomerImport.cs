using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Brings a file in, batch by batch. A batch is one transaction: its customers, what is kept of its rows, how far the import came, and the hold on
/// the job. Whoever is killed leaves whole batches behind, and the next one goes on where the import says it stopped: each row has its effect once.
/// </summary>
public sealed class CustomerImport(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : IJobHandler
{
    public const string JobKind = Import.RunJob;

    public string Kind => JobKind;

    public bool IsAwaited => true;

    public string Permission => Permissions.ImportCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        var settings = ImportSettings.Of(import);
        // it came to its end, only the job did not get to know; or it was begun anew under another job
        if (import.State == ImportState.Failed) throw new JobFailedException("The file cannot be read to its end.");
        if (import.State != ImportState.Running || import.JobId != run.JobId) return ImportCounts.Of(import).ToString();
        db.Current.Through(Via.Import, import.Id);
        await using var file = files.Open(db.Current, import);
        var fields = await ImportFields.Of(memberFields, stop);
        var reading = new RowReading(settings, await ImportSource.People(db, me, fields.Seen, stop));
        var (done, likely) = (import.RowsDone, import.LikelyCount);
        await using var connection = await LongWrite.Begin(db, stop);
        try
        {
            await foreach (var rows in new ImportTable(file, settings.Format(file)).Batches(done).Select(batch => batch.ConvertAll(reading.Read)).Ahead(stop))
            {
                likely += await Write(import.Id, settings, fields, run, done, likely, rows, reading, stop);
                done += rows.Count;
            }
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
        var counts = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == import.Id, stop);
        return ImportCounts.Of(counts).ToString();
    }

    /// <summary>Answers how many rows likely are customers who were there.</summary>
    private async Task<int> Write(
        long importId, ImportSettings settings, ImportFields fields, JobRun run, long done, long likely, List<ReadRow> rows, RowReading reading, CancellationToken stop)
    {
        var (isFirst, found) = (true, 0);
        await db.InTransaction(async () =>
        {
            // planning writes into the rows what is wrong with them: a second attempt reads them anew
            var read = isFirst ? rows : rows.ConvertAll(row => reading.Read(row.Row));
            isFirst = false;
            // first, so that a second worker waits here and then learns that it lost
            await run.Progress(done + read.Count, settings.Rows, stop);
            var plan = await BatchPlanning.Plan(db, settings, fields, importId, [], read, stop);
            await new BatchWriting(db, importId, Now).Write(plan, (int)Math.Max(0, BatchWriting.LikelyKept - likely), stop);
            await db.CountBatch(importId, done, new(plan.Count(RowOutcome.New), plan.Count(RowOutcome.Changed), plan.Count(RowOutcome.Same), plan.Count(RowOutcome.Refused)), plan.LikelyCount, stop);
            found = plan.LikelyCount;
        }, stop);
        return found;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
