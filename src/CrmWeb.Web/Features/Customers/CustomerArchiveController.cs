using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Puts a customer away, and back. Nothing is deleted.</summary>
public sealed class CustomerArchiveController(IStringLocalizer L) : TenantController
{
    [HttpPost("customers/{id:long}/archive")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Archive(long id, CancellationToken stop)
    {
        if (await CustomerArchiving.Find(Db, id, stop) is not { DeletedAt: null } customer) return NotFound();
        await CustomerArchiving.Put(Db, Me, customer, away: true, stop);
        return this.Done(L["{0} was archived", customer.Name], Url.Content("~/customers"), Url.Content($"~/customers/{id}/restore"));
    }

    [HttpPost("customers/{id:long}/restore")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await CustomerArchiving.Find(Db, id, stop) is not { } customer) return NotFound();
        await CustomerArchiving.Put(Db, Me, customer, away: false, stop);
        return this.Done(L["{0} is back", customer.Name], Url.Content($"~/customers/{id}"));
    }
}
