using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Who changed what at a customer, when and how.</summary>
public sealed class CustomerHistoryController(IStringLocalizer L, LocalTime time, MemberFields fields) : TenantController
{
    [HttpGet("customers/{id:long}/history")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Show(long id, string? older, CancellationToken stop) =>
        await CustomerHistory.Read(Db, id, older, await fields.Seen(stop), L, time, stop) is { } history ? View("History", history) : NotFound();
}
