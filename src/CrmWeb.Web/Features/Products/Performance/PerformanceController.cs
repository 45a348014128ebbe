using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Performance;

/// <summary>What the products brought: pieces, revenue and margin in a period, by product or by category.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class PerformanceController(IStringLocalizer L) : TenantController
{
    private static readonly string[] Exported = ["name", "pieces", "orders", "buyers", "revenue", "revenueBefore", "cost", "margin", "marginPercent", "linesWithoutCost", "currency", "from", "to"];

    [HttpGet("products/performance")]
    public async Task<IActionResult> Show(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = await Fields(stop);
        var filter = PerformanceFilter.Read(Request.Query, fields, Me);
        filter = filter with { Filters = await filter.Filters.Named(Db, L, stop) };
        return View("Performance", await PerformancePage.Read(Db, Me, L, filter, fields, sort, after, before, stop));
    }

    [HttpGet("products/performance.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var filter = PerformanceFilter.Read(Request.Query, await Fields(stop), Me);
        var (own, period) = (Me.Pass.Currency, filter.Period);
        var rows = (await PerformancePage.Everything(Db, Me, filter, sort, stop)).Rows.ToAsyncEnumerable();
        return await this.Csv("product-performance.csv", Exported, rows, row =>
        [
            row.Name, CsvAnswers.Exact(row.Sold.Pieces), CsvAnswers.Exact(row.Sold.Orders), CsvAnswers.Exact(row.Sold.Buyers), Currencies.Write(row.Sold.Revenue, own), Currencies.Write(row.Before, own),
            Currencies.Write(row.Sold.Cost, own), Currencies.Write(row.Sold.Margin, own), CsvAnswers.Exact(row.Sold.MarginShare is { } share ? decimal.Round(share, 2) : null), CsvAnswers.Exact(row.Sold.Uncosted),
            own, Day(period.From), Day(period.Last),
        ], stop);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<IReadOnlyList<FilterField>> Fields(CancellationToken stop) => PerformanceFilter.Fields(Db, L, Url.Content("~/"), stop);
}
