using System.Globalization;
using System.Text.Json;

namespace CrmWeb.Domain.Segments;

/// <summary>The words of choices in rules: enum values as kebab-case, as the API writes them; and those of months.</summary>
public static class RuleWords
{
    /// <summary>January to December.</summary>
    public static IReadOnlyList<string> Months { get; } = [.. CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Take(12).Select(name => name.ToLowerInvariant())];

    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static IReadOnlyList<string> All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    public static T Parse<T>(string word) where T : struct, Enum => Enum.GetValues<T>().First(value => Of(value) == word);
}
