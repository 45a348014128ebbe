namespace CrmWeb.Domain.Tenants;

/// <summary>Codes of ISO 4217. Money is kept in minor units (cents of EUR, whole JPY) beside the code of its currency.</summary>
public static class Currency
{
    public const int Length = 3;

    /// <summary>Those without minor units.</summary>
    public static readonly IReadOnlyList<string> Whole = ["IRR", "JPY", "KRW", "VND", "CLP", "ISK", "PYG", "UGX", "XAF", "XOF", "XPF"];

    /// <summary>Those with three digits after the point.</summary>
    public static readonly IReadOnlyList<string> Fine = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>How many digits stand after the point.</summary>
    public static int MinorDigits(string currency) => Whole.Contains(currency, StringComparer.Ordinal) ? 0 : Fine.Contains(currency, StringComparer.Ordinal) ? 3 : 2;

    public static bool IsCode(string? text) => text is { Length: Length } && text.All(char.IsAsciiLetterUpper);

    /// <summary>Minor units of an amount; null when it has more decimals than the currency, or is too large to keep.</summary>
    public static long? ToMinor(decimal amount, string currency)
    {
        if (Math.Abs(amount) > long.MaxValue / 1000m) return null;
        var minor = amount * Unit(currency);
        return minor == decimal.Truncate(minor) && Math.Abs(minor) <= long.MaxValue ? (long)minor : null;
    }

    /// <summary>The amount in major units.</summary>
    public static decimal ToMajor(long minor, string currency) => minor / Unit(currency);

    internal static decimal Unit(string currency) => MinorDigits(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };
}
