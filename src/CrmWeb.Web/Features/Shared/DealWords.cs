using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for deals, stages and reasons.</summary>
public static class DealWords
{
    private static readonly DealNeeds[] EachNeed = [DealNeeds.Amount, DealNeeds.CloseOn, DealNeeds.Owner, DealNeeds.Products, DealNeeds.Description];

    public static Badge BadgeOf(this IStringLocalizer L, DealState state) => new(L.Of(state), SalesWords.ToneOf(state));

    public static string Of(this IStringLocalizer L, ForecastCategory category) => category switch
    {
        ForecastCategory.BestCase => L["Best case"],
        ForecastCategory.Commit => L["Commit"],
        ForecastCategory.Omitted => L["Left out"],
        _ => L["Pipeline"],
    };

    public static string Of(this IStringLocalizer L, DealNeeds need) => need switch
    {
        DealNeeds.Amount => L["Amount"],
        DealNeeds.CloseOn => L["Close date"],
        DealNeeds.Owner => L["Owner"],
        DealNeeds.Products => L["Products"],
        _ => L["Description"],
    };

    /// <summary>What a deal lacks, said beside the field in which it is to be given.</summary>
    public static string Asked(this IStringLocalizer L, DealNeeds need, string stage) => need switch
    {
        DealNeeds.Amount => L["A deal in \"{0}\" needs an amount.", stage],
        DealNeeds.CloseOn => L["A deal in \"{0}\" needs a close date.", stage],
        DealNeeds.Owner => L["A deal in \"{0}\" needs an owner.", stage],
        DealNeeds.Products => L["A deal in \"{0}\" needs at least one product.", stage],
        _ => L["A deal in \"{0}\" needs a description.", stage],
    };

    public static IEnumerable<DealNeeds> Split(this DealNeeds needs) => EachNeed.Where(need => needs.HasFlag(need));

    public static string All(this IStringLocalizer L, DealNeeds needs) => string.Join(L[", "], needs.Split().Select(need => L.Of(need)));

    public static IReadOnlyList<SelectListItem> NeedChoices(this IStringLocalizer L) => [.. EachNeed.Select(need => new SelectListItem(L.Of(need), need.ToString()))];

    public static string Of(this IStringLocalizer L, ReasonFor why) => why switch
    {
        ReasonFor.Won => L["Won deals"],
        ReasonFor.Lost => L["Lost deals"],
        ReasonFor.Return => L["Returns"],
        _ => L["Root causes of cases"],
    };
}
