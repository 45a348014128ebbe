using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What keeps a mapping from being run, for the wizard and the command alike.</summary>
public static class MappingProblems
{
    private static readonly string[] Naming =
        [ImportField.Name, ImportField.FirstName, ImportField.LastName, ImportField.Email, ImportField.Phone, ImportField.Organisation];

    public static IEnumerable<(string Part, string Sentence)> Of(ImportSettings settings, CustomFieldSet custom, Stream file, IStringLocalizer L)
    {
        if (settings.What != ImportOf.Customers)
        {
            foreach (var sentence in settings.What == ImportOf.Orders ? OfOrders(settings, L) : OfInteractions(settings, L)) yield return (nameof(ImportSettings.Fields), sentence);
            if (settings.Fields.GroupBy(field => field).Any(group => group.Count() > 1 && group.Key != ImportField.Ignore)) yield return (nameof(ImportSettings.Fields), L["Two columns mean the same field."]);
            if (settings.Match == MatchRule.Nothing || !Enum.IsDefined(settings.Match)) yield return (nameof(ImportSettings.Match), L["Choose one of the list."]);
            if (!Enum.IsDefined(settings.UnknownProducts)) yield return (nameof(ImportSettings.UnknownProducts), L["Choose one of the list."]);
            if (AreAmbiguous(settings, custom, file)) yield return (nameof(ImportSettings.Dates), L["The dates can be read in several ways. Say in which order they are written."]);
            yield break;
        }

        if (!settings.Fields.Any(Naming.Contains)) yield return (nameof(ImportSettings.Fields), L["No column says who the customer is: map one to the name."]);
        if (settings.Fields.GroupBy(field => field).Any(group => group.Count() > 1 && !ImportField.MayRepeat(group.Key)))
            yield return (nameof(ImportSettings.Fields), L["Two columns mean the same field."]);
        if (Needed(settings.Match) is { } needed && !settings.Fields.Intersect(needed).Any())
            yield return (nameof(ImportSettings.Match), L["No column is mapped to what customers are to be found by."]);
        if (AreAmbiguous(settings, custom, file)) yield return (nameof(ImportSettings.Dates), L["The dates can be read in several ways. Say in which order they are written."]);
    }

    private static IEnumerable<string> OfOrders(ImportSettings settings, IStringLocalizer L)
    {
        if (!settings.Fields.Contains(OrderField.Customer)) yield return L["No column says who bought."];
        if (!settings.Fields.Contains(OrderField.PlacedAt)) yield return L["No column says when it was bought."];
        if (!settings.Fields.Any(field => field is OrderField.Total or OrderField.UnitPrice or OrderField.Product)) yield return L["No column says for how much."];
    }

    private static IEnumerable<string> OfInteractions(ImportSettings settings, IStringLocalizer L)
    {
        if (!settings.Fields.Contains(InteractionField.Customer)) yield return L["No column says with whom."];
        if (!settings.Fields.Contains(InteractionField.OccurredAt)) yield return L["No column says when it was."];
    }

    /// <summary>The rule that the mapped columns offer: the surest there is.</summary>
    public static MatchRule Guess(IReadOnlyList<string> fields) =>
        fields.Contains(ImportField.ExternalId) ? MatchRule.ExternalId
        : fields.Contains(ImportField.Email) ? MatchRule.Email
        : fields.Contains(ImportField.Phone) ? MatchRule.Phone
        : MatchRule.Name;

    private static bool AreAmbiguous(ImportSettings settings, CustomFieldSet custom, Stream file) => settings.Dates is null or DateOrder.Unambiguous && settings.DatesOf(file, custom).IsAmbiguous;

    private static string[]? Needed(MatchRule rule) => rule switch
    {
        MatchRule.ExternalId => [ImportField.ExternalId],
        MatchRule.Email => [ImportField.Email, ImportField.OtherEmails],
        MatchRule.Phone => [ImportField.Phone, ImportField.OtherPhones],
        MatchRule.Name => [ImportField.Name, ImportField.FirstName, ImportField.LastName],
        _ => null,
    };
}
