using System.Globalization;
using System.Text.RegularExpressions;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Domain.Service;

/// <summary>A length of business time as people write it: <c>30m</c>, <c>4h</c>, <c>2d</c>, <c>1d 4h</c>. A day is a business day, as long as the calendar says.</summary>
public static partial class BusinessTime
{
    public const int MaxLength = 24;

    private const int Hour = 60;

    /// <summary>Minutes; null when it cannot be read, is nothing, or is more than anybody is promised. Digits of any script. Never throws.</summary>
    public static int? Read(string? typed, int dayMinutes)
    {
        if (typed is null || typed.Length > MaxLength || Shape().Match(SearchText.Fold(typed)) is not { Success: true } match) return null;
        var minutes = (Number(match.Groups["d"]) * dayMinutes) + (Number(match.Groups["h"]) * Hour) + Number(match.Groups["m"]);
        return minutes is > 0 and <= SlaRule.MostMinutes ? (int)minutes : null;
    }

    /// <summary>What <see cref="Read"/> takes back: whole days where it is some, else hours and minutes.</summary>
    public static string Write(int minutes, int dayMinutes)
    {
        if (minutes > 0 && minutes % dayMinutes == 0) return string.Create(CultureInfo.InvariantCulture, $"{minutes / dayMinutes}d");
        var (hours, rest) = Math.DivRem(minutes, Hour);
        return (hours, rest) switch
        {
            (0, _) => string.Create(CultureInfo.InvariantCulture, $"{rest}m"),
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{hours}h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{hours}h {rest}m"),
        };
    }

    private static long Number(Group group) => group.Success ? long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex(@"^\s*(?:(?<d>[0-9]{1,7})\s*d)?\s*(?:(?<h>[0-9]{1,7})\s*h)?\s*(?:(?<m>[0-9]{1,7})\s*m)?\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
#pragma warning restore MA0009
}
