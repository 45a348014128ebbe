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
    private const int Attempts = 5;

    [HttpPost("customers/{id:long}/archive")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Archive(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { DeletedAt: null } customer) return NotFound();
        await Put(customer, away: true, stop);
        return this.Done(L["{0} was archived", customer.Name], Url.Content("~/customers"), Url.Content($"~/customers/{id}/restore"));
    }

    [HttpPost("customers/{id:long}/restore")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } customer) return NotFound();
        await Put(customer, away: false, stop);
        return this.Done(L["{0} is back", customer.Name], Url.Content($"~/customers/{id}"));
    }

    private Task<Customer?> Find(long id, CancellationToken stop) =>
        Db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(c => c.Id == id, stop);

    /// <summary>What a colleague did in the same moment counts: done already is done.</summary>
    private async Task Put(Customer? customer, bool away, CancellationToken stop)
    {
        for (var attempt = 1; customer is not null && customer.DeletedAt is null == away; attempt++)
        {
            if (away) customer.Archive(Me.Now);
            else customer.Restore();
            customer.Events.Add(new CustomerEvent(away ? CustomerEvent.Archived : CustomerEvent.Restored, Me.Id, Me.Now));
            try
            {
                await Db.SaveChangesAsync(stop);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                Db.ChangeTracker.Clear();
                customer = await Find(customer.Id, stop);
            }
        }
    }
}
