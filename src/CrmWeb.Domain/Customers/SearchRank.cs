using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers;

/// <summary>How well a name answers what was typed: less is better.</summary>
public static partial class SearchRank
{
    public static int Of(string typed, string name)
    {
        if (name == typed) return 0;
        if (name.StartsWith(typed, StringComparison.Ordinal)) return 1;
        if (name.Contains(" " + typed, StringComparison.Ordinal)) return 2;
        var words = typed.Split(' ');
        if (words.All(word => (" " + name).Contains(" " + word, StringComparison.Ordinal))) return 3;
        return name.Contains(typed, StringComparison.Ordinal) ? 4 : words.All(word => name.Contains(word, StringComparison.Ordinal)) ? 5 : 6;
    }

    /// <summary>How many slips lie between what was typed and the words of the name that come nearest to it; null when it is more than one a word.</summary>
    public static int? Slips(string typed, string name)
    {
        var sum = 0;
        var theirs = Apart().Split(name);
        foreach (var word in typed.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var least = theirs.Min(other => Slips(word.AsSpan(), other.AsSpan()));
            if (least > 1 && !name.Contains(word, StringComparison.Ordinal)) return null;
            sum += Math.Min(least, 1);
        }

        return sum;
    }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd}]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Apart();

    /// <summary>
    /// Letters to add, take away, change or let change places with the next one: the optimal string alignment distance (a restricted
    /// Damerau–Levenshtein distance). Of a longer word only as much counts as was typed, give or take one letter: people stop typing.
    /// </summary>
    private static int Slips(ReadOnlySpan<char> typed, ReadOnlySpan<char> word)
    {
        if (word.Length > typed.Length + 1) word = word[..(typed.Length + 1)];
        Span<int> before = stackalloc int[word.Length + 1], last = stackalloc int[word.Length + 1], now = stackalloc int[word.Length + 1];
        for (var j = 0; j <= word.Length; j++) last[j] = j;
        for (var i = 1; i <= typed.Length; i++)
        {
            now[0] = i;
            for (var j = 1; j <= word.Length; j++)
            {
                var same = typed[i - 1] == word[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1]) now[j] = Math.Min(now[j], before[j - 2] + 1);
            }

            last.CopyTo(before);
            now.CopyTo(last);
        }

        // the whole of what was typed against each beginning of the word
        var least = int.MaxValue;
        for (var j = 0; j <= word.Length; j++) least = Math.Min(least, last[j]);
        return least;
    }
}
