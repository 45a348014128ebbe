using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>The rows of a save that facts of customers follow from, and those by which segments judge them, read from the change tracker before it.</summary>
internal sealed class FactsTouched
{
    private readonly List<(Facts Of, Func<long> CustomerId, Interaction? Contact, bool IsAdded)> rows = [];

    public bool IsEmpty => rows.Count == 0;

    /// <summary>After changes were detected.</summary>
    /// <param name="now">Changed customers bear it.</param>
    public static FactsTouched Read(ChangeTracker changes, DateTime now)
    {
        var touched = new FactsTouched();
        foreach (var entry in changes.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            if (entry is { Entity: Customer, State: EntityState.Modified }) entry.Property(nameof(Customer.ChangedAt)).CurrentValue = now;
            // a new customer has changed by itself
            if (entry.Entity is CustomerTag && entry.Property(nameof(CustomerTag.CustomerId)).IsTemporary) continue;
            if (Follows(entry.Entity) is not { } row) continue;
            touched.rows.Add((row.Of, row.CustomerId, entry.Entity as Interaction, entry.State == EntityState.Added));
            if (entry.State == EntityState.Added || entry.Property("CustomerId").OriginalValue is not long before || before == row.CustomerId()) continue;
            touched.rows.Add((row.Of, () => before, null, false));
        }

        return touched;
    }

    /// <summary>
    /// Lets one save after the other touch the facts of a customer, until the transaction ends. Before the rows are written: whoever comes second reads, in a
    /// statement of its own, what the first one committed. A customer that is new in this save has no id yet, and nobody else knows of it.
    /// </summary>
    public Task Hold(CrmDb db, CancellationToken stop) => CustomerHold.Take(db, [.. rows.Select(row => row.CustomerId()).Where(id => id > 0).Distinct()], stop);

    /// <summary>After <see cref="Hold"/> and the save.</summary>
    public async Task Write(CrmDb db, CancellationToken stop)
    {
        // what was edited, came back or took place; of those that are merely added it is told below, beside their facts
        List<long> edited = [.. rows.Where(row => row.Contact is not null && !row.IsAdded).Select(row => row.Contact!.Id).Distinct()];
        if (edited.Count > 0) await CostStatement.Write(db, edited, stop);
        var alike = new Dictionary<Facts, List<long>>();
        foreach (var its in rows.GroupBy(row => row.CustomerId()))
        {
            var facts = its.Aggregate(Facts.None, (all, row) => all | row.Of);
            if (facts == Facts.None)
            {
                await CustomerFacts.Touch(db, [its.Key], stop);
                continue;
            }

            // one contact more can only make the last one later, which one short statement says
            if (facts == Facts.Contacts && its.All(row => row.IsAdded || row.Contact is null))
            {
                await CustomerFacts.Contacted(db, its.Key, [.. its.Select(row => row.Contact).OfType<Interaction>()], stop);
                continue;
            }

            List<long> added = [.. its.Where(row => row is { Contact: not null, IsAdded: true }).Select(row => row.Contact!.Id)];
            if (added.Count > 0) await CostStatement.Write(db, added, stop);
            if (alike.TryGetValue(facts, out var others)) others.Add(its.Key);
            else alike[facts] = [its.Key];
        }

        foreach (var (facts, ids) in alike) await (ids is [var id] ? FactStatement.Write(db, facts, id, id, stop, changed: true) : FactStatement.Write(db, facts, ids, stop));
    }

    private static (Facts Of, Func<long> CustomerId)? Follows(object row) => row switch
    {
        Interaction contact => (Facts.Contacts, () => contact.CustomerId),
        Order order => (Facts.Orders, () => order.CustomerId),
        Deal deal => (Facts.Deals, () => deal.CustomerId),
        Case its => (Facts.Cases, () => its.CustomerId),
        CustomerTag tag => (Facts.None, () => tag.CustomerId),
        _ => null,
    };
}
