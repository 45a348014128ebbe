using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Kit;

public static class KitSamples
{
    public static Columns Columns(IStringLocalizer L) => new(
    [
        new("name", L["Name"], Sortable: true),
        new("organisation", L["Organisation"], Sortable: true),
        new("stage", L["Stage"]),
        new("phone", L["Phone"]),
        new("orders", L["Orders"], Sortable: true, ColumnKind.Number),
        new("last", L["Last contact"], Sortable: true, ColumnKind.Date),
    ]);

    public static IReadOnlyList<FilterField> Fields(IStringLocalizer L) =>
    [
        new("name", L["Name"], FilterKind.Text),
        new("stage", L["Stage"], FilterKind.Choice, [new SelectListItem(L["Lead"], "lead"), new SelectListItem(L["Customer"], "customer"), new SelectListItem(L["Lapsed"], "lapsed")]),
        new("owner", L["Owner"], FilterKind.Picker, Url: "/kit/options"),
        new("orders", L["Orders"], FilterKind.Number),
        new("createdAt", L["Created"], FilterKind.Date),
        new("archived", L["Archived"], FilterKind.YesNo),
    ];
}
