using System.Globalization;
using CrmWeb.Domain.Customers.Dates;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CrmWeb.Web.Features.Shared;

public enum FilterKind
{
    Text,
    Number,
    Date,
    Choice,
    Picker,
    YesNo,
}

/// <summary>
/// A field that a list can be filtered by. In the address it is its key with the values, and its key with <c>.op</c> for the operator:
/// <c>?stage=lead&amp;stage=customer&amp;stage.op=any&amp;createdAt=2026-01-01&amp;createdAt.op=after</c>.
/// </summary>
/// <param name="Options">For <see cref="FilterKind.Choice"/>.</param>
/// <param name="Url">For <see cref="FilterKind.Picker"/>: answers <c>?q=</c> with <c>[{id,text,hint}]</c>.</param>
public sealed record FilterField(string Key, string Label, FilterKind Kind, IReadOnlyList<SelectListItem>? Options = null, string? Url = null)
{
    /// <summary>What can be asked of it besides what can be asked of its kind.</summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    public IReadOnlyList<string> Operators => [.. Filters.OperatorsOf(Kind), .. Further];
}

/// <summary>A filter that is on. <paramref name="Shown"/> replaces the raw values on the chip: names for ids.</summary>
public sealed record Filter(FilterField Field, string Operator, IReadOnlyList<string> Values, string? Shown = null);

/// <summary>The operators by kind, and the reading of filters from an address. Unknown fields and operators are passed over: an old link still opens.</summary>
public static class Filters
{
    public const string OperatorSuffix = ".op";
    public const string Empty = "empty";
    public const string Filled = "filled";
    public const string Between = "between";
    public const string Invalid = "invalid";

    public static IReadOnlyList<string> OperatorsOf(FilterKind kind) => kind switch
    {
        FilterKind.Text => ["contains", "is", "is-not", "starts", Filled, Empty],
        FilterKind.Number => ["is", "at-least", "at-most", Between, Filled, Empty],
        FilterKind.Date => ["on", "after", "before", Between, "last-days", "next-days", Filled, Empty],
        FilterKind.Choice or FilterKind.Picker => ["any", "none", Filled, Empty],
        _ => ["is"],
    };

    public static bool TakesValue(string @operator) => @operator is not (Empty or Filled or Invalid);

    public static IReadOnlyList<Filter> Read(IQueryCollection query, IEnumerable<FilterField> fields) =>
        [.. fields.Select(field => Read(query, field)).OfType<Filter>()];

    /// <summary>
    /// The keys of an address that are no filter of these fields, or whose operator or values are none: for callers to whom nothing may be passed over.
    /// </summary>
    /// <param name="others">Parameters that mean something else.</param>
    public static IEnumerable<string> Refused(IQueryCollection query, IReadOnlyList<FilterField> fields, IEnumerable<string> others)
    {
        foreach (var key in query.Keys.Except(others, StringComparer.Ordinal))
        {
            var stem = key.EndsWith(OperatorSuffix, StringComparison.Ordinal) ? key[..^OperatorSuffix.Length] : key;
            if (fields.FirstOrDefault(f => f.Key == stem) is not { } field || (key == stem ? !Fits(query, field) : !field.Operators.Contains(query[key].ToString(), StringComparer.Ordinal))) yield return key;
        }
    }

    private static bool Fits(IQueryCollection query, FilterField field)
    {
        var values = query[field.Key].OfType<string>().Select(value => value.Trim()).Where(value => value.Length > 0).ToList();
        var days = query[field.Key + OperatorSuffix].ToString() is "last-days" or "next-days";
        return field.Kind switch
        {
            FilterKind.Choice => values.TrueForAll(value => field.Options!.Any(option => string.Equals(option.Value, value, StringComparison.OrdinalIgnoreCase))),
            FilterKind.Picker => values.TrueForAll(IsNumber),
            FilterKind.Date => values.TrueForAll(value => days ? IsNumber(value) : TypedDate.TryParse(value, DateOrder.Unambiguous, out _)),
            FilterKind.YesNo => values.TrueForAll(value => value is "true" or "false"),
            _ => true,
        };
    }

    private static bool IsNumber(string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static Filter? Read(IQueryCollection query, FilterField field)
    {
        var operators = field.Operators;
        var asked = query[field.Key + OperatorSuffix].ToString();
        var values = query[field.Key].OfType<string>().Select(value => value.Trim()).Where(value => value.Length > 0).ToArray();
        var @operator = operators.Contains(asked, StringComparer.Ordinal) ? asked : operators[0];
        if (!TakesValue(@operator)) return new Filter(field, @operator, []);
        return values.Length == 0 ? null : new Filter(field, @operator, values);
    }
}
