using System.Globalization;

namespace CrmWeb.Domain.Customers;

/// <summary>The operators of filters by kind of field; the first of each is meant when none is named.</summary>
public static class CustomerFilterOperators
{
    public const string Contains = "contains";
    public const string Is = "is";
    public const string IsNot = "is-not";
    public const string Starts = "starts";
    public const string Filled = "filled";
    public const string Empty = "empty";
    public const string Any = "any";
    public const string None = "none";
    public const string AtLeast = "at-least";
    public const string AtMost = "at-most";
    public const string On = "on";
    public const string After = "after";
    public const string Before = "before";
    public const string Between = "between";
    public const string LastDays = "last-days";
    public const string NextDays = "next-days";

    /// <summary>Not in the last days, or never: what nobody touched for long.</summary>
    public const string NotLastDays = "not-last-days";

    /// <summary>A value stands there and cannot be right; of fields of which that can be told.</summary>
    public const string Invalid = "invalid";

    /// <summary>Values of one condition; more are refused.</summary>
    public const int MaxValues = 100;

    private const int MaxDays = 36_500;

    public static IReadOnlyList<string> Of(CustomerFieldKind kind) => kind switch
    {
        CustomerFieldKind.Text => [Contains, Is, IsNot, Starts, Filled, Empty],
        CustomerFieldKind.Date => [On, After, Before, Between, LastDays, NextDays, Filled, Empty],
        CustomerFieldKind.Number => [Is, AtLeast, AtMost, Between, Filled, Empty],
        CustomerFieldKind.YesNo => [Is],
        _ => [Any, None, Filled, Empty],
    };

    public static bool TakesValue(string @operator) => @operator is not (Filled or Empty or Invalid);

    internal static bool CountsDays(string @operator) => @operator is LastDays or NextDays or NotLastDays;

    /// <summary>A whole number of days, digits of any script; null for anything else.</summary>
    internal static string? Days(string typed) =>
        int.TryParse(SearchText.Fold(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= MaxDays
            ? days.ToString(CultureInfo.InvariantCulture)
            : null;
}
