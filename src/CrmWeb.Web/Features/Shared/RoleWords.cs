using CrmWeb.Domain.Tenants;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for what a member is, and what that allows.</summary>
public static class RoleWords
{
    public static string Of(this IStringLocalizer L, Role role) => role switch
    {
        Role.Admin => L["Admin"],
        Role.Manager => L["Manager"],
        Role.Marketer => L["Marketer"],
        Role.Sales => L["Sales"],
        Role.Service => L["Service"],
        _ => L["Viewer"],
    };

    public static string MayOf(this IStringLocalizer L, Role role) => role switch
    {
        Role.Admin => L["Everything, with members and settings."],
        Role.Manager => L["Reads everything; edits, imports and exports customers."],
        Role.Marketer => L["Reads customers, has tasks."],
        Role.Sales => L["Edits customers, logs contacts, has tasks."],
        Role.Service => L["Reads customers, logs contacts, has tasks."],
        _ => L["Reads only."],
    };

    public static string All(this IStringLocalizer L, Role roles) => string.Join(L[", "], roles.Split().Select(role => L.Of(role)));
}
