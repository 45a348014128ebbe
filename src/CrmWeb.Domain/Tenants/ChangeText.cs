using System.Globalization;
using System.Text.Json;

namespace CrmWeb.Domain.Tenants;

/// <summary>Values as the history keeps them: the same in every language, and readable back.</summary>
public static class ChangeText
{
    // microseconds: what every engine keeps
    private const string Instant = "yyyy-MM-ddTHH:mm:ss.FFFFFFZ";

    public static string? Of(object? value) => value switch
    {
        null => null,
        string text => text.Length == 0 ? null : text,
        bool flag => flag ? "true" : "false",
        DateTime instant => instant.ToString(Instant, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum word => Word(word),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>The kebab-case word of an enum value; of several flags, each, with blanks between.</summary>
    public static string Word(Enum value) =>
        string.Join(' ', value.ToString().Split(", ").Select(JsonNamingPolicy.KebabCaseLower.ConvertName));

    public static T? Enum<T>(string? text) where T : struct, Enum =>
        System.Enum.TryParse<T>((text ?? "").Replace("-", "", StringComparison.Ordinal).Replace(' ', ','), ignoreCase: true, out var value) ? value : null;

    public static long? Id(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static DateTime? At(string? text) =>
        DateTime.TryParseExact(text, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    public static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The value of a property of a type as it was written; null for nothing.</summary>
    public static object? Read(Type type, string? text)
    {
        if (text is null) return type == typeof(string) ? "" : null;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string)) return text;
        if (plain == typeof(bool)) return text == "true";
        if (plain == typeof(DateTime)) return At(text);
        if (plain == typeof(DateOnly)) return Day(text);
        return plain.IsEnum
            ? System.Enum.Parse(plain, text.Replace("-", "", StringComparison.Ordinal).Replace(' ', ','), ignoreCase: true)
            : Convert.ChangeType(text, plain, CultureInfo.InvariantCulture);
    }
}
