using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals.Forecast;

/// <summary>What may come, by month, team and member; and what was said of it in earlier weeks.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class ForecastController(IStringLocalizer L) : TenantController
{
    [HttpGet("reports/forecast")]
    public async Task<IActionResult> Show(string? month, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        IReadOnlyList<FilterField> fields =
        [
            new("pipeline", L["Pipeline"], FilterKind.Choice, [.. stages.Pipelines.Select(p => Choices.Item(p.Id, p.Name))]),
            .. DealFilter.OfBoard(L, await Db.EveryMember(stop), await Db.TeamChoices(stop)).Where(field => field.Key != "close"),
        ];
        DateOnly? asked = DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first : null;
        return View("Forecast", await ForecastPage.Read(Db, Me, asked, DealFilter.Read(Request.Query, fields) with { Search = null }, fields, stop));
    }
}
