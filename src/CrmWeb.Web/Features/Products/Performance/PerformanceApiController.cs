using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Products.Performance;

[Route("api/v1/reports/product-performance")]
[Tags("Products")]
public sealed class PerformanceApiController : ApiController
{
    private static readonly string[] Parameters = [PerformanceFilter.PeriodParameter, PerformanceFilter.ByParameter, "sort", "lang"];

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read what the products brought", Description = "As the page of product performance says it, all rows of it: period or placed, by=category, and the filters of the list of orders by customers, category and channel. Sorted by the names of its numbers, revenue first unless said.")]
    [ProducesResponseType<PerformanceJson>(200)]
    public async Task<IActionResult> Show([FromQuery(Name = "period")] string? period, [FromQuery(Name = "by")] string? by, [FromQuery(Name = "sort")] string? sort, CancellationToken stop)
    {
        var fields = await PerformanceFilter.Fields(Db, L, "", stop);
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        if (!string.IsNullOrEmpty(period) && !SalesPeriod.Names.Contains(period, StringComparer.Ordinal)) ModelState.AddModelError(PerformanceFilter.PeriodParameter, L["There are: {0}.", string.Join(", ", SalesPeriod.Names)]);
        if (!string.IsNullOrEmpty(by) && by is not ("product" or "category")) ModelState.AddModelError(PerformanceFilter.ByParameter, L["There are: {0}.", "product, category"]);
        if (!string.IsNullOrEmpty(sort) && !PerformancePage.IsSort(sort)) ApiPage.NoSuchSort(ModelState, L, [.. PerformancePage.Sorts]);
        if (!ModelState.IsValid) return Invalid();
        var filter = PerformanceFilter.Read(Request.Query, fields, Me);
        var (total, rows) = await PerformancePage.Everything(Db, Me, filter, sort, stop);
        return Ok(PerformanceJson.Of(filter, total, rows, Me.Pass.Currency));
    }
}
