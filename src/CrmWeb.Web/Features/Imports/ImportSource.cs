using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The file of an import and the way it is read.</summary>
public static class ImportSource
{
    private const int DateSamples = 2000;

    /// <summary>What a fresh file says of itself.</summary>
    public static ImportSettings Detect(Stream file)
    {
        var format = ImportFormat.Detect(file);
        var settings = new ImportSettings { Encoding = format.Encoding.Name, IsCards = format.IsCards, Delimiter = format.Delimiter, HasHeader = format.HasHeader };
        return settings.WithColumns(file);
    }

    /// <summary>The same of a file that need not be of customers: its values may stand apart by blanks.</summary>
    public static ImportSettings Detect(Stream file, ImportOf what)
    {
        var settings = Detect(file);
        if (what == ImportOf.Customers) return settings;
        settings = settings with { What = what, Match = MatchRule.ExternalId, IsCards = false };
        using (var text = FileEncoding.Detect(file).OpenText(file))
        {
            if (SpacedRows.AreLikely(text)) settings = settings with { Delimiter = SpacedRows.Delimiter };
        }

        file.Position = 0;
        if (settings.Delimiter == SpacedRows.Delimiter)
        {
            var first = new ImportTable(file, (settings with { HasHeader = false }).Format(file)).Rows().FirstOrDefault().Values ?? [];
            settings = settings with { HasHeader = CsvHeader.IsLikely(first) };
        }

        return settings.WithColumns(file);
    }

    public static ImportFormat Format(this ImportSettings settings, Stream file)
    {
        var detected = FileEncoding.Detect(file);
        return new(detected.Named(settings.Encoding) ?? detected, settings.IsCards, settings.Delimiter, settings.HasHeader);
    }

    /// <summary>The names of the columns under these settings. Meanings that belong to other columns are dropped.</summary>
    /// <exception cref="UnreadableFileException">The first row cannot be read.</exception>
    public static ImportSettings WithColumns(this ImportSettings settings, Stream file)
    {
        var columns = new ImportTable(file, settings.Format(file)).Columns;
        return columns.SequenceEqual(settings.Columns, StringComparer.Ordinal) ? settings : settings with { Columns = columns, Fields = [] };
    }

    /// <summary>What the columns of the given meaning say about the order of their dates.</summary>
    public static DateOrderGuess DatesOf(this ImportSettings settings, Stream file, CustomFieldSet? custom = null)
    {
        int[] columns = [.. settings.Fields.Index().Where(f => f.Item is ImportField.CreatedAt or OrderField.PlacedAt or InteractionField.OccurredAt || custom?.Named(f.Item)?.Type == CustomFieldType.Date).Select(f => f.Index)];
        if (columns.Length == 0) return DateOrderGuess.None;
        var rows = new ImportTable(file, settings.Format(file)).Rows().Take(DateSamples);
        return DateOrder.Detect(rows.SelectMany(row => columns.Select(i => row.Values[i])));
    }

    /// <summary>
    /// The members and teams that rows may name: by mail address or name; a name that two share means nobody. Who left is known by the address alone, as
    /// our own export writes it; and service tiers, be they out of use, unless one in use has the name; of several out of use the one that was put away last.
    /// </summary>
    public static async Task<ImportPeople> People(CrmDb db, CurrentMember me, CustomFieldSet fields, CancellationToken stop)
    {
        var members = await db.Members
            .Join(db.Users, m => m.UserId, u => u.Id, (m, u) => new { m.Id, m.Name, u.Email, m.DeactivatedAt }).ToListAsync(stop);
        var teams = await db.Teams.Select(t => new { t.Id, t.Name }).ToListAsync(stop);
        var tiers = await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).OrderBy(t => t.DeletedAt == null ? 0 : 1).ThenByDescending(t => t.DeletedAt).ThenByDescending(t => t.Id).Select(t => new { t.Id, t.Name, t.DeletedAt }).ToListAsync(stop);
        var inUse = tiers.Where(t => t.DeletedAt is null).Select(t => SearchText.Fold(t.Name)).ToHashSet(StringComparer.Ordinal);
        return new(
            Unique(members.Where(m => m.DeactivatedAt is null).Select(m => (m.Name, m.Id)).Concat(members.Select(m => (m.Email ?? "", m.Id)))),
            Unique(teams.Select(t => (t.Name, t.Id))), me.Pass.Country, me.TimeZone)
        { Fields = fields, Tiers = Unique(tiers.Where(t => t.DeletedAt is null || !inUse.Contains(SearchText.Fold(t.Name))).DistinctBy(t => t.DeletedAt is null ? t.Id.ToString(CultureInfo.InvariantCulture) : SearchText.Fold(t.Name), StringComparer.Ordinal).Select(t => (t.Name, t.Id))), Currency = me.Pass.Currency };
    }

    private static Dictionary<string, long> Unique(IEnumerable<(string Name, long Id)> named) =>
        named.Select(n => (Name: SearchText.Fold(n.Name), n.Id)).Where(n => n.Name.Length > 0).Distinct().GroupBy(n => n.Name, StringComparer.Ordinal)
            .Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
}
