namespace CrmWeb.Domain.Customers.Duplicates;

/// <summary>How two folded names (<see cref="SearchText.Fold"/>) are alike.</summary>
public static class NameLikeness
{
    /// <summary>Shorter names are too often one letter apart by chance.</summary>
    public const int Shortest = 6;

    /// <summary>The words of a name in one order: "Smith, Ann" and "Ann Smith" have the same.</summary>
    public static string Words(string folded)
    {
        if (!folded.Contains(' ', StringComparison.Ordinal)) return folded;
        var words = folded.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(words, StringComparer.Ordinal);
        return string.Join(' ', words);
    }

    /// <summary>One letter is another one, is too many, is missing, or two neighbours are swapped (optimal string alignment distance of 1).</summary>
    public static bool IsOneOff(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1) return false;
        var start = a.CommonPrefixLength(b);
        var (x, y) = (a.Length - start, b.Length - start);
        while (x > 0 && y > 0 && a[start + x - 1] == b[start + y - 1]) (x, y) = (x - 1, y - 1);
        return (x, y) switch
        {
            (0, 0) => false,
            ( <= 1, <= 1) => true,
            (2, 2) => a[start] == b[start + 1] && a[start + 1] == b[start],
            _ => false,
        };
    }
}
