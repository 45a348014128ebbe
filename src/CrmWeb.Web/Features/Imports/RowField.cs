using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What files of orders and of interactions have in common: a column that names the customer.</summary>
internal static class RowField
{
    public static IReadOnlyList<MatchRule> Matches { get; } = [MatchRule.ExternalId, MatchRule.Email, MatchRule.Phone, MatchRule.Name];

    /// <summary>By what customers are found, as the name of their column says; it means their external id otherwise.</summary>
    public static MatchRule MatchOf(IReadOnlyList<string> columns, IReadOnlyList<string> fields)
    {
        var name = columns.Zip(fields).Where(pair => pair.Second == OrderField.Customer).Select(pair => OrderField.Letters(pair.First)).FirstOrDefault() ?? "";
        return name.Contains("mail", StringComparison.Ordinal) ? MatchRule.Email
            : name.Contains("phone", StringComparison.Ordinal) || name == "caller" ? MatchRule.Phone
            : name.Contains("name", StringComparison.Ordinal) ? MatchRule.Name
            : MatchRule.ExternalId;
    }
}
