using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>The words of rules and of the inventory.</summary>
public static class RuleWords
{
    public static string Of(this IStringLocalizer L, StaleSince since) => since switch
    {
        StaleSince.Contact => L["Not contacted"],
        StaleSince.Update => L["Not changed"],
        _ => L["Neither changed nor contacted"],
    };

    public static string Of(this IStringLocalizer L, LawfulBasis basis) => basis switch
    {
        LawfulBasis.Consent => L["Consent"],
        LawfulBasis.Contract => L["Contract"],
        LawfulBasis.LegalObligation => L["Legal obligation"],
        LawfulBasis.LegitimateInterest => L["Legitimate interest"],
        LawfulBasis.VitalInterest => L["Vital interest"],
        _ => L["Public task"],
    };

    /// <summary>The stages of a rule in words; null for any.</summary>
    public static string? Stages(this IStringLocalizer L, StageSet stages) => stages == StageSet.None ? null
        : string.Join(L[", "], Enum.GetValues<LifecycleStage>().Where(stage => stages.HasFlag((StageSet)(1 << (int)stage))).Select(stage => L.Of(stage)));

    public static Conflict Conflict(IStringLocalizer L, StaleRule theirs, StaleRuleDetails mine, List<SelectListItem> views, List<SelectListItem> members)
    {
        string? Name(List<SelectListItem> items, long? id) => id is { } value ? items.Find(item => item.Value == ChangeText.Of(value))?.Text ?? "?" : null;
        return Shared.Conflict.Of(
            new ConflictField(L["Name"], theirs.Name, mine.Name.Trim()),
            new ConflictField(L["Stages"], L.Stages(theirs.Stages), L.Stages(mine.Stages)),
            new ConflictField(L["Saved view"], Name(views, theirs.ViewId), Name(views, mine.ViewId)),
            new ConflictField(L["What lies back"], L.Of(theirs.Since), L.Of(mine.Since)),
            new ConflictField(L["Days"], Digits.Number(theirs.Days), Digits.Number(mine.Days)),
            new ConflictField(L["To do"], theirs.TaskTitle, mine.TaskTitle.Trim()),
            new ConflictField(L["Who gets the task"], Name(members, theirs.MemberId), Name(members, mine.MemberId)),
            new ConflictField(L["Due in days"], Digits.Number(theirs.DueInDays), Digits.Number(mine.DueInDays)),
            new ConflictField(L["Tasks a day and member"], Digits.Number(theirs.MostPerNight), Digits.Number(mine.MostPerNight)));
    }
}
