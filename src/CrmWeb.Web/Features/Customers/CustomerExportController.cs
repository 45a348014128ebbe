using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The list as a file: the same filters, the same order, the same columns, every page of it.</summary>
public sealed class CustomerExportController(IStringLocalizer L) : TenantController
{
    [HttpGet("customers.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task Export(CancellationToken stop)
    {
        var query = CustomerQuery.Read(Request.Query);
        var customers = await query.Customers(Db, Me, stop);
        var columns = CustomerColumns.Of(L, Request, query.Sort).Shown.Select(column => column.Key).ToList();
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=customers-{Me.Today:yyyy-MM-dd}.csv");
        await CustomerExport.Write(Db, customers, query.Sort, columns, Response.Body, stop);
    }
}
