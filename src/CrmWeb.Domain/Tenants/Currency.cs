namespace CrmWeb.Domain.Tenants;

/// <summary>Codes of ISO 4217. Money is kept in minor units (cents of EUR, whole JPY) beside the code of its currency.</summary>
public static class Currency
{
    public const int Length = 3;

    /// <summary>How many digits stand after the point.</summary>
    public static int MinorDigits(string currency) => currency switch
    {
        "IRR" or "JPY" or "KRW" or "VND" or "CLP" or "ISK" or "PYG" or "UGX" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

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
