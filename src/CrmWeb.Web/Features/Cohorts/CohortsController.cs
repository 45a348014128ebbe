using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cohorts;

/// <summary>Who buys again, month by month after the first order.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class CohortsController(IStringLocalizer L) : TenantController
{
    [HttpGet("reports/cohorts")]
    public async Task<IActionResult> Show(string? from, int? months, CancellationToken stop)
    {
        IReadOnlyList<FilterField> fields = [CustomerCut.Segment(L, Url.Content("~/"))];
        var filters = await Filters.Read(Request.Query, fields).Named(Db, L, stop);
        return View("Cohorts", await CohortPage.Read(Db, Me, from, months, filters, stop) with { Fields = fields });
    }

    [HttpGet("reports/cohorts.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? from, int? months, CancellationToken stop)
    {
        var page = await CohortPage.Read(Db, Me, from, months, Filters.Read(Request.Query, [CustomerCut.Segment(L, "")]), stop);
        var after = Enumerable.Range(1, page.Count).ToList();
        return await this.Csv(
            string.Create(CultureInfo.InvariantCulture, $"cohorts-{page.First:yyyy-MM}.csv"), ["month", "customers", .. after.Select(month => $"after{month.ToString(CultureInfo.InvariantCulture)}")],
            page.Begun.ToAsyncEnumerable(), cohort => [cohort.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), Whole(cohort.Customers), .. after.Select(month => Whole(page.Bought(cohort, month)))], stop);
    }

    private static string? Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
