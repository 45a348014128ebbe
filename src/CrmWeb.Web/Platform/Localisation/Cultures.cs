using System.Globalization;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>
/// The cultures as .NET has them, but with a plain decimal point: what a number field posts is read back the same in every language,
/// and Persian shapes of digits are put on where text is shown (<see cref="Digits"/>).
/// </summary>
public static class Cultures
{
    private static readonly CultureInfo English = Plain("en");
    private static readonly CultureInfo PersianCulture = Plain("fa");

    public static CultureInfo Of(string code) => code == Languages.Persian ? PersianCulture : English;

    private static CultureInfo Plain(string code)
    {
        var culture = new CultureInfo(code, useUserOverride: false);
        culture.NumberFormat.NumberDecimalSeparator = ".";
        culture.NumberFormat.NumberGroupSeparator = ",";
        culture.NumberFormat.NegativeSign = "-";
        return CultureInfo.ReadOnly(culture);
    }
}
