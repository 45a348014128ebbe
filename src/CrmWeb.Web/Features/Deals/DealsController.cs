using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

public sealed record DealListPage(DealFilter Filter, IReadOnlyList<FilterField> Fields, IReadOnlyList<ListRow> Rows, Pager Pager, DealSum Sum, Columns Columns);

/// <summary>The list of deals, and a deal.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class DealsController(IStringLocalizer L, LocalTime time) : TenantController
{
    [HttpGet("deals")]
    public async Task<IActionResult> List(string? sort, string? after, string? before, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        var fields = DealFilter.Fields(L, stages, await Db.EveryMember(stop), await Db.TeamChoices(stop), Url.Content("~/"));
        var filter = await Named(DealFilter.Read(Request.Query, fields), stop);
        var pages = new DealPages(sort);
        var (rows, pager, sum) = await pages.Page(filter.Of(Db, Me, stages), after, before, stop);
        var columns = DealColumns.Of(L, pages.Sort).Choose(Request.Query[Columns.Parameter]);
        return View("List", new DealListPage(filter, fields, new DealColumns(L, time, stages, Me).Rows(rows, columns, Url.Content("~/deals/")), pager, sum, columns));
    }

    [HttpGet("deals/{id:long}")]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await DealPage.Read(Db, Me, id, stop) is { } page ? View("Show", page) : NotFound();

    /// <summary>A filter by customer or segment says names, not ids.</summary>
    private async Task<DealFilter> Named(DealFilter filter, CancellationToken stop) => filter with { Filters = await filter.Filters.Named(Db, L, stop) };
}
