using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Puts a customer away, and back. Nothing is deleted.</summary>
public sealed class CustomerArchiveController(IStringLocalizer L) : TenantController
{
    [HttpPost("customers/{id:long}/archive")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Archive(long id, CancellationToken stop)
    {
        if (await Db.Customers.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } customer) return NotFound();
        customer.Archive(Me.Now);
        customer.Events.Add(new CustomerEvent(CustomerEvent.Archived, Me.Id, Me.Now));
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} was archived", customer.Name], Url.Content("~/customers"), Url.Content($"~/customers/{id}/restore"));
    }

    [HttpPost("customers/{id:long}/restore")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        var archived = Db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]);
        if (await archived.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } customer) return NotFound();
        if (customer.DeletedAt is not null)
        {
            customer.Restore();
            customer.Events.Add(new CustomerEvent(CustomerEvent.Restored, Me.Id, Me.Now));
            await Db.SaveChangesAsync(stop);
        }

        return this.Done(L["{0} is back", customer.Name], Url.Content($"~/customers/{id}"));
    }
}
