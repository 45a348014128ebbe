using System.Globalization;
using System.Text;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Segments;

internal enum RuleTokenKind
{
    /// <summary>A name or a word of the language, <c>today-90d</c> among them.</summary>
    Word,

    /// <summary>A text in quotes; what it says, without them.</summary>
    Text,

    /// <summary>A number or a date, in Latin digits.</summary>
    Bare,

    /// <summary><c>#12</c>: a row by its number.</summary>
    Id,

    /// <summary>A bracket, a comma, or an operator in its one form.</summary>
    Sign,

    /// <summary>A text whose quote is not closed.</summary>
    Open,
    End,
}

/// <param name="Text">What it says.</param>
/// <param name="Position">Of its first character in the rule, from 0.</param>
internal readonly record struct RuleToken(RuleTokenKind Kind, string Text, int Position)
{
    /// <summary>The code of a currency; words of the language may be written like one.</summary>
    public string? Currency => Kind == RuleTokenKind.Word && Text is { Length: 3 } and not ("AND" or "NOT") && Text.All(char.IsAsciiLetterUpper) ? Text : null;

    public bool Is(string word) => Kind == RuleTokenKind.Word ? string.Equals(Text, word, StringComparison.OrdinalIgnoreCase) : Kind == RuleTokenKind.Sign && Text == word;
}

/// <summary>The words, signs and values of a rule.</summary>
internal static class RuleTokens
{
    private const string Today = "today";

    private static readonly Dictionary<char, char> Quotes = new() { ['"'] = '"', ['“'] = '”', ['«'] = '»' };

    private static readonly (string Typed, string Means)[] Signs =
        [("!=", "!="), ("<>", "!="), ("<=", "<="), (">=", ">="), ("≠", "!="), ("≤", "<="), ("≥", ">="), ("=", "="), ("<", "<"), (">", ">"), ("(", "("), (")", ")"), (",", ","), ("،", ",")];

    public static List<RuleToken> Read(string text)
    {
        var tokens = new List<RuleToken>();
        for (var at = 0; ;)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || char.GetUnicodeCategory(text[at]) == UnicodeCategory.Format)) at++;
            if (at == text.Length) break;
            var (token, next) = Next(text, at);
            tokens.Add(token);
            at = next;
        }

        tokens.Add(new(RuleTokenKind.End, "", text.Length));
        return tokens;
    }

    private static (RuleToken, int) Next(string text, int at)
    {
        var c = text[at];
        if (Quotes.TryGetValue(c, out var close)) return Quoted(text, at, close);
        if (c == '#' && EndOf(text, at + 1, char.IsDigit) is var id && id > at + 1) return (new(RuleTokenKind.Id, SearchText.Fold(text[(at + 1)..id]), at), id);
        if (char.IsLetter(c)) return Word(text, at);
        if (char.IsDigit(c) || (c is '-' or '+' && at + 1 < text.Length && char.IsDigit(text[at + 1])))
        {
            var end = EndOf(text, at + 1, x => char.IsDigit(x) || x is '.' or '-' or '/' or '٫' or '٬');
            return (new(RuleTokenKind.Bare, SearchText.Fold(text[at..end]), at), end);
        }

        foreach (var (typed, means) in Signs)
        {
            if (string.CompareOrdinal(text, at, typed, 0, typed.Length) == 0) return (new(RuleTokenKind.Sign, means, at), at + typed.Length);
        }

        var length = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        return (new(RuleTokenKind.Sign, text.Substring(at, length), at), at + length);
    }

    private static (RuleToken, int) Quoted(string text, int at, char close)
    {
        var said = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == close) return (new(RuleTokenKind.Text, said.ToString(), at), i + 1);
            // a backslash takes what follows as it is
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            said.Append(text[i]);
        }

        return (new(RuleTokenKind.Open, said.ToString(), at), text.Length);
    }

    private static (RuleToken, int) Word(string text, int at)
    {
        var end = EndOf(text, at, x => char.IsLetterOrDigit(x) || x is '_' or '.');
        var word = text[at..end];
        if (!string.Equals(word, Today, StringComparison.OrdinalIgnoreCase)) return (new(RuleTokenKind.Word, word, at), end);

        // today - 90 d is one value
        var sign = EndOf(text, end, char.IsWhiteSpace);
        if (sign == text.Length || text[sign] is not ('+' or '-')) return (new(RuleTokenKind.Word, Today, at), end);
        var digits = EndOf(text, sign + 1, char.IsWhiteSpace);
        var unit = EndOf(text, EndOf(text, digits, char.IsDigit), char.IsWhiteSpace);
        var past = EndOf(text, unit, char.IsLetter);
        return (new(RuleTokenKind.Word, Today + text[sign] + SearchText.Fold(text[digits..past]).Replace(" ", "", StringComparison.Ordinal), at), past);
    }

    private static int EndOf(string text, int from, Func<char, bool> goesOn)
    {
        while (from < text.Length && goesOn(text[from])) from++;
        return from;
    }
}
