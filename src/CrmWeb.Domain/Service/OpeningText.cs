using System.Globalization;
using System.Text.RegularExpressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Service;

/// <summary>A span of a day, in minutes after midnight.</summary>
public readonly record struct DaySpan(int Opens, int Closes);

/// <summary>Why opening times cannot be read.</summary>
public enum OpeningError
{
    None,
    Unreadable,
    Overlapping,
}

/// <summary>The opening times of a day as people write them: <c>9-12:30, 14:00–18:00</c>. Nothing is a day on which the tenant is closed.</summary>
public static partial class OpeningText
{
    public const int MaxLength = 120;

    private const int Hour = 60;

    /// <summary>
    /// Spans in order. One that ends before it begins goes on after midnight: its rest is <paramref name="next"/>, and belongs to the day after.
    /// Digits of any script. Never throws.
    /// </summary>
    public static OpeningError Read(string? typed, out List<DaySpan> spans, out DaySpan? next)
    {
        (spans, next) = ([], null);
        if (string.IsNullOrWhiteSpace(typed)) return OpeningError.None;
        if (typed.Length > MaxLength) return OpeningError.Unreadable;
        foreach (var part in SearchText.Fold(typed).Split([',', '،', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Span().Match(part);
            if (!match.Success || Minutes(match, "h1", "m1") is not { } opens || Minutes(match, "h2", "m2") is not { } closes || opens == closes || opens == BusinessCalendar.WallDay)
                return OpeningError.Unreadable;
            if (closes > opens)
            {
                spans.Add(new(opens, closes));
                continue;
            }

            if (next is not null) return OpeningError.Overlapping;
            spans.Add(new(opens, BusinessCalendar.WallDay));
            if (closes > 0) next = new(0, closes);
        }

        spans.Sort((a, b) => a.Opens.CompareTo(b.Opens));
        return Overlap(spans) ? OpeningError.Overlapping : spans.Count == 0 ? OpeningError.Unreadable : OpeningError.None;
    }

    /// <summary>Whether two of them, in order, share a minute.</summary>
    public static bool Overlap(IReadOnlyList<DaySpan> spans) => Enumerable.Range(1, Math.Max(0, spans.Count - 1)).Any(n => spans[n].Opens < spans[n - 1].Closes);

    /// <summary>In order; spans that touch are one.</summary>
    public static List<DaySpan> Joined(IEnumerable<DaySpan> spans)
    {
        var joined = new List<DaySpan>();
        foreach (var span in spans.OrderBy(span => span.Opens))
        {
            if (joined.Count > 0 && joined[^1].Closes == span.Opens) joined[^1] = joined[^1] with { Closes = span.Closes };
            else joined.Add(span);
        }

        return joined;
    }

    public static string Write(IEnumerable<DaySpan> spans) => string.Join(", ", spans.OrderBy(span => span.Opens).Select(span => $"{Write(span.Opens)}–{Write(span.Closes)}"));

    private static string Write(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / Hour:00}:{minutes % Hour:00}");

    private static int? Minutes(Match match, string hours, string minutes)
    {
        var hour = int.Parse(match.Groups[hours].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var minute = match.Groups[minutes].Success ? int.Parse(match.Groups[minutes].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        return minute < Hour && (hour * Hour) + minute is var all and <= BusinessCalendar.WallDay ? all : null;
    }

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex(@"^(?<h1>[0-9]{1,2})(?:[:.](?<m1>[0-9]{2}))?\s*(?:-|–|—|تا|to)\s*(?<h2>[0-9]{1,2})(?:[:.](?<m2>[0-9]{2}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Span();
#pragma warning restore MA0009
}
