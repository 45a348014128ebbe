using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// The dry run: plans every batch as the run will, writes nothing but the counts and some rows to look at. It may be repeated from the start at any
/// time. A customer who stands twice in the file, far apart, is counted once as new: of each new key a hash is kept (40 bytes a row), not the row.
/// </summary>
public sealed class ImportCheck(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files) : IJobHandler
{
    public const string JobKind = "check-import";

    private const int Samples = 10;
    private const int RefusedSamples = 1000;

    private readonly Dictionary<UInt128, UInt128> seen = [];
    private long likely;
    private readonly Dictionary<RowOutcome, long> counts = [];
    private readonly List<ImportRow> samples = [];
    private readonly HashSet<string> organisations = new(StringComparer.Ordinal);

    public string Kind => JobKind;

    public string Permission => Permissions.ImportCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        // it came to its end, only the job did not get to know; or it was begun anew under another job
        if (import.State == ImportState.Mapping) throw new JobFailedException("The file cannot be read to its end.");
        if (IsOver(import, run)) return ImportCounts.Of(import).ToString();
        var settings = ImportSettings.Of(import);
        await using var file = files.Open(db.Current, import);
        try
        {
            await Look(new ImportTable(file, settings.Format(file)), import.Id, settings, run, stop);
        }
        catch (UnreadableFileException unreadable)
        {
            await CannotBeRead(db, import.Id, stop);
            throw new JobFailedException(unreadable.Message);
        }

        return await Finish(db, import.Id, settings, new(Counted(RowOutcome.New), Counted(RowOutcome.Changed), Counted(RowOutcome.Same), Counted(RowOutcome.Refused)), likely, samples, run, stop);
    }

    private async Task Look(ImportTable table, long importId, ImportSettings settings, JobRun run, CancellationToken stop)
    {
        var fields = await ImportFields.Of(memberFields, stop);
        var reading = new RowReading(settings, await ImportSource.People(db, me, fields.Seen, stop));
        var keys = new MatchKeys(settings);
        var done = 0L;
        await foreach (var rows in table.Batches(0).Select(batch => batch.ConvertAll(reading.Read)).Ahead(stop))
        {
            var plan = await BatchPlanning.Plan(db, settings, fields, importId, organisations, rows, stop);
            foreach (var row in plan.Rows) Note(importId, row, Again(row, keys));
            done += rows.Count;
            await run.Progress(done, null, stop);
        }
    }

    /// <summary>What the row does in truth: one that seems new may meet the customer that an earlier batch makes.</summary>
    private RowOutcome Again(PlannedRow row, MatchKeys keys)
    {
        if (row.Outcome != RowOutcome.New || keys.KeyOf(row.Read) is not { } key) return row.Outcome;
        var said = Hash(string.Join('\n', row.Read.Row.Values));
        ref var before = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, Hash(key), out var known);
        var same = before == said;
        before = said;
        return !known ? RowOutcome.New : same ? RowOutcome.Same : RowOutcome.Changed;
    }

    private void Note(long importId, PlannedRow row, RowOutcome outcome)
    {
        if (row.Likely is not null && outcome == row.Outcome) likely++;
        var count = counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        if (outcome == RowOutcome.Refused && count <= RefusedSamples) samples.Add(BatchWriting.Refused(importId, row));
        else if (row.Outcome == outcome && BatchWriting.IsShown(row))
        {
            if (likely <= BatchWriting.LikelyKept) samples.Add(BatchWriting.Likely(importId, row));
        }
        else if (count <= Samples && row.Outcome == outcome && outcome == RowOutcome.Changed) samples.Add(BatchWriting.Changed(importId, row, []));
        else if (count <= Samples && row.Outcome == outcome && outcome == RowOutcome.New)
        {
            samples.Add(new ImportRow(importId, row.Read.Row.Line, outcome)
            {
                After = Snapshot.Write(row.After!, DetailField.In(row.After!), row.Read.Tags),
            });
        }
    }

    /// <summary>Back to where its columns are chosen.</summary>
    internal static Task CannotBeRead(CrmDb db, long importId, CancellationToken stop) =>
        db.Imports.Where(i => i.Id == importId && i.State == ImportState.Checking).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Mapping), stop);

    internal static async Task<string> Finish(CrmDb db, long importId, ImportSettings settings, ImportCounts result, long likely, List<ImportRow> samples, JobRun run, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await run.Progress(result.All, result.All, stop);
        await db.ImportRows.Where(row => row.ImportId == importId).ExecuteDeleteAsync(stop);
        db.ImportRows.AddRange(samples);
        var import = await db.Imports.SingleAsync(i => i.Id == importId, stop);
        if (IsOver(import, run)) return ImportCounts.Of(import).ToString();
        import.State = ImportState.Checked;
        (import.NewCount, import.ChangedCount, import.SameCount, import.RefusedCount, import.LikelyCount) = (result.New, result.Changed, result.Same, result.Refused, likely);
        import.Settings = (settings with { Rows = result.All }).ToJson();
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return result.ToString();
    }

    internal static bool IsOver(Import import, JobRun run) => import.State != ImportState.Checking || import.JobId != run.JobId;

    private long Counted(RowOutcome outcome) => counts.GetValueOrDefault(outcome);

    internal static UInt128 Hash(string text) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
