using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>Open deals as cards in the columns of their stages.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class BoardController(IStringLocalizer L) : TenantController
{
    [HttpGet("deals/board")]
    public async Task<IActionResult> Show(long? pipeline, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        var shown = stages.Pipelines.FirstOrDefault(p => p.Id == pipeline) ?? (pipeline is null ? stages.Pipelines.FirstOrDefault() : null);
        if (shown is null && pipeline is not null) return NotFound();
        IReadOnlyList<FilterField> fields = [.. DealFilter.OfBoard(L, await Db.EveryMember(stop), await Db.TeamChoices(stop))];
        var filter = DealFilter.Read(Request.Query, fields);
        return View("Board", await Board.Read(Db, filter.Of(Db, Me, stages), stages, shown, stop) with { Fields = fields, Filter = filter });
    }

    /// <summary>The next cards of a column, to be put under those that are there.</summary>
    [HttpGet("deals/board/column")]
    public async Task<IActionResult> More(long stage, string? after, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        if (stages.Find(stage) is not { IsAway: false } column) return NotFound();
        var filter = DealFilter.Read(Request.Query, [.. DealFilter.OfBoard(L, await Db.EveryMember(stop), await Db.TeamChoices(stop))]);
        return await Board.Column(filter.Of(Db, Me, stages), column, after, stop) is { } cards ? PartialView("_Cards", cards) : NotFound();
    }
}
