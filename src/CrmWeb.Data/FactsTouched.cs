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

    /// <summary>
    /// The save only adds rows that nobody can wait for but who removes their customer, to customers that are there, and one contact at most to each. PostgreSQL
    /// may hold them after it then, as long as that is before anything is read for the facts: two who add at once do not stand in each other's way until one
    /// of them sums up. Who removes customers takes the whole hold of them, which waits for the new rows as well.
    /// </summary>
    public bool IsNew { get; private set; } = true;

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
            touched.IsNew &= entry is { State: EntityState.Added, Entity: not (Customer or CustomerTag or Order { ExternalId: not null } or Deal or Case) };
            if (Follows(entry.Entity) is not { } row) continue;
            touched.rows.Add((row.Of, row.CustomerId, entry.Entity as Interaction, entry.State == EntityState.Added));
            if (entry.State == EntityState.Added || entry.Property("CustomerId").OriginalValue is not long before || before == row.CustomerId()) continue;
            touched.rows.Add((row.Of, () => before, null, false));
        }

        touched.IsNew &= touched.rows.Where(row => row.Contact is not null).GroupBy(row => row.CustomerId()).All(its => its.Count() == 1);
        return touched;
    }

    /// <summary>
    /// Lets one save after the other touch the facts of a customer, until the transaction ends. Before the rows are written: whoever comes second reads, in a
    /// statement of its own, what the first one committed. A customer that is new in this save has no id yet, and nobody else knows of it.
    /// </summary>
    public async Task Hold(CrmDb db, CancellationToken stop)
    {
        if (Held(db) is { } hold) await hold.Run(db, stop);
    }

    /// <summary>Likewise, as a statement.</summary>
    public Statement? Held(CrmDb db) => CustomerHold.Of(db, [.. rows.Select(row => row.CustomerId()).Where(id => id > 0).Distinct()]);

    /// <summary>After <see cref="Hold"/> and the save.</summary>
    public void Write(CrmDb db, Statements statements)
    {
        // what was edited, came back or took place; of those that are merely added it is told below, beside their facts
        List<long> edited = [.. rows.Where(row => row.Contact is not null && !row.IsAdded).Select(row => row.Contact!.Id).Distinct()];
        if (edited.Count > 0) statements.Add(CostStatement.Of(db, edited));
        var alike = new Dictionary<Facts, List<long>>();
        foreach (var its in rows.GroupBy(row => row.CustomerId()))
        {
            var facts = its.Aggregate(Facts.None, (all, row) => all | row.Of);
            if (facts == Facts.None)
            {
                statements.Add(CustomerFacts.Changed(db, its.Key));
                continue;
            }

            // one contact more can only make the last one later, which one short statement says
            if (facts == Facts.Contacts && its.All(row => row.IsAdded || row.Contact is null))
            {
                statements.Add(CustomerFacts.Contacted(db, its.Key, [.. its.Select(row => row.Contact).OfType<Interaction>()]) ?? CustomerFacts.Changed(db, its.Key));
                continue;
            }

            List<long> added = [.. its.Where(row => row is { Contact: not null, IsAdded: true }).Select(row => row.Contact!.Id)];
            if (added.Count > 0) statements.Add(CostStatement.Of(db, added));
            if (alike.TryGetValue(facts, out var others)) others.Add(its.Key);
            else alike[facts] = [its.Key];
        }

        foreach (var (facts, ids) in alike) statements.Add(FactStatement.Of(db, facts, ids));
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
