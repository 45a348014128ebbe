using System.Globalization;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Profit;

/// <summary>Who brings what, and what is spent on them. Filters are those of the list of customers, and each number opens it.</summary>
public sealed class ProfitController(IStringLocalizer L, MemberFields fields) : TenantController
{
    private static readonly string[] Columns = ["group", "customers", "profitKnown", "losing", "revenue", "margin", "minutes", "serviceCost", "contactCost", "profit", "currency"];

    [HttpGet("reports/profitability")]
    [Authorize(Permissions.ReadSales)]
    public async Task<IActionResult> Show(string? by, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var page = await ProfitPage.Read(Db, Me, CustomerQuery.Read(Request.Query, custom, "by"), by, stop);
        var bar = CustomerColumns.Fields(L, Url, custom);
        ViewData["Bar"] = bar;
        ViewData["Chips"] = await CustomerFilterChips.Of(page.Query.Filter, bar, Db, L, stop);
        return View("Profitability", page);
    }

    [HttpGet("reports/profitability.csv")]
    [Authorize(Permissions.ExportCustomers)]
    [Authorize(Permissions.ReadSales)]
    public async Task<IActionResult> Export(string? by, CancellationToken stop)
    {
        var page = await ProfitPage.Read(Db, Me, CustomerQuery.Read(Request.Query, await fields.Seen(stop), "by"), by, stop);
        var rows = page.Groups.Select(group => (Name: page.Name(L, group), Sum: group)).Concat(page.Rest is { } rest ? [(L["Others"].Value, rest)] : []).ToAsyncEnumerable();
        return await this.Csv(string.Create(CultureInfo.InvariantCulture, $"profitability-{Me.Today:yyyy-MM-dd}.csv"), Columns, rows, row =>
        [
            row.Name, Whole(row.Sum.Customers), Whole(row.Sum.Known), Whole(row.Sum.Losing), Major(row.Sum.Revenue), Major(row.Sum.MarginOrNull), Whole(row.Sum.Minutes),
            Major(row.Sum.ServiceOrNull), Major(row.Sum.ContactOrNull), Major(row.Sum.ProfitOrNull), Me.Pass.Currency,
        ], stop);
    }

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    private string? Major(long? minor) => minor is { } amount ? Currency.ToMajor(amount, Me.Pass.Currency).ToString(CultureInfo.InvariantCulture) : null;
}
