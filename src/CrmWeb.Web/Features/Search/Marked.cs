using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CrmWeb.Domain.Customers;
using Microsoft.AspNetCore.Html;

namespace CrmWeb.Web.Features.Search;

/// <summary>A text in which the words that were typed are marked, however it writes them: accents, case, digits and letters of another script included.</summary>
public sealed class Marked : IHtmlContent
{
    private const int MaxWords = 8;
    private readonly string text;
    private readonly List<(int From, int To)> marks = [];

    public Marked(string text, IReadOnlyList<string> words)
    {
        this.text = text;
        var (folded, places) = Fold(text);
        foreach (var word in words)
        {
            // a number is written with spaces and strokes between its digits
            var (within, at) = word.All(char.IsAsciiDigit) ? Digits(folded, places) : (folded, places);
            for (var from = within.IndexOf(word, StringComparison.Ordinal); from >= 0; from = within.IndexOf(word, from + word.Length, StringComparison.Ordinal))
                marks.Add((at[from].From, at[from + word.Length - 1].To));
        }
    }

    public bool HasAny => marks.Count > 0;

    public static IReadOnlyList<string> Words(string? typed)
    {
        var folded = SearchText.Fold(typed);
        if (folded.Length > CustomerSearchTerms.MaxTyped) folded = folded[..CustomerSearchTerms.MaxTyped];
        var isNumber = folded.Any(char.IsAsciiDigit) && !folded.Any(char.IsLetter);
        return isNumber ? [.. new[] { string.Concat(folded.Where(char.IsAsciiDigit)).TrimStart('0') }.Where(word => word.Length > 0)]
            : [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxWords)];
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var done = 0;
        foreach (var (from, to) in marks.Order())
        {
            if (to <= done) continue;
            var start = Math.Max(from, done);
            encoder.Encode(writer, text[done..start]);
            writer.Write("<mark>");
            encoder.Encode(writer, text[start..to]);
            writer.Write("</mark>");
            done = to;
        }

        encoder.Encode(writer, text[done..]);
    }

    /// <summary>The folded text, and for each letter of it the piece of the text that it stands for.</summary>
    private static (string Folded, List<(int From, int To)> Places) Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var places = new List<(int From, int To)>(text.Length);
        for (var from = 0; from < text.Length;)
        {
            var to = from + StringInfo.GetNextTextElementLength(text, from);
            var piece = text[from..to];
            var letters = string.IsNullOrWhiteSpace(piece) ? " " : SearchText.Fold(piece);
            foreach (var letter in letters)
            {
                folded.Append(letter);
                places.Add((from, to));
            }

            from = to;
        }

        return (folded.ToString(), places);
    }

    private static (string Digits, List<(int From, int To)> Places) Digits(string folded, List<(int From, int To)> places)
    {
        var digits = Enumerable.Range(0, folded.Length).Where(i => char.IsAsciiDigit(folded[i])).ToList();
        return (string.Concat(digits.Select(i => folded[i])), digits.ConvertAll(i => places[i]));
    }
}
