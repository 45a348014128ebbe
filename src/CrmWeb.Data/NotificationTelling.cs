using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data;

/// <summary>
/// What a save does that members want to hear of: read from the change tracker before it and written after it, in its transaction. Only what a person or a
/// program does one by one is told; an import or a bulk edit is told once, when it ends. Nobody is told of what they did themselves.
/// </summary>
internal sealed class NotificationTelling
{
    private readonly CrmDb db;
    private readonly DateTime now;
    private readonly List<Fact> facts = [];

    private NotificationTelling(CrmDb db, DateTime now) => (this.db, this.now) = (db, now);

    /// <summary>A file that came with a contact is told with it.</summary>
    private static readonly TimeSpan WithItsContact = TimeSpan.FromMinutes(1);

    /// <param name="Kind">What is told.</param>
    /// <param name="To">The one it is meant for; null for whoever follows the customer.</param>
    /// <param name="Interaction">Its id is known after the save.</param>
    private sealed record Fact(NotificationKind Kind, long? To, Customer? Customer = null, Interaction? Interaction = null, CrmTask? Task = null, Case? Case = null, long? CustomerId = null)
    {
        public long? Whose => CustomerId ?? Customer?.Id ?? Interaction?.CustomerId ?? Case?.CustomerId;
    }

    /// <summary>After changes were detected. Null when there is nothing to tell.</summary>
    public static NotificationTelling? Read(CrmDb db, DateTime now)
    {
        if (!db.Current.IsSet || db.ActorId == 0 || db.Current.Via is not (Via.Page or Via.Api)) return null;
        var telling = new NotificationTelling(db, now);
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified) telling.Read(entry);
        }

        return telling.facts.Count > 0 ? telling : null;
    }

    private void Read(EntityEntry entry)
    {
        switch (entry.Entity)
        {
            case Mention { IsCopied: false } mention when entry.State == EntityState.Added:
                facts.Add(new(NotificationKind.Mention, mention.MemberId, Interaction: mention.Interaction ?? Parent<Interaction>(mention.InteractionId), Task: mention.Task ?? Parent<CrmTask>(mention.TaskId)));
                break;
            case Interaction { IsPlanned: false, DeletedAt: null } contact when entry.State == EntityState.Added || Changed(entry, nameof(Interaction.IsPlanned)):
                facts.Add(new(NotificationKind.Contact, null, Interaction: contact));
                break;
            case Attachment file when entry.State == EntityState.Added && !(Parent<Interaction>(file.InteractionId)?.CreatedAt > now - WithItsContact):
                facts.Add(new(NotificationKind.File, null, CustomerId: file.CustomerId));
                break;
            case CrmTask task when entry.State == EntityState.Added || Changed(entry, nameof(CrmTask.OwnerId)):
                facts.Add(new(NotificationKind.Task, task.OwnerId, Task: task));
                break;
            case Case { OwnerId: { } given } its when entry.State == EntityState.Added || Changed(entry, nameof(Case.OwnerId)):
                facts.Add(new(NotificationKind.Case, given, Case: its));
                break;
            case Customer customer when entry.State == EntityState.Added:
                if (customer.OwnerId is { } first) facts.Add(new(NotificationKind.Assigned, first, customer));
                break;
            case Customer customer when !Changed(entry, nameof(Customer.MergedIntoId)):
                Read(entry, customer);
                break;
        }
    }

    private void Read(EntityEntry entry, Customer customer)
    {
        if (Changed(entry, nameof(Customer.Stage))) facts.Add(new(NotificationKind.Stage, null, customer));
        if (Changed(entry, nameof(Customer.DeletedAt))) facts.Add(new(NotificationKind.Archived, null, customer));
        if (!Changed(entry, nameof(Customer.OwnerId))) return;
        if (customer.OwnerId is { } owner) facts.Add(new(NotificationKind.Assigned, owner, customer));
        facts.Add(new(NotificationKind.Owner, null, customer));
    }

    private static bool Changed(EntityEntry entry, string property) =>
        entry.State == EntityState.Modified && entry.Property(property) is { IsModified: true } value && !Equals(value.OriginalValue, value.CurrentValue);

    private T? Parent<T>(long? id) where T : TenantOwned => id is null ? null : db.ChangeTracker.Entries<T>().FirstOrDefault(entry => entry.Entity.Id == id)?.Entity;

    /// <summary>After the save: what is new has its id.</summary>
    public async Task Write(CancellationToken stop)
    {
        var followers = await db.FollowersOf([.. facts.Where(fact => fact.To is null).Select(fact => fact.Whose!.Value).Distinct()], stop);
        var told = facts.SelectMany(fact => (fact.To is { } one ? [one] : followers[fact.Whose!.Value]).Where(member => member != db.ActorId).Select(member => (Member: member, Fact: fact))).ToList();
        // whoever is meant is not told once more as a follower
        var meant = told.Where(one => one.Fact.To is not null).Select(one => (one.Member, one.Fact.Whose)).ToHashSet();
        told.RemoveAll(one => one.Fact.To is null && meant.Contains((one.Member, one.Fact.Whose)));
        await NotificationWriting.Write(db, told.ConvertAll(one => new News(one.Member, one.Fact.Kind, one.Fact.Whose, one.Fact.Interaction?.Id, one.Fact.Task?.Id, CaseId: one.Fact.Case?.Id)), now, stop);
    }
}
