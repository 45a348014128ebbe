using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>The same done with many customers by one statement, told beside it. Whom it may be done with is decided; needs an open transaction.</summary>
public static class CustomersAlike
{
    /// <summary>Makes forms stale that are open elsewhere, and keeps other writers off the customers until the transaction ends.</summary>
    public static Task<int> Touch(this CrmDb db, IReadOnlyCollection<long> ids, DateTime now, CancellationToken stop) =>
        Those(db, ids).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, now).SetProperty(c => c.ChangedAt, now).SetProperty(c => c.Version, c => c.Version + 1), stop);

    /// <summary>Archives those that are not. Answers whom.</summary>
    /// <param name="at">The instant of the bulk edit, by which <see cref="Restore"/> tells them from others.</param>
    public static async Task<List<long>> Archive(this CrmDb db, IReadOnlyCollection<long> ids, DateTime at, DateTime now, CancellationToken stop)
    {
        await Those(db, ids).Where(c => c.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, at).SetProperty(c => c.ChangedAt, now).SetProperty(c => c.Version, c => c.Version + 1), stop);
        var away = await Those(db, ids).Where(c => c.DeletedAt == at).Select(c => c.Id).ToListAsync(stop);
        await db.Tell(away, Act.Archived, CustomerEvent.Archived, now, stop);
        return away;
    }

    /// <summary>Puts back those that were archived at that instant. Answers whom.</summary>
    public static async Task<List<long>> Restore(this CrmDb db, IReadOnlyCollection<long> ids, DateTime at, DateTime now, CancellationToken stop)
    {
        // held first: whoever restores one in the same moment waits, and it is not told twice
        await Those(db, ids).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, c => c.UpdatedAt), stop);
        var back = await Those(db, ids).Where(c => c.DeletedAt == at).Select(c => c.Id).ToListAsync(stop);
        await Those(db, back).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, (DateTime?)null).SetProperty(c => c.ChangedAt, now).SetProperty(c => c.Version, c => c.Version + 1), stop);
        await db.Tell(back, Act.Restored, CustomerEvent.Restored, now, stop);
        return back;
    }

    /// <summary>Logs a contact with each, with its event and the fact on the customer.</summary>
    public static Task Log(this CrmDb db, IReadOnlyList<long> ids, InteractionDetails details, DateTime now, CancellationToken stop) => db.Recompute(Facts.Contacts, ids, async () =>
    {
        var logged = ids.Select(_ => Interaction.OfMany(details, db.ActorId, now)).ToList();
        await db.BulkInsert(logged, [new(nameof(Interaction.CustomerId), i => ids[i])], stop);
        await CostStatement.Write(db, [.. logged.Select(one => one.Id)], stop);
        await db.Tell([.. logged.Select(one => new Change(RecordKind.Interaction, one.Id, one.CustomerId) { Act = Act.Created })], stop);
        var kind = details.IsPlanned ? CustomerEvent.InteractionPlanned : CustomerEvent.InteractionLogged;
        await db.Tell([.. ids.Select(id => (id, kind))], now, stop);
    }, stop);

    /// <summary>Takes back contacts that nobody edited or took away since. Answers which.</summary>
    public static async Task<List<long>> TakeBack(this CrmDb db, IReadOnlyCollection<(long Id, long CustomerId)> logged, DateTime now, CancellationToken stop)
    {
        List<long> ids = [.. logged.Select(one => one.Id)];
        List<long> taken = [];
        await db.Recompute(Facts.Contacts, [.. logged.Select(one => one.CustomerId).Distinct()], async () =>
        {
            var untouched = db.Interactions.IgnoreQueryFilters(TenantScoping.Unseen).Where(i => ids.Contains(i.Id) && i.DeletedAt == null && i.Version == 0);
            var found = await untouched.Select(i => new { i.Id, i.CustomerId }).ToListAsync(stop);
            var gone = await untouched.ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, now).SetProperty(i => i.Version, i => i.Version + 1), stop);
            if (gone != found.Count) throw new DbUpdateConcurrencyException("Somebody edited one of the contacts at the same moment.");
            taken = found.ConvertAll(i => i.Id);
            await db.Tell([.. found.Select(i => new Change(RecordKind.Interaction, i.Id, i.CustomerId) { Act = Act.Deleted })], stop);
        }, stop);
        return taken;
    }

    /// <summary>Which of the customers have the tag, by its folded name.</summary>
    public static async Task<HashSet<long>> Tagged(this CrmDb db, IReadOnlyCollection<long> ids, string folded, CancellationToken stop) =>
        [.. await db.CustomerTags.IgnoreQueryFilters(TenantScoping.Unseen).Where(t => ids.Contains(t.CustomerId) && t.Tag!.NameNormal == folded).Select(t => t.CustomerId).ToListAsync(stop)];

    public static Task<long?> TagNamed(this CrmDb db, string name, CancellationToken stop)
    {
        var folded = SearchText.Fold(name);
        return db.Tags.Where(t => t.NameNormal == folded).Select(t => (long?)t.Id).FirstOrDefaultAsync(stop);
    }

    private static IQueryable<Customer> Those(CrmDb db, IReadOnlyCollection<long> ids) => db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => ids.Contains(c.Id));

    private static async Task Tell(this CrmDb db, List<long> ids, Act act, string kind, DateTime now, CancellationToken stop)
    {
        await db.Tell([.. ids.Select(id => new Change(RecordKind.Customer, id, id) { Act = act })], stop);
        await db.Tell([.. ids.Select(id => (id, kind))], now, stop);
    }
}
