using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What a batch of rows is going to do; nothing of it is written yet.</summary>
/// <param name="Counts">Of rows.</param>
internal abstract record RowPlan(ImportCounts Counts)
{
    public abstract IEnumerable<ImportRow> Refused(long importId);

    /// <summary>Within the transaction of the batch.</summary>
    public abstract Task Write(CrmDb db, long importId, DateTime now, CancellationToken stop);
}

/// <summary>What the rows of one kind of file are: which belong together, what they say, what becomes of them.</summary>
internal abstract class RowWork<TRead>
{
    /// <summary>Before anything is read.</summary>
    public virtual Task Prepare(CancellationToken stop) => Task.CompletedTask;

    public abstract IEnumerable<FileRow[]> Groups(ImportTable table);

    /// <summary>Reads rows one after the other; asks nothing of anybody, for it is done on another core, ahead. Each walk has its own.</summary>
    public abstract Converter<FileRow[], TRead> Reader();

    public abstract Task<RowPlan> Plan(IReadOnlyList<TRead> read, CancellationToken stop);

    /// <summary>A dry run goes on: what the rows so far would have made is there for those that follow.</summary>
    public virtual void Pretend(RowPlan plan)
    {
    }
}

internal sealed record RowBatch<TRead>(List<FileRow[]> Rows, List<TRead> Read)
{
    public long Count { get; } = Rows.Sum(rows => (long)rows.Length);
}

/// <summary>Brings a file in that is not of customers, as <see cref="CustomerImport"/> does with those: batch by batch, each row once, facts once a batch.</summary>
internal abstract class RowImport<TRead>(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : ImportRun(db, me, memberFields, files, clock)
{
    protected abstract RowWork<TRead> Work(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId);

    private protected override async Task Bring(Import import, ImportSettings settings, ImportTable table, ImportFields fields, JobRun run, CancellationToken stop)
    {
        var work = Work(Db, Me, settings, fields, import.Id);
        await work.Prepare(stop);
        var (done, read) = (import.RowsDone, work.Reader());
        await foreach (var batch in work.Groups(table).Batches(done).Select(rows => new RowBatch<TRead>(rows, rows.ConvertAll(read))).Ahead(stop))
        {
            await Write(import.Id, settings, work, run, done, batch, stop);
            done += batch.Count;
        }
    }

    private Task Write(long importId, ImportSettings settings, RowWork<TRead> work, JobRun run, long done, RowBatch<TRead> batch, CancellationToken stop)
    {
        var isFirst = true;
        return Db.InTransaction(async () =>
        {
            // planning writes into what was read what is wrong with it: a second attempt reads it anew
            var read = isFirst ? batch.Read : batch.Rows.ConvertAll(work.Reader());
            isFirst = false;
            Db.ChangeTracker.Clear();
            // first, so that a second worker waits here and then learns that it lost
            await run.Progress(done + batch.Count, settings.Rows, stop);
            var plan = await work.Plan(read, stop);
            await plan.Write(Db, importId, Now, stop);
            await Db.CountBatch(importId, done, plan.Counts, 0, stop);
        }, stop);
    }
}

/// <summary>The dry run of such a file: plans every batch as the run will, writes nothing but the counts and the refused rows.</summary>
internal abstract class RowImportCheck<TRead>(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files) : IJobHandler
{
    private const int RefusedSamples = 1000;

    public abstract string Kind { get; }

    public string Permission => Permissions.ImportCustomers;

    protected abstract RowWork<TRead> Work(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId);

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        if (import.State == ImportState.Mapping) throw new JobFailedException("The file cannot be read to its end.");
        if (ImportCheck.IsOver(import, run)) return ImportCounts.Of(import).ToString();
        var settings = ImportSettings.Of(import);
        me.NeedImport(settings);
        await using var file = files.Open(db.Current, import);
        try
        {
            var work = Work(db, me, settings, await ImportFields.Of(memberFields, stop), import.Id);
            await work.Prepare(stop);
            var (counts, samples) = await Look(new ImportTable(file, settings.Format(file)), import.Id, work, run, stop);
            return await ImportCheck.Finish(db, import.Id, settings, counts, 0, samples, run, stop);
        }
        catch (UnreadableFileException unreadable)
        {
            await ImportCheck.CannotBeRead(db, import.Id, stop);
            throw new JobFailedException(unreadable.Message);
        }
    }

    private async Task<(ImportCounts Counts, List<ImportRow> Samples)> Look(ImportTable table, long importId, RowWork<TRead> work, JobRun run, CancellationToken stop)
    {
        var (all, samples, read) = (new ImportCounts(0, 0, 0, 0), new List<ImportRow>(), work.Reader());
        await foreach (var batch in work.Groups(table).Batches(0).Select(rows => new RowBatch<TRead>(rows, rows.ConvertAll(read))).Ahead(stop))
        {
            var plan = await work.Plan(batch.Read, stop);
            db.ChangeTracker.Clear();
            work.Pretend(plan);
            samples.AddRange(plan.Refused(importId).Take(RefusedSamples - samples.Count));
            var counts = plan.Counts;
            all = new(all.New + counts.New, all.Changed + counts.Changed, all.Same + counts.Same, all.Refused + counts.Refused);
            await run.Progress(all.All, null, stop);
        }

        return (all, samples);
    }
}
