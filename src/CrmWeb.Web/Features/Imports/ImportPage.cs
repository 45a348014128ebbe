using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A field of a customer before and after.</summary>
public sealed record FieldChange(string Field, string Before, string After);

/// <summary>A row to look at.</summary>
public sealed record RowSample(long Line, long? CustomerId, string Name, IReadOnlyList<FieldChange> Changes);

/// <summary>A row that likely is a customer who was there already.</summary>
public sealed record LikelySample(long Line, string Name, string About, long CustomerId, string Customer, int Score, DuplicateReason Reasons)
{
    public static string Write(Likeness likeness) => string.Create(CultureInfo.InvariantCulture, $"{likeness.Score} {(int)likeness.Reasons}");

    public static LikelySample Of(ImportRow row, string customer)
    {
        var details = Snapshot.Read(row.After).Details;
        var said = (row.Reason ?? "").Split(' ');
        var (score, reasons) = said.Length == 2 ? (int.Parse(said[0], CultureInfo.InvariantCulture), (DuplicateReason)int.Parse(said[1], CultureInfo.InvariantCulture)) : default;
        return new(row.Line, details.Name, string.Join(" · ", new[] { details.Email, details.Phone }.OfType<string>()), row.CustomerId!.Value, customer, score, reasons);
    }
}

public sealed record RefusedSample(long Line, string Cells, string? Reason);

public sealed record KeptCustomer(long Id, string Name);

/// <summary>What the page of an import shows.</summary>
public sealed record ImportPage(Import Import, ImportSettings Settings, CustomFieldSet Custom)
{
    private const int Shown = 10;

    public ImportCounts Counts => ImportCounts.Of(Import);
    public IReadOnlyList<RowSample> New { get; private init; } = [];
    public IReadOnlyList<RowSample> Changed { get; private init; } = [];
    public IReadOnlyList<LikelySample> Likely { get; private init; } = [];
    public IReadOnlyList<RefusedSample> Refused { get; private init; } = [];

    /// <summary>After a revert: new customers that stayed.</summary>
    public IReadOnlyList<KeptCustomer> Kept { get; private init; } = [];

    /// <summary>Columns that are left out.</summary>
    public IEnumerable<string> LeftOut => Settings.Columns.Zip(Settings.Fields).Where(pair => pair.Second == ImportField.Ignore).Select(pair => pair.First);

    public static async Task<ImportPage> Read(CrmDb db, Import import, CustomFieldSet custom, IStringLocalizer L, CancellationToken stop)
    {
        var page = new ImportPage(import, ImportSettings.Of(import), custom);
        if (import.IsBusy()) return page;
        var rows = db.ImportRows.AsNoTracking().Where(row => row.ImportId == import.Id).OrderBy(row => row.Line);
        if (page.Settings.What != ImportOf.Customers)
        {
            var wrong = await rows.Where(row => row.Outcome == RowOutcome.Refused).Take(Shown).ToListAsync(stop);
            return page with { Refused = [.. wrong.Select(RefusedOf)] };
        }

        var made = await rows.Where(row => row.Outcome == RowOutcome.New && row.CustomerId == null).Take(Shown).ToListAsync(stop);
        var changed = await rows.Where(row => row.Outcome == RowOutcome.Changed).Take(Shown).ToListAsync(stop);
        var refused = await rows.Where(row => row.Outcome == RowOutcome.Refused).Take(Shown).ToListAsync(stop);
        var names = await Names(db, [.. made.Concat(changed).SelectMany(row => new[] { Snapshot.Read(row.Before), Snapshot.Read(row.After) })],
            [.. changed.Select(row => row.CustomerId).OfType<long>()], custom, L, stop);
        return page with
        {
            New = [.. made.Select(row => Sample(row, names))],
            Changed = [.. changed.Select(row => Sample(row, names))],
            Refused = [.. refused.Select(RefusedOf)],
            Likely = await LikelyOf(db, rows, stop),
            Kept = import.State != ImportState.Reverted ? [] : await db.Customers.Where(c => c.ImportId == import.Id).OrderBy(c => c.Id).Take(50)
                .Select(c => new KeptCustomer(c.Id, c.Name)).ToListAsync(stop),
        };
    }

    private static RefusedSample RefusedOf(ImportRow row) => new(row.Line, string.Join(" · ", Snapshot.Cells(row.Before).Where(cell => cell.Length > 0)), row.Reason);

    private static async Task<List<LikelySample>> LikelyOf(CrmDb db, IQueryable<ImportRow> rows, CancellationToken stop)
    {
        var found = await rows.Where(row => (row.Outcome == RowOutcome.New || row.Outcome == RowOutcome.Same) && row.CustomerId != null).Take(BatchWriting.LikelyKept).ToListAsync(stop);
        List<long> ids = [.. found.Select(row => row.CustomerId!.Value).Distinct()];
        if (ids.Count == 0) return [];
        var names = await db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        return [.. found.Where(row => names.ContainsKey(row.CustomerId!.Value)).Select(row => LikelySample.Of(row, names[row.CustomerId!.Value]))];
    }

    private static RowSample Sample(ImportRow row, SampleNames names)
    {
        var (before, after) = (Snapshot.Read(row.Before), Snapshot.Read(row.After));
        var changes = after.Fields.Where(names.Knows).Select(field => new FieldChange(field.Name, names.Say(field, before.Details, before.Fields.Contains(field)), names.Say(field, after.Details, true))).ToList();
        if (after.Tags.Count > 0) changes.Add(new(ImportField.Tags, "", string.Join(", ", after.Tags)));
        var name = row.CustomerId is { } id ? names.Customers.GetValueOrDefault(id, "") : after.Details.Name;
        return new(row.Line, row.CustomerId, name, changes);
    }

    private static async Task<SampleNames> Names(CrmDb db, List<Snapshot> snapshots, List<long> customers, CustomFieldSet custom, IStringLocalizer L, CancellationToken stop)
    {
        customers.AddRange(snapshots.Select(s => s.Details.OrganisationId).OfType<long>());
        customers.AddRange(Ids(CustomFieldType.Customer));
        List<long> owners = [.. snapshots.Select(s => s.Details.OwnerId).OfType<long>(), .. Ids(CustomFieldType.Member)];
        List<long> teams = [.. snapshots.Select(s => s.Details.TeamId).OfType<long>()];
        List<long> tiers = [.. snapshots.Select(s => s.Details.ServiceTierId).OfType<long>()];
        return new(
            await db.Customers.Where(c => customers.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop),
            await db.Members.Where(m => owners.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name, stop),
            await db.Teams.Where(t => teams.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, stop),
            tiers.Count == 0 ? [] : await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => tiers.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, stop), custom, L);

        IEnumerable<long> Ids(CustomFieldType type) => custom.All.Where(field => field.Type == type)
            .SelectMany(field => snapshots.SelectMany(s => s.Details.Custom.GetValueOrDefault(field.Key, []))).Select(CustomText.Id).OfType<long>();
    }
}
