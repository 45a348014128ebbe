using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Takes an import back. Changed customers get back what stood there before, field by field, where nobody edited the field since. New customers
/// go, unless somebody worked with them since (an edit, a contact, a task, a person who belongs to them): those stay as they are. It is done in
/// batches that say themselves what is done, so that it can be stopped and started again.
/// </summary>
public sealed class ImportRevert(CrmDb db, CurrentMember me, MemberFields memberFields, ImportFiles files, TimeProvider clock) : IJobHandler
{
    public const string JobKind = Import.RevertJob;

    /// <summary>Noted on a changed row that was put back whole.</summary>
    public const string PutBack = "reverted";

    /// <summary>Noted on a changed row of a customer that the same import made: it goes or stays with the customer.</summary>
    public const string Own = "own";

    private const int Batch = 500;

    public string Kind => JobKind;

    public bool IsAwaited => true;

    public string Permission => Permissions.ImportCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        if (import.State == ImportState.Reverting && import.JobId != run.JobId) return "";
        db.Current.Through(Via.Import, import.Id);
        var total = import.NewCount + await db.ImportRows.CountAsync(row => row.ImportId == import.Id && row.Outcome == RowOutcome.Changed, stop);
        // in this order: who was put under an organisation that the import made must leave it before it can go
        await PutBackChanged(import.Id, run, total, stop);
        await RemoveNew(import.Id, run, total, stop);

