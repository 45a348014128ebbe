using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Files;
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

    public static readonly IReadOnlyList<FileRow> Files =
    [
        new(1, "Offer 2026-118.pdf", FileType.Pdf.MediaType, 48_213, new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc), "Ava Stone", 4),
        new(2, "پیش‌فاکتور.xlsx", FileType.Excel.MediaType, 1_994_000, new DateTime(2026, 11, 18, 14, 0, 0, DateTimeKind.Utc), "نسرین رحیمی", null),
        new(3, "Shop front.jpg", FileType.Jpeg.MediaType, 3_400_000, new DateTime(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc), null, null),
    ];

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
