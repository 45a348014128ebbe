using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The list as a file: the same filters, the same order, every page of it. The columns are those shown, with kind and external id, or <c>columns=all</c>: all fields.</summary>
public sealed class CustomerExportController(IStringLocalizer L, MemberFields fields) : TenantController
{
    public const string All = "all";

    [HttpGet("customers.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task Export(CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var query = CustomerQuery.Read(Request.Query, custom, ViewQuery.Parameters);
        var customers = await query.Customers(Db, Me, stop);
        var columns = Request.Query[Columns.Parameter] == All ? CustomerExport.All(custom) : CustomerExport.OfList(CustomerColumns.Of(L, Request, query.Sort, custom).Shown.Select(column => column.Key));
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = FormattableString.Invariant($"attachment; filename=customers-{Me.Today:yyyy-MM-dd}.csv");
        await new CustomerExport(Db, query.Sort, columns, custom).Write(customers, Response.Body, stop);
    }
}
