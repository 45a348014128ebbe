using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Puts a customer away and back, for the page and the API alike.</summary>
internal static class CustomerArchiving
{
    private const int Attempts = 5;

    /// <summary>The customer, archived or not. One that was merged into another comes back by taking the merge apart.</summary>
    public static Task<Customer?> Find(CrmDb db, long id, CancellationToken stop) =>
        db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(c => c.Id == id && c.MergedIntoId == null, stop);

    /// <summary>What a colleague did in the same moment counts: done already is done.</summary>
    public static async Task Put(CrmDb db, CurrentMember me, Customer? customer, bool away, CancellationToken stop)
    {
        for (var attempt = 1; customer is not null && customer.DeletedAt is null == away; attempt++)
        {
            if (away) customer.Archive(me.Now);
            else customer.Restore();
            customer.Events.Add(new CustomerEvent(away ? CustomerEvent.Archived : CustomerEvent.Restored, me.Id, me.Now));
            try
            {
                await db.SaveChangesAsync(stop);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear();
                customer = await Find(db, customer.Id, stop);
            }
        }
    }
}
