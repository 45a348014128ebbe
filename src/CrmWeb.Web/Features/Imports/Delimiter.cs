namespace CrmWeb.Web.Features.Imports;

/// <summary>The character between the values of a row.</summary>
public static class Delimiter
{
    /// <summary>What is looked for, the likelier first.</summary>
    public static IReadOnlyList<char> All { get; } = [',', ';', '\t', '|'];

    /// <summary>
    /// The delimiter that cuts most rows of the sample into the same number of values, more than one; of equals the one that makes more
    /// values. A first line <c>sep=;</c> decides. A comma when nothing does. Quoted values may hold delimiters and line breaks.
    /// </summary>
    /// <param name="sample">The beginning of the file; a row that the end of the sample cuts is passed over.</param>
    public static char Detect(ReadOnlySpan<char> sample)
    {
        if (Announced(sample) is { } announced) return announced;

        var (best, share, width) = (',', 0.0, 1);
        foreach (var delimiter in All)
        {
            var widths = Widths(sample, delimiter);
            if (widths.Count == 0) continue;
            var usual = widths.GroupBy(w => w).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First();
            var part = usual.Count() / (double)widths.Count;
            if (usual.Key > 1 && (part > share || (part == share && usual.Key > width))) (best, share, width) = (delimiter, part, usual.Key);
        }

        return best;
    }

    /// <summary>The delimiter that a first line <c>sep=;</c> announces, or null; the line is not a row.</summary>
    public static char? Announced(ReadOnlySpan<char> text) =>
        text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is '\r' or '\n' && All.Contains(text[4]) ? text[4] : null;

    private static List<int> Widths(ReadOnlySpan<char> sample, char delimiter)
    {
        var widths = new List<int>();
        var (width, quoted, mayQuote, blank) = (1, false, true, true);
        foreach (var c in sample)
        {
            if (quoted)
            {
                quoted = c != '"';
                // the second of two quotes inside a value opens it again
                mayQuote = true;
            }
            else if (c is '\r' or '\n')
            {
                if (!blank) widths.Add(width);
                (width, mayQuote, blank) = (1, true, true);
            }
            else
            {
                quoted = c == '"' && mayQuote;
                if (c == delimiter) width++;
                (mayQuote, blank) = (c == delimiter, false);
            }
        }

        if (widths.Count == 0 && !blank) widths.Add(width);
        return widths;
    }
}
