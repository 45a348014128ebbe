namespace CrmWeb.Domain.Customers;

/// <summary>Which folded texts are meant: those that have a piece of three letters or more, and what can be said of several of them.</summary>
public abstract record SearchPattern
{
    /// <summary>What an index of three letters can look for.</summary>
    public const int MinLetters = 3;

    // an address may hold a few hundred words; the first say enough
    private const int MaxWords = 8;

    public sealed record Has(string Piece) : SearchPattern;

    public sealed record All(IReadOnlyList<SearchPattern> Parts) : SearchPattern;

    public sealed record Any(IReadOnlyList<SearchPattern> Parts) : SearchPattern;

    /// <summary>
    /// Texts that have what was typed as it stands, or every word of it somewhere. Two letters begin a word. A single letter among the words cannot be
    /// looked for by itself: what was typed is then meant as it stands. Null for less.
    /// </summary>
    public static SearchPattern? Of(string folded)
    {
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var each = words.Take(MaxWords).Select(Word).OfType<Has>().ToList<SearchPattern>();
        if (words.Length <= 1) return each.FirstOrDefault();
        return Letters(folded) < MinLetters ? null : each.Count < Math.Min(words.Length, MaxWords) ? new Has(folded) : new Any([new Has(folded), new All(each)]);
    }

    /// <summary>The same with one slip a word: a letter too few, too many or another one, two that changed places. Null when no word has five letters.</summary>
    public static SearchPattern? Near(string folded)
    {
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords).ToList();
        if (!words.Exists(MayHaveSlip)) return null;
        var each = words.Select(word => MayHaveSlip(word) ? (SearchPattern)Slips(word) : Word(word)).OfType<SearchPattern>().ToList();
        return each.Count == 1 ? each[0] : new All(each);
    }

    public static bool MayHaveSlip(string word) => Letters(word) is >= 5 and <= 40 && word.All(char.IsLetter);

    internal static int Letters(string text) => text.EnumerateRunes().Count();

    private static Has? Word(string word) => Letters(word) switch
    {
        >= MinLetters => new Has(word),
        2 => new Has(" " + word),
        _ => null,
    };

    // what stands before the slip and what stands behind it, as far as each is long enough to be looked for
    private static Any Slips(string word)
    {
        var ways = new List<SearchPattern> { new Has(word) };
        for (var at = 0; at < word.Length; at++)
        {
            var (before, after) = (word[..at], word[(at + 1)..]);
            ways.Add(new Has(before + after));
            if (after.Length > 0) ways.Add(new Has(before + after[0] + word[at] + after[1..]));
            // two letters are looked for where a word begins
            var pieces = new[] { Letters(before) == 2 ? " " + before : before, after }.Where(piece => Letters(piece) >= MinLetters).Select(piece => (SearchPattern)new Has(piece)).ToList();
            ways.Add(pieces.Count == 1 ? pieces[0] : new All(pieces));
        }

        return new Any([.. ways.Distinct()]);
    }
}
