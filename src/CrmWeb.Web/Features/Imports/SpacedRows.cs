namespace CrmWeb.Web.Features.Imports;

/// <summary>Rows whose values stand apart by blanks, however many: columns that line up under each other.</summary>
public static class SpacedRows
{
    /// <summary>Stands for them where a delimiter is named.</summary>
    public const char Delimiter = ' ';

    private const int Looked = 20;

    /// <summary>All rows; empty lines are passed over.</summary>
    /// <exception cref="UnreadableFileException">A line is longer than any value may be.</exception>
    public static IEnumerable<FileRow> Read(TextReader text)
    {
        for (var line = 1L; text.ReadLine() is { } written; line++)
        {
            if (written.Length > CsvRows.MaxValueLength) throw new UnreadableFileException((int)Math.Min(line, int.MaxValue), new InvalidDataException("A line is too long."));
            var values = written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (values.Length > 0) yield return new FileRow(line, line, values);
        }
    }

    /// <summary>Whether a text is written so: no other delimiter, and the same number of values, three or more, in all of its first lines.</summary>
    public static bool AreLikely(TextReader text)
    {
        var widths = new HashSet<int>();
        foreach (var row in Read(text).Take(Looked))
        {
            if (row.Values.Any(value => value.AsSpan().ContainsAny([',', ';', '|', '"']))) return false;
            widths.Add(row.Values.Length);
        }

        return widths.Count == 1 && widths.First() >= 3;
    }
}