        var changed = db.ImportRows.Where(row => row.ImportId == import.Id && row.Outcome == RowOutcome.Changed);
        var result = new RevertResult(
            import.NewCount - Math.Min(import.NewCount, await db.CountImported(import.Id, stop)), await db.CountImported(import.Id, stop),
            await changed.CountAsync(row => row.Reason == PutBack, stop), await changed.CountAsync(row => row.Reason != PutBack && row.Reason != Own, stop));
        await db.EndRevert(import, Now, stop);
        // it is there still when the run was stopped half-way
        files.Delete(db.Current, import.FileKey);
        return result.ToString();
    }

    private Task RemoveNew(long importId, JobRun run, long total, CancellationToken stop) =>
        RemoveNew(db, importId, (gone, piece) => run.Progress(gone, total, piece), candidates => Unedited(importId, candidates, stop), stop);

    /// <summary>Takes the customers away that the import made and nobody worked with since.</summary>
    internal static async Task RemoveNew(
        CrmDb db, long importId, Func<long, CancellationToken, Task> progress, Func<List<ImportedCustomer>, Task<List<long>>> unedited, CancellationToken stop)
    {
        var gone = 0L;
        // who belonged to a removed organisation is gone before it; the organisation goes in a later round
        for (var before = -1L; before != gone;)
        {
            before = gone;
            for (var last = 0L; ;)
            {
                await using var transaction = await db.Database.BeginTransactionAsync(stop);
                await progress(gone, stop);
                var candidates = await db.UntouchedOf(importId, last, Batch, stop);
                if (candidates.Count == 0) break;
                last = candidates[^1].Id;
                gone += await db.RemoveUntouched(importId, await unedited(candidates), stop);
                await transaction.CommitAsync(stop);
            }
        }
    }

    /// <summary>Those that have the version which this import left behind; it may have changed its own customers further down the file.</summary>
    private async Task<List<long>> Unedited(long importId, List<ImportedCustomer> candidates, CancellationToken stop)
    {
        List<long?> changed = [.. candidates.Where(c => c.Version > 0).Select(c => (long?)c.Id)];
        var own = changed.Count == 0 ? [] : await db.ImportRows.AsNoTracking()
            .Where(row => row.ImportId == importId && row.Outcome == RowOutcome.Changed && changed.Contains(row.CustomerId))
            .Select(row => new { row.CustomerId, row.After }).ToListAsync(stop);
        var versions = own.GroupBy(row => row.CustomerId!.Value).ToDictionary(g => g.Key, g => g.Max(row => Snapshot.Read(row.After).Version));
        return [.. candidates.Where(c => c.Version == versions.GetValueOrDefault(c.Id)).Select(c => c.Id)];
    }

    private async Task PutBackChanged(long importId, JobRun run, long total, CancellationToken stop)
    {
        for (var done = 0L; ;)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(Math.Min(total, done), total, stop);
            // the last row first: of two that changed one customer the first knows what stood there before both
            var rows = await db.ImportRows.Where(row => row.ImportId == importId && row.Outcome == RowOutcome.Changed && row.Reason == null)
                .OrderByDescending(row => row.Line).Take(Batch).ToListAsync(stop);
            if (rows.Count == 0) return;
            await PutBackBatch(rows, stop);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            db.ChangeTracker.Clear();
            done += rows.Count;
        }
    }

    private async Task PutBackBatch(List<ImportRow> rows, CancellationToken stop)
    {
        List<long> ids = [.. rows.Select(row => row.CustomerId).OfType<long>().Distinct()];
        var customers = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, stop);
        await db.LoadContactPoints(customers.Values, stop);
        // what the import changed is put back whole, be it hidden from whoever takes it back
        var fields = await memberFields.All(stop);
        await db.LoadCustomValues(customers.Values, fields, stop);
        var details = customers.ToDictionary(pair => pair.Key, pair => CustomerDetails.Of(pair.Value, fields));
        var snapshots = rows.ConvertAll(row => (Row: row, Before: Snapshot.Read(row.Before), After: Snapshot.Read(row.After)));
        var taken = await db.TakenExternalIds([.. snapshots.Select(s => s.Before.Details.ExternalId).OfType<string>()], stop);
        var custom = await RevertFields.Load(db, fields, [.. snapshots.Select(s => s.Before)], stop);
        var gone = await Gone([.. snapshots.Select(s => s.Before)], stop);
        foreach (var (row, before, after) in snapshots)
        {
            var found = row.CustomerId is { } id && customers.ContainsKey(id);
            row.Reason = found ? Fields(row.CustomerId!.Value, before, after) : "kept";
        }

        await TakeTags([.. snapshots.Where(s => s.Row.Reason != "kept").SelectMany(s => s.After.Tags, (s, name) => (s.Row.CustomerId!.Value, SearchText.Fold(name)))], stop);

        var changes = details.Where(pair => DetailField.Between(CustomerDetails.Of(customers[pair.Key], fields), pair.Value).Count > 0)
            .Select(pair => (customers[pair.Key], pair.Value with { PhoneCountry = me.Pass.Country })).ToList();
        await db.UpdateCustomers(changes, Now, stop);

        string Fields(long id, Snapshot before, Snapshot after)
        {
            var now = details[id];
            var edited = before.Fields.Where(field => !field.IsSame(now, after.Details) || gone.Contains((field.Name, field.Get(before.Details) as long?))
                || !custom.MayBePutBack(field, id, before.Details)
                || (field.Name == "externalId" && IsTaken(id, before.Details.ExternalId))).ToList();
            details[id] = before.Fields.Except(edited).Aggregate(now, (d, field) => field.Take(d, before.Details));
            return edited.Count == 0 ? PutBack : "kept " + string.Join(' ', edited.Select(field => field.Name));
        }

        bool IsTaken(long id, string? externalId) => externalId is not null && taken.TryGetValue(externalId, out var by) && by != id;
    }

    /// <summary>Owners, teams and organisations that stood there before and are removed since: nobody can be put back under them.</summary>
    private async Task<HashSet<(string Field, long? Id)>> Gone(List<Snapshot> before, CancellationToken stop)
    {
        var (owners, teams, organisations) = (Ids("ownerId"), Ids("teamId"), Ids("organisationId"));
        var gone = new HashSet<(string, long?)>();
        Add("ownerId", owners, owners.Count == 0 ? [] : await db.Members.Where(m => owners.Contains(m.Id)).Select(m => m.Id).ToListAsync(stop));
        Add("teamId", teams, teams.Count == 0 ? [] : await db.Teams.Where(t => teams.Contains(t.Id)).Select(t => t.Id).ToListAsync(stop));
        Add("organisationId", organisations, organisations.Count == 0 ? [] : await db.StillThere(organisations, stop));
        return gone;

        List<long> Ids(string field) => [.. before.Select(s => DetailField.Of(field).Get(s.Details)).OfType<long>().Distinct()];
        void Add(string field, List<long> asked, List<long> there) => gone.UnionWith(asked.Except(there).Select(id => (field, (long?)id)));
    }

    private async Task TakeTags(IReadOnlyList<(long CustomerId, string Folded)> given, CancellationToken stop)
    {
        foreach (var its in given.Distinct().GroupBy(one => one.Folded, one => one.CustomerId, StringComparer.Ordinal))
        {
            if (await db.TagNamed(its.Key, stop) is { } tag) await db.TakeTag(tag, [.. its], stop);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}

/// <summary>What a revert did: new customers removed and kept, changed rows put back and (in part) kept.</summary>
public sealed record RevertResult(long Removed, long Kept, long PutBack, long Edited)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"removed {Removed}, kept {Kept}, put back {PutBack}, edited since {Edited}");

    public static RevertResult? Parse(string? note)
    {
        var numbers = System.Text.RegularExpressions.Regex.Matches(note ?? "", "[0-9]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(match => long.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return numbers is [var removed, var kept, var back, var edited] ? new(removed, kept, back, edited) : null;
    }
}
