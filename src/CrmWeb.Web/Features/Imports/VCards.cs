using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Reads contact cards (vCard 2.1, 3.0 and 4.0) as rows of always the same columns.</summary>
public static class VCards
{
    /// <summary>The columns of the rows; <see cref="ColumnGuess"/> knows those that are fields of customers.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "External id", "Kind", "Name", "First name", "Last name", "Organisation", "Department", "Job title", "Email", "Other emails", "Phone", "Other phones", "Fax", "Website",
        "Other websites", "Street", "City", "Region", "Postal code", "Country", "Other addresses", "Language", "Tags", "Description", "Birthday",
    ];

    /// <summary>Whether the beginning of a file is a contact card.</summary>
    public static bool AreLikely(ReadOnlySpan<char> sample) => sample.TrimStart().StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A row for each card, in the order of the file. Of several addresses and numbers the preferred or else the first stands alone, the
    /// others are joined as <see cref="ManyValues"/> says. Photos, and properties that no column holds, are left out. A card inside a
    /// card (an agent) is passed over. Throws nothing but what the reader throws.
    /// </summary>
    public static IEnumerable<FileRow> Read(TextReader text)
    {
        var card = new List<VCardLine>();
        var (depth, last) = (0, 0L);
        foreach (var line in VCardLines.Read(text))
        {
            last = line.Line;
            var isCard = line.Text.Trim().Equals("VCARD", StringComparison.OrdinalIgnoreCase);
            if (isCard && line.Name == "BEGIN")
            {
                if (depth++ == 0) card = [line];
            }
            else if (isCard && line.Name == "END" && depth > 0)
            {
                if (--depth == 0) yield return Row(card, line.Line, isWhole: true);
            }
            else if (depth == 1) card.Add(line);
        }

        if (depth > 0) yield return Row(card, last, isWhole: false);
    }

    private static FileRow Row(List<VCardLine> card, long last, bool isWhole)
    {
        var used = card.Where(line => !line.IsBinary).ToList();
        var values = new VCardValues(used);
        var row = Columns.Select(values.Of).ToArray();
        return new(card[0].Line, last, row, isWhole && used.TrueForAll(line => line.IsWhole) ? RowProblem.None : RowProblem.BrokenCard);
    }
}
