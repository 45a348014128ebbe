using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>
/// Keeps on the customer row what lists ask for all the time, in the transaction of the fact. Written by statements, not through the tracked
/// row: a logged call must not make a colleague's open form stale.
/// </summary>
public static class CustomerFacts
{
    private const int BatchOfRebuild = 5_000;

    /// <summary>Computes the facts of every customer of the tenant anew, in batches. Answers how many were wrong.</summary>
    public static async Task<int> RebuildFacts(this CrmDb db, CancellationToken stop)
    {
        var (mended, last) = (0, 0L);
        while (true)
        {
            var after = last;
            last = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(BatchOfRebuild).MaxAsync(id => (long?)id, stop) ?? 0;
            if (last == 0) return mended;

            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after && c.Id <= last).Hold(stop);
            mended += await db.ComputeFacts(after + 1, last, stop);
            await transaction.CommitAsync(stop);
        }
    }

    /// <summary>Of the customers with these ids, which nobody else may log with meanwhile: they are held, or not committed yet.</summary>
    internal static Task<int> ComputeFacts(this CrmDb db, long first, long last, CancellationToken stop) =>
        db.ComputeFacts(db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id >= first && c.Id <= last), stop);

    /// <summary>Holds the customers, lets their contacts be written, and computes the facts of them anew.</summary>
    internal static async Task Recompute(this CrmDb db, IReadOnlyCollection<long> ids, Func<Task> write, CancellationToken stop)
    {
        var customers = db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => EF.Parameter(ids).Contains(c.Id));
        await customers.Hold(stop);
        await write();
        await db.ComputeFacts(customers, stop);
    }

    private static Task<int> ComputeFacts(this CrmDb db, IQueryable<Customer> customers, CancellationToken stop)
    {
        var fact = LastContact(db);
        var wrong = Expression.Lambda<Func<Customer, bool>>(
            Expression.NotEqual(Expression.Property(fact.Parameters[0], nameof(Customer.LastInteractionAt)), fact.Body), fact.Parameters);
        return customers.Where(wrong).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastInteractionAt, fact), stop);
    }

    /// <summary>Interactions this save adds, changes or takes away.</summary>
    internal static List<Interaction> Contacts(ChangeTracker changes) =>
    [
        .. changes.Entries<Interaction>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => entry.Entity),
    ];

    /// <summary>
    /// Lets one save after the other touch the contacts of a customer, until the transaction ends. Before the contacts are written: whoever comes
    /// second reads, in a statement of its own, what the first one committed.
    /// </summary>
    internal static Task Hold(CrmDb db, IEnumerable<Interaction> contacts, CancellationToken stop) =>
        // a customer that is new in this save has no id yet, and nobody else knows of it
        Hold(db, Ids(contacts), stop);

    /// <summary>Likewise, of customers by their ids.</summary>
    internal static async Task Hold(CrmDb db, IEnumerable<long> ids, CancellationToken stop)
    {
        if (db.HasOneWriter) return;
        foreach (var id in ids.Order()) await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id == id).Hold(stop);
    }

    /// <summary>After <see cref="Hold(CrmDb, IEnumerable{Interaction}, CancellationToken)"/> and the save.</summary>
    /// <param name="added">Those of the contacts that are new. One contact more can only make the last one later, which one short statement says.</param>
    internal static async Task Refresh(CrmDb db, IReadOnlyCollection<Interaction> contacts, IReadOnlySet<Interaction> added, CancellationToken stop)
    {
        foreach (var its in contacts.GroupBy(contact => contact.CustomerId).Where(group => group.Key > 0).OrderBy(group => group.Key))
        {
            if (!its.All(added.Contains)) await db.ComputeFacts(its.Key, its.Key, stop);
            else if (its.Where(contact => !contact.IsPlanned).Max(contact => (DateTime?)contact.OccurredAt) is { } at) await db.Contacted(its.Key, at, stop);
        }
    }

    private static Task<int> Contacted(this CrmDb db, long id, DateTime at, CancellationToken stop)
    {
        var tenant = db.TenantId;
        return db.Database.ExecuteSqlAsync(
            $"""UPDATE "Customers" SET "LastInteractionAt" = {at} WHERE "TenantId" = {tenant} AND "Id" = {id} AND ("LastInteractionAt" IS NULL OR "LastInteractionAt" < {at})""", stop);
    }

    // in one order, so that two saves about the same customers do not wait for each other
    private static IEnumerable<long> Ids(IEnumerable<Interaction> contacts) => contacts.Select(contact => contact.CustomerId).Where(id => id > 0).Distinct().Order();

    // a statement that changes nothing takes the locks of the rows, on every engine
    private static Task<int> Hold(this IQueryable<Customer> customers, CancellationToken stop) =>
        customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.LastInteractionAt, c => c.LastInteractionAt), stop);

    /// <summary>The one definition: the latest contact that took place and was not deleted, whoever may see it.</summary>
    private static Expression<Func<Customer, DateTime?>> LastContact(CrmDb db) => c =>
        db.Interactions.IgnoreQueryFilters(TenantScoping.Unseen).Where(i => i.CustomerId == c.Id && !i.IsPlanned && i.DeletedAt == null)
            .OrderByDescending(i => i.OccurredAt).Select(i => (DateTime?)i.OccurredAt).FirstOrDefault();
}
