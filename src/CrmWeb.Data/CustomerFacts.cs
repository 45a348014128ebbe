using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>
/// Keeps on the customer row what lists ask for all the time, in the transaction of the fact. Written by statements, not through the tracked
/// row: a logged call must not make a colleague's open form stale.
/// </summary>
internal static class CustomerFacts
{
    /// <summary>Interactions this save adds, changes or takes away.</summary>
    public static List<Interaction> Contacts(ChangeTracker changes) =>
    [
        .. changes.Entries<Interaction>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => entry.Entity),
    ];

    public static async Task Refresh(CrmDb db, IEnumerable<Interaction> contacts, CancellationToken stop)
    {
        foreach (var id in contacts.Select(contact => contact.CustomerId).Distinct())
        {
            await db.Customers.IgnoreQueryFilters([TenantScoping.VisibilityFilter, TenantScoping.DeletedFilter]).Where(c => c.Id == id)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.LastInteractionAt, db.Interactions.IgnoreQueryFilters(new[] { TenantScoping.VisibilityFilter })
                        .Where(i => i.CustomerId == id && !i.IsPlanned && i.DeletedAt == null)
                        .OrderByDescending(i => i.OccurredAt).Select(i => (DateTime?)i.OccurredAt).FirstOrDefault()),
                    stop);
        }
    }
}
