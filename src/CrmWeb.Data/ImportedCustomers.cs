using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

public sealed record ImportedCustomer(long Id, int Version);

/// <summary>
/// The customers that an import made. To say whether anybody worked with one, what is archived or hidden from the member counts too; that is why these
/// questions are asked here. They answer ids and counts, nothing of the customers.
/// </summary>
public static class ImportedCustomers
{
    /// <summary>Customers of the import, beyond an id, that nobody logged a contact with, gave a task or a file, archived or put somebody else under.</summary>
    public static Task<List<ImportedCustomer>> UntouchedOf(this CrmDb db, long importId, long afterId, int count, CancellationToken stop) =>
        Untouched(db, importId).Where(c => c.Id > afterId).OrderBy(c => c.Id).Take(count).Select(c => new ImportedCustomer(c.Id, c.Version)).ToListAsync(stop);

    /// <summary>Removes those of the named that are still untouched. Needs an open transaction.</summary>
    public static async Task<int> RemoveUntouched(this CrmDb db, long importId, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        // whoever gives one of them something in this moment is waited for, and then seen
        await CustomerHold.TakeWhole(db, ids, stop);
        var untouched = Untouched(db, importId).Where(c => ids.Contains(c.Id));
        var named = await untouched.Select(c => new { c.Id, c.Name }).ToListAsync(stop);
        // what was guessed about them goes with them
        List<long> going = [.. named.Select(c => c.Id)];
        await db.DuplicatePairs.IgnoreQueryFilters(TenantScoping.Unseen).Where(p => going.Contains(p.FirstId) || going.Contains(p.SecondId)).ExecuteDeleteAsync(stop);
        var removed = await untouched.ExecuteDeleteAsync(stop);
        // somebody may have worked with one in between
        var kept = removed == named.Count ? [] : await db.StillThere(ids, stop);
        var gone = named.Where(c => !kept.Contains(c.Id));
        await db.Tell([.. gone.Select(c => new Change(RecordKind.Customer, c.Id, c.Id) { Act = Act.Deleted, Old = c.Name })], stop);
        return removed;
    }

    public static Task<long> CountImported(this CrmDb db, long importId, CancellationToken stop) =>
        db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).LongCountAsync(c => c.ImportId == importId, stop);

    /// <summary>Those of the ids that still are customers.</summary>
    public static Task<List<long>> StillThere(this CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop) =>
        db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(stop);

    private static IQueryable<Customer> Untouched(CrmDb db, long importId) => db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c =>
        c.ImportId == importId && c.DeletedAt == null
        && !db.Interactions.Any(i => i.CustomerId == c.Id) && !db.Tasks.Any(t => t.CustomerId == c.Id) && !db.Customers.Any(other => other.OrganisationId == c.Id)
        && !db.Attachments.Any(a => a.CustomerId == c.Id)
        && !db.Orders.Any(o => o.CustomerId == c.Id) && !db.Deals.Any(d => d.CustomerId == c.Id) && !db.Cases.Any(x => x.CustomerId == c.Id)
        && !db.CustomValues.Any(v => v.ReferenceId == c.Id && v.CustomerId != c.Id));
}
