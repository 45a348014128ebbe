using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Brings a file of customers in.</summary>
public sealed class CustomerImport(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : ImportRun(db, me, memberFields, files, clock)
{
    public const string JobKind = Import.RunJob;

    public override string Kind => JobKind;

    private protected override async Task Bring(Import import, ImportSettings settings, ImportTable table, ImportFields fields, JobRun run, CancellationToken stop)
    {
        var reading = new RowReading(settings, await ImportSource.People(Db, Me, fields.Seen, stop));
        var (done, likely) = (import.RowsDone, import.LikelyCount);
        await foreach (var rows in table.Batches(done).Select(batch => batch.ConvertAll(reading.Read)).Ahead(stop))
        {
            likely += await Write(import.Id, settings, fields, run, done, likely, rows, reading, stop);
            done += rows.Count;
        }
    }

    /// <summary>Answers how many rows likely are customers who were there.</summary>
    private async Task<int> Write(
        long importId, ImportSettings settings, ImportFields fields, JobRun run, long done, long likely, List<ReadRow> rows, RowReading reading, CancellationToken stop)
    {
        var (isFirst, found) = (true, 0);
        await Db.InTransaction(async () =>
        {
            // planning writes into the rows what is wrong with them: a second attempt reads them anew
            var read = isFirst ? rows : rows.ConvertAll(row => reading.Read(row.Row));
            isFirst = false;
            // first, so that a second worker waits here and then learns that it lost
            await run.Progress(done + read.Count, settings.Rows, stop);
            var plan = await BatchPlanning.Plan(Db, settings, fields, importId, [], read, stop);
            await new BatchWriting(Db, importId, Now).Write(plan, (int)Math.Max(0, BatchWriting.LikelyKept - likely), stop);
            await Db.CountBatch(importId, done, new(plan.Count(RowOutcome.New), plan.Count(RowOutcome.Changed), plan.Count(RowOutcome.Same), plan.Count(RowOutcome.Refused)), plan.LikelyCount, stop);
            found = plan.LikelyCount;
        }, stop);
        return found;
    }
}
