using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Brings a file of orders in, as <see cref="CustomerImport"/> does with customers: batch by batch, each row once, facts once a batch.</summary>
public sealed class OrderImport(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "run-order-import";

    public string Kind => JobKind;

    public bool IsAwaited => true;

    public string Permission => Permissions.ImportCustomers;

    /// <summary>The job that does with orders what another one does with customers.</summary>
    public static string StepOf(string kindOfCustomers) => kindOfCustomers switch
    {
        CustomerImport.JobKind => JobKind,
        ImportCheck.JobKind => OrderImportCheck.JobKind,
        _ => OrderImportRevert.JobKind,
    };

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
        var reading = settings.OrderRows(me);
        var done = import.RowsDone;
        await using var connection = await LongWrite.Begin(db, stop);
        try
        {
            await foreach (var rows in new ImportTable(file, settings.Format(file)).Batches(done).Select(batch => batch.ConvertAll(reading.Read)).Ahead(stop))
            {
                await Write(import.Id, settings, fields, run, done, rows, stop);
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
        files.Delete(db.Current, import.FileKey);
        var counts = await db.ImportOf(run, stop);
        return ImportCounts.Of(counts).ToString();
    }

    private Task Write(long importId, ImportSettings settings, ImportFields fields, JobRun run, long done, List<OrderRead> rows, CancellationToken stop)
    {
        var isFirst = true;
        return db.InTransaction(async () =>
        {
            // planning writes into the rows what is wrong with them: a second attempt reads them anew
            var read = isFirst ? rows : rows.ConvertAll(row => settings.OrderRows(me).Read(row.Row));
            isFirst = false;
            db.ChangeTracker.Clear();
            // first, so that a second worker waits here and then learns that it lost
            await run.Progress(done + read.Count, settings.Rows, stop);
            var plan = await new OrderPlanning(db, me, settings, fields, importId).Plan(read, stop);
            await new OrderWritten(db, importId, Now).Write(plan, stop);
            await db.CountBatch(importId, done, plan.Counts, 0, stop);
        }, stop);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>The dry run of orders: plans every batch as the run will, writes nothing but the counts and the refused rows.</summary>
public sealed class OrderImportCheck(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files) : IJobHandler
{
    public const string JobKind = "check-order-import";

    private const int RefusedSamples = 1000;

    public string Kind => JobKind;

    public string Permission => Permissions.ImportCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        if (import.State == ImportState.Mapping) throw new JobFailedException("The file cannot be read to its end.");
        if (ImportCheck.IsOver(import, run)) return ImportCounts.Of(import).ToString();
        var settings = ImportSettings.Of(import);
        await using var file = files.Open(db.Current, import);
        try
        {
            var (counts, samples) = await Look(new ImportTable(file, settings.Format(file)), import.Id, settings, run, stop);
            return await ImportCheck.Finish(db, import.Id, settings, counts, 0, samples, run, stop);
        }
        catch (UnreadableFileException unreadable)
        {
            await ImportCheck.CannotBeRead(db, import.Id, stop);
            throw new JobFailedException(unreadable.Message);
        }
    }

    private async Task<(ImportCounts Counts, List<ImportRow> Samples)> Look(ImportTable table, long importId, ImportSettings settings, JobRun run, CancellationToken stop)
    {
        var fields = await ImportFields.Of(memberFields, stop);
        var reading = settings.OrderRows(me);
        var (all, samples, ids) = (new ImportCounts(0, 0, 0, 0), new List<ImportRow>(), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var rows in table.Batches(0).Select(batch => batch.ConvertAll(reading.Read)).Ahead(stop))
        {
            // the run finds the order that an earlier batch made
            foreach (var row in rows.Where(row => row.Refusals.Count == 0 && row.ExternalId is { } id && !ids.Add(id))) row.Refusals.Add(new(OrderField.ExternalId, Refusal.Twice));
            var plan = await new OrderPlanning(db, me, settings, fields, importId).Plan(rows, stop);
            db.ChangeTracker.Clear();
            samples.AddRange(plan.Rows.Where(row => row.Outcome == RowOutcome.Refused).Take(RefusedSamples - samples.Count).Select(row => OrderWritten.Refused(importId, row)));
            var counts = plan.Counts;
            all = new(all.New + counts.New, all.Changed + counts.Changed, all.Same + counts.Same, all.Refused + counts.Refused);
            await run.Progress(all.All, null, stop);
        }

        return (all, samples);
    }
}

internal static class OrderImports
{
    public static OrderRows OrderRows(this ImportSettings settings, CurrentMember me) => new(settings, me.Pass.Currency, me.Pass.Country, me.TimeZone, me.TenantZone);
}
