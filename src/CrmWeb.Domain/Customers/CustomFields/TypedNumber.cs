using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>A number as people and programs write it.</summary>
public static partial class TypedNumber
{
    /// <summary>Digits after the point that are kept.</summary>
    public const int Decimals = 4;

    /// <summary>What one is stored as: 1 is 10,000.</summary>
    public const long Scale = 10_000;

    private const int MaxTyped = 60;
    private const decimal Largest = 900_000_000_000_000m;

    /// <summary>
    /// Digits of any script; the point or the comma before the decimals, the other one (or spaces, or apostrophes) between groups of three. One comma
    /// or point with three digits behind it is read as a decimal point when it is a point, and refused when it is a comma: 1,234 means two things.
    /// False for more than <see cref="Decimals"/> decimals and for what is larger than nine hundred trillion. Never throws.
    /// </summary>
    public static bool TryParse(string? typed, out decimal number)
    {
        number = 0;
        if (typed is null || typed.Length > MaxTyped) return false;
        var text = SearchText.Fold(typed).Replace('٫', '.').Replace('٬', '\'');
        var match = Shape().Match(text);
        if (!match.Success || Invariant(match.Groups["body"].Value) is not { } body) return false;
        if (!decimal.TryParse(body, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) || number > Largest) return false;
        if (match.Groups["minus"].Length > 0) number = -number;
        return decimal.Round(number, Decimals) == number;
    }

    public static string Write(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    // group marks taken out, the decimals behind a point; null where that cannot be told
    private static string? Invariant(string body)
    {
        if (Plain().IsMatch(body)) return body;
        if (Grouped().IsMatch(body)) return body.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        if (Continental().IsMatch(body))
            return body.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).Replace(',', '.');
        return null;
    }

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex(@"^(?<minus>-)?\+?(?<body>[0-9.,' ]+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    // 1,234.5 and 1,234,567 and 1 234.5; a single group behind a comma may as well be decimals
    [GeneratedRegex(@"^[0-9]{1,3}(?:(?:,[0-9]{3})+\.[0-9]*|(?:,[0-9]{3}){2,}|(?:[ '][0-9]{3})+(?:\.[0-9]*)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    // 12,5 and 1.234,5 and 1.234.567
    [GeneratedRegex(@"^(?:[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{1,3}(?:[.' ][0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Continental();
}
