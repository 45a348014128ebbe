using System.Collections.Immutable;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Forms;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Who and where a file may speak of: members and teams by their names, the country and the zone it was written in.</summary>
public sealed record ImportPeople(
    IReadOnlyDictionary<string, long> Members, IReadOnlyDictionary<string, long> Teams, string? Country, TimeZoneInfo Zone)
{
    /// <summary>The custom fields that the member sees; a file cannot speak of others.</summary>
    public CustomFieldSet Fields { get; init; } = CustomFieldSet.None;

    /// <summary>Service tiers by their names; one in use wins over those out of use.</summary>
    public IReadOnlyDictionary<string, long> Tiers { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Of amounts that name none.</summary>
    public string Currency { get; init; } = "EUR";

    public static readonly ImportPeople None = new(ImmutableDictionary<string, long>.Empty, ImmutableDictionary<string, long>.Empty, null, TimeZoneInfo.Utc);
}

/// <summary>
/// Turns the values of a row into what they say of a customer. A value that would be lost or is plainly wrong (too long, no mail address, an unknown
/// stage) refuses the row with the reason; a phone or web address that is none stays as it was typed, for a person can still read it.
/// </summary>
public sealed class RowReading
{
    private readonly ImportSettings settings;
    private readonly ImportPeople people;
    private readonly (string Field, int[] Columns)[] mapped;

    public RowReading(ImportSettings settings, ImportPeople people)
    {
        (this.settings, this.people) = (settings, people);
        mapped = [.. settings.Fields.Select((field, i) => (field, i)).Where(f => f.field != ImportField.Ignore).GroupBy(f => f.field, f => f.i).Select(g => (g.Key, g.ToArray()))];
    }

    public ReadRow Read(FileRow row)
    {
        var cells = new RowCells(settings, people);
        if (Broken(row.Problem) is { } broken) cells.Refuse("", broken);
        else if (Array.Exists(row.Values, value => !CleanText.IsStorable(value))) cells.Refuse("", Refusal.NotStorable);
        else
        {
            foreach (var (field, columns) in mapped)
            {
                var text = columns.Length == 1 ? row.Values[columns[0]] : ManyValues.Join(columns.SelectMany(i => ManyValues.Split(row.Values[i])));
                if (!string.IsNullOrWhiteSpace(text)) cells.Take(field, text);
            }
        }

        return cells.Finish(row);
    }

    private static string? Broken(RowProblem problem) => problem switch
    {
        RowProblem.BrokenQuote => Refusal.BrokenQuote,
        RowProblem.TooManyValues => Refusal.TooManyValues,
        RowProblem.BrokenCard => Refusal.BrokenCard,
        _ => null,
    };
}
