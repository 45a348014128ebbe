using System.Security.Cryptography;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Remembers what the columns of a file meant, for the next file with the same header.</summary>
public static class ColumnMaps
{
    public static async Task<ImportSettings> Guess(this CrmDb db, ImportSettings settings, CustomFieldSet custom, CancellationToken stop)
    {
        var hash = Hash(settings);
        var known = settings.With(await db.ImportMaps.AsNoTracking().SingleOrDefaultAsync(map => map.HeaderHash == hash, stop));
        return known.Fields.Count == settings.Columns.Count && known.Fields.Count > 0
            ? known with { Fields = [.. known.Fields.Select(field => settings.What.Knows(field, custom) ? field : ImportField.Ignore)] }
            : settings.Guessed(custom);
    }

    /// <summary>By the names of the columns alone.</summary>
    public static ImportSettings Guessed(this ImportSettings settings, CustomFieldSet custom)
    {
        if (settings.What != ImportOf.Customers)
        {
            string[] meant = settings.What == ImportOf.Orders ? OrderField.For(settings.Columns, settings.HasHeader) : InteractionField.For(settings.Columns);
            return settings with { Fields = meant, Match = RowField.MatchOf(settings.Columns, meant) };
        }

        var fields = ColumnGuess.For(settings.Columns, custom);
        // a list of firms has industries and no first names
        var firms = fields.Contains(ImportField.Industry) && !fields.Contains(ImportField.FirstName) && !fields.Contains(ImportField.Organisation) && !fields.Contains(ImportField.Kind);
        return settings with
        {
            Fields = fields,
            Match = MappingProblems.Guess(fields),
            Defaults = settings.Defaults with { Kind = firms ? CustomerKind.Organisation : CustomerKind.Person },
        };
    }

    public static async Task Remember(this CrmDb db, string fileName, ImportSettings settings, CancellationToken stop)
    {
        // columns without names are no file that one would know again
        if (settings is { HasHeader: false, What: not ImportOf.Customers }) return;
        var hash = Hash(settings);
        var map = await db.ImportMaps.SingleOrDefaultAsync(m => m.HeaderHash == hash, stop);
        if (map is null) db.ImportMaps.Add(new ImportMap(fileName.Length > ImportMap.NameLength ? fileName[..ImportMap.NameLength] : fileName, hash, settings.ToMap()));
        else map.Settings = settings.ToMap();
    }

    private static string Hash(ImportSettings settings) => Hash(settings.What == ImportOf.Customers ? settings.Columns : [settings.What.ToString(), .. settings.Columns]);

    /// <summary>The same for a file of refused rows, which has one column more.</summary>
    public static string Hash(IReadOnlyList<string> columns) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', columns.Where(column => column != RefusedRows.ReasonColumn).Select(SearchText.Fold)))));
}
