namespace CrmWeb.Web.Features.Shared.Csv;

/// <summary>Several values in one cell: other addresses, other numbers, tags.</summary>
public static class ManyValues
{
    private static readonly string[] Strong = ["\r\n", "\n", "\r", ":::", "|"];

    /// <summary>
    /// The values, trimmed, without empty ones: cut at line breaks, <c>:::</c> (Google) and <c>|</c>; where none of them is, at
    /// semicolons (but not before <c>;ext=</c>); where none is, at commas. A cell that ends with a line break is cut at those alone.
    /// </summary>
    public static string[] Split(string cell)
    {
        if (cell.EndsWith('\n')) return Cut(cell, ["\n"]);
        if (Array.Exists(Strong, s => cell.Contains(s, StringComparison.Ordinal))) return Cut(cell, Strong);
        var kept = cell.Replace(";ext=", "\u0001", StringComparison.OrdinalIgnoreCase);
        return Array.ConvertAll(Cut(kept, kept.Contains(';', StringComparison.Ordinal) ? [";"] : [",", "،"]), v => v.Replace("\u0001", ";ext=", StringComparison.Ordinal));
    }

    /// <summary>One cell that <see cref="Split"/> takes apart again, whatever else the values hold; they are trimmed and hold no line breaks.</summary>
    public static string Join(IEnumerable<string> values)
    {
        var lines = values as IReadOnlyCollection<string> ?? [.. values];
        var cell = string.Join('\n', lines);
        return Split(cell).SequenceEqual(lines, StringComparer.Ordinal) ? cell : cell + '\n';
    }

    private static string[] Cut(string cell, string[] at) => cell.Split(at, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
