using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The row of names above the values.</summary>
public static class CsvHeader
{
    /// <summary>
    /// Whether the first row holds names: one of them means a field of customers, or they are all different, none is empty and none looks
    /// like a value (a number, a date, an address).
    /// </summary>
    public static bool IsLikely(IReadOnlyList<string> first)
    {
        if (first.Contains(CsvFormulas.MarkColumn)) return true;
        if (first.Count == 0 || first.Any(LooksLikeValue)) return false;
        if (ColumnGuess.For(first).Any(field => field != ImportField.Ignore)) return true;
        return first.All(name => !string.IsNullOrWhiteSpace(name)) && first.Select(SearchText.Fold).Distinct(StringComparer.Ordinal).Count() == first.Count;
    }

    /// <summary>The names, each a different one whatever its case: an empty one becomes <c>Column 3</c>, the second <c>Email</c> becomes <c>Email (2)</c>.</summary>
    public static string[] Distinct(IReadOnlyList<string> names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var later = names.Select(n => n.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var distinct = new string[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Trim();
            if (name.Length > 0 && taken.Add(name))
            {
                distinct[i] = name;
                continue;
            }

            // a name that stands in the file itself is not taken from the column that has it
            var stem = name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"Column {i + 1}");
            var candidate = stem;
            for (var n = 2; later.Contains(candidate) || !taken.Add(candidate); n++) candidate = string.Create(CultureInfo.InvariantCulture, $"{stem} ({n})");
            distinct[i] = candidate;
        }

        return distinct;
    }

    private static bool LooksLikeValue(string text) =>
        EmailAddress.TryNormalise(text, out _) || decimal.TryParse(text, CultureInfo.InvariantCulture, out _) || text.Contains("://", StringComparison.Ordinal)
        || TypedDate.TryParse(text, DateOrder.DayMonthYear, out _) || (text.Any(char.IsDigit) && PhoneNumber.TryNormalise(text, null, out _));
}
