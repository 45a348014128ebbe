using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The words in which the command and the API say how a file is to be brought in.</summary>
internal static class ImportWordings
{
    public static readonly IReadOnlyDictionary<string, MatchRule> Matches = new Dictionary<string, MatchRule>(StringComparer.Ordinal)
    {
        ["external-id"] = MatchRule.ExternalId,
        ["email"] = MatchRule.Email,
        ["phone"] = MatchRule.Phone,
        ["name"] = MatchRule.Name,
        ["none"] = MatchRule.Nothing,
    };

    public static readonly IReadOnlyDictionary<string, OnMatch> OnMatches =
        new Dictionary<string, OnMatch>(StringComparer.Ordinal) { ["update"] = OnMatch.Update, ["fill"] = OnMatch.Fill, ["keep"] = OnMatch.Keep };

    public static readonly IReadOnlyDictionary<string, OnDuplicate> OnDuplicates =
        new Dictionary<string, OnDuplicate>(StringComparer.Ordinal) { ["make"] = OnDuplicate.Make, ["skip"] = OnDuplicate.Skip, ["update"] = OnDuplicate.Update };

    public static readonly IReadOnlyDictionary<string, DateOrder> DateOrders = new Dictionary<string, DateOrder>(StringComparer.Ordinal)
    {
        ["dmy"] = DateOrder.DayMonthYear,
        ["mdy"] = DateOrder.MonthDayYear,
        ["ymd"] = DateOrder.YearMonthDay,
    };

    public static readonly IReadOnlyDictionary<string, ImportOf> Kinds =
        new Dictionary<string, ImportOf>(StringComparer.Ordinal) { ["customers"] = ImportOf.Customers, ["orders"] = ImportOf.Orders, ["interactions"] = ImportOf.Interactions };

    /// <summary>Whether customers whom nobody knows are made.</summary>
    public static readonly IReadOnlyDictionary<string, bool> UnknownCustomers = new Dictionary<string, bool>(StringComparer.Ordinal) { ["create"] = true, ["refuse"] = false };

    public static readonly IReadOnlyDictionary<string, UnknownProducts> Products =
        new Dictionary<string, UnknownProducts>(StringComparer.Ordinal) { ["create"] = UnknownProducts.Make, ["describe"] = UnknownProducts.Describe, ["refuse"] = UnknownProducts.Refuse };

    /// <summary>What of a map from columns to fields does not fit the file.</summary>
    public static (string? UnknownField, string? MissingColumn) Misfit(this ImportSettings settings, CustomFieldSet custom, IReadOnlyDictionary<string, string> map) => (
        map.Values.FirstOrDefault(field => !settings.What.Knows(field, custom)),
        map.Keys.FirstOrDefault(column => !settings.Columns.Contains(column, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Columns that the map does not name are left out.</summary>
    public static ImportSettings Mapped(this ImportSettings settings, IReadOnlyDictionary<string, string> map)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, field) in map) named[column] = field;
        string[] fields = [.. settings.Columns.Select(column => named.GetValueOrDefault(column, ImportField.Ignore))];
        return settings with { Fields = fields, Match = settings.What == ImportOf.Customers ? MappingProblems.Guess(fields) : RowField.MatchOf(settings.Columns, fields) };
    }
}
