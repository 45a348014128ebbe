using System.Globalization;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>Persian shapes of digits, and numbers as people read them.</summary>
public static class Digits
{
    private const char PersianZero = '۰';

    /// <summary>The text with its Latin digits in the shapes of the language; unchanged outside Persian.</summary>
    public static string Shape(string text, CultureInfo? culture = null)
    {
        if (!Languages.IsPersian(culture ?? CultureInfo.CurrentUICulture) || !text.AsSpan().ContainsAnyInRange('0', '9')) return text;
        return string.Create(text.Length, text, static (shaped, source) =>
        {
            for (var i = 0; i < source.Length; i++) shaped[i] = char.IsAsciiDigit(source[i]) ? (char)(PersianZero + (source[i] - '0')) : source[i];
        });
    }

    /// <summary>A number for prose: grouped, with the digits and separators of the language.</summary>
    public static string Number(decimal value, int decimals = 0, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentUICulture;
        var latin = value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{decimals}"), CultureInfo.InvariantCulture);
        return Languages.IsPersian(culture) ? Shape(latin.Replace(',', '٬').Replace('.', '٫'), culture) : latin;
    }

    /// <summary>An amount with its currency, without the zeros of a whole amount.</summary>
    /// <param name="minor">Minor units of the currency: 1999 of USD is 19.99.</param>
    public static string Money(long minor, string currency, CultureInfo? culture = null)
    {
        var decimals = Currency.MinorDigits(currency);
        var amount = Currency.ToMajor(minor, currency);
        var whole = decimals > 0 && amount == decimal.Truncate(amount);
        return $"{Number(amount, whole ? 0 : decimals, culture)} {currency}";
    }
}
