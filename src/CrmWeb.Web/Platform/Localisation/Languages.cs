using System.Globalization;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>The languages of the product. Their names are written in themselves: whoever looks for one can read it.</summary>
public static class Languages
{
    public const string English = "en";
    public const string Persian = "fa";
    public const string Cookie = "crm.language";

    public static IReadOnlyList<(string Code, string Name)> All { get; } = [(English, "English"), (Persian, "فارسی")];

    /// <summary>Every language but the one that the keys are written in.</summary>
    public static IReadOnlyList<string> Translated { get; } = [Persian];

    public static bool Known(string? code) => All.Any(language => language.Code == code);

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static bool IsPersian(CultureInfo culture) => culture.TwoLetterISOLanguageName == Persian;

    public static string Direction => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "rtl" : "ltr";
}
