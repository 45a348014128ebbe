using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>The contacts that an import made. What is put away or hidden from the member counts too: these questions answer ids and counts, nothing of the contacts.</summary>
public static class ImportedContacts
{
    /// <summary>New contacts with the events of their customers, whose facts follow. Needs an open transaction.</summary>
    public static Task InsertContacts(this CrmDb db, IReadOnlyList<(Interaction Contact, long CustomerId)> contacts, CancellationToken stop)
    {
        if (contacts.Count == 0) return Task.CompletedTask;
        return db.Recompute(Facts.Contacts, [.. contacts.Select(one => one.CustomerId).Distinct()], async () =>
        {
            await db.BulkInsert([.. contacts.Select(one => one.Contact)], [new(nameof(Interaction.CustomerId), i => contacts[i].CustomerId)], stop);
            await CostStatement.Write(db, [.. contacts.Select(one => one.Contact.Id)], stop);
            var events = contacts.Select(one => new CustomerEvent(one.Contact.IsPlanned ? CustomerEvent.InteractionPlanned : CustomerEvent.InteractionLogged, db.Current.Actor.MemberId, one.Contact.IsPlanned ? db.Now : one.Contact.OccurredAt));
            await db.BulkInsert([.. events], [new(nameof(CustomerEvent.CustomerId), i => contacts[i].CustomerId)], stop);
        }, stop);
    }

    /// <summary>Which of the external ids have an interaction already: with whom, when it was, and when it was logged.</summary>
    public static async Task<Dictionary<string, (long CustomerId, DateTime At, DateTime LoggedAt)>> TakenContactIds(this CrmDb db, IReadOnlyCollection<string> ids, CancellationToken stop) =>
        (await db.Interactions.IgnoreQueryFilters(TenantScoping.Unseen).Where(i => i.ExternalId != null && ids.Contains(i.ExternalId))
            .Select(i => new { Id = i.ExternalId!, i.CustomerId, i.OccurredAt, i.CreatedAt }).ToListAsync(stop)).ToDictionary(i => i.Id, i => (i.CustomerId, i.OccurredAt, i.CreatedAt), StringComparer.Ordinal);

    public static Task<long> CountImportedContacts(this CrmDb db, long importId, CancellationToken stop) => Of(db, importId).LongCountAsync(stop);

    /// <summary>Removes those of the next contacts that nobody changed since, with no file and of no case; the others stay. Needs an open transaction.</summary>
    /// <returns>The last id that was looked at, 0 at the end; and how many went.</returns>
    public static async Task<(long Last, int Removed)> RemoveImportedContacts(this CrmDb db, long importId, long afterId, int count, CancellationToken stop)
    {
        var next = await Of(db, importId).Where(i => i.Id > afterId).OrderBy(i => i.Id).Take(count).Select(i => new { i.Id, i.CustomerId }).ToListAsync(stop);
        if (next.Count == 0) return (0, 0);
        List<long> held = [.. next.Select(i => i.CustomerId).Distinct()];
        var removed = 0;
        await db.Recompute(Facts.Contacts, held, async () =>
        {
            // whoever changed one in this moment was waited for, and is seen; whoever was merged meanwhile is not held
            List<long> ids = [.. next.Select(i => i.Id)];
            var going = await Untouched(db, importId).Where(i => ids.Contains(i.Id) && held.Contains(i.CustomerId)).Select(i => new { i.Id, i.CustomerId, i.Subject }).ToListAsync(stop);
            await db.Tell([.. going.Select(i => new Change(RecordKind.Interaction, i.Id, i.CustomerId) { Act = Act.Deleted, Old = i.Subject })], stop);
            removed = await Untouched(db, importId).Where(i => ids.Contains(i.Id) && held.Contains(i.CustomerId)).ExecuteDeleteAsync(stop);
        }, stop);
        return (next[^1].Id, removed);
    }

    private static IQueryable<Interaction> Untouched(CrmDb db, long importId) =>
        Of(db, importId).Where(i => i.Version == 0 && !db.Attachments.Any(a => a.InteractionId == i.Id) && !db.CaseInteractions.Any(x => x.InteractionId == i.Id));

    private static IQueryable<Interaction> Of(CrmDb db, long importId) => db.Interactions.IgnoreQueryFilters(TenantScoping.Unseen).Where(i => i.ImportId == importId);
}
