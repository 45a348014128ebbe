using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>An amount with its currency: <c>12.5 EUR</c>.</summary>
public static partial class MoneyText
{
    private const int MaxTyped = 80;

    /// <summary>An amount as <see cref="TypedNumber"/> reads it, with a code of three letters or a usual sign before or behind it; without one it is of <paramref name="currency"/>. More decimals than the currency has are refused.</summary>
    public static bool TryParse(string? typed, string currency, out string money)
    {
        money = "";
        if (typed is null || typed.Length > MaxTyped) return false;
        var match = Parts().Match(SearchText.Fold(typed));
        if (!match.Success || (match.Groups["before"].Length > 0 && match.Groups["after"].Length > 0)) return false;
        var named = match.Groups["before"].Value + match.Groups["after"].Value;
        var code = named.Length == 0 ? currency : Code(named);
        if (!TypedNumber.TryParse(match.Groups["amount"].Value, out var amount) || decimal.Round(amount, Tenants.Currency.MinorDigits(code)) != amount) return false;
        money = $"{TypedNumber.Write(amount)} {code}";
        return true;
    }

    /// <summary>The two parts of what <see cref="TryParse"/> wrote.</summary>
    public static (decimal Amount, string Currency) Split(string money)
    {
        var space = money.LastIndexOf(' ');
        return (decimal.Parse(money.AsSpan(0, space), System.Globalization.CultureInfo.InvariantCulture), money[(space + 1)..]);
    }

    private static string Code(string named) => named switch
    {
        "€" => "EUR",
        "$" => "USD",
        "£" => "GBP",
        "ریال" => "IRR",
        _ => named.ToUpperInvariant(),
    };

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex(@"^(?<before>[a-z]{3}|[€$£]|ریال)? ?(?<amount>[-+0-9.,'٫٬ ]*[0-9.])\ ?(?<after>[a-z]{3}|[€$£]|ریال)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
