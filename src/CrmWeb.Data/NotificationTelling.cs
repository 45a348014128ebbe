using CrmWeb.Data.Providers;
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

    /// <param name="Kind">What is told.</param>
    /// <param name="To">The one it is meant for; null for whoever follows the customer.</param>
    /// <param name="Interaction">Its id is known after the save.</param>
    private sealed record Fact(NotificationKind Kind, long? To, Customer? Customer = null, Interaction? Interaction = null, CrmTask? Task = null, Case? Case = null, long? CustomerId = null);

    private sealed record Wish(NotificationKind Kind, NotificationWay Way);

    private sealed record Hearer(long Id, string? TimeZone, string TenantTimeZone, int DigestHour, DayOfWeek? DigestDay, List<Wish> Wishes);

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
            case Mention mention when entry.State == EntityState.Added:
                facts.Add(new(NotificationKind.Mention, mention.MemberId, Interaction: mention.Interaction ?? Parent<Interaction>(mention.InteractionId), Task: mention.Task ?? Parent<CrmTask>(mention.TaskId)));
                break;
            case Interaction { IsPlanned: false, DeletedAt: null } contact when entry.State == EntityState.Added || Changed(entry, nameof(Interaction.IsPlanned)):
                facts.Add(new(NotificationKind.Contact, null, Interaction: contact));
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
        var told = new List<(long Member, Fact Fact)>();
        foreach (var fact in facts)
        {
            var whole = fact with { CustomerId = fact.Customer?.Id ?? fact.Interaction?.CustomerId ?? fact.Case?.CustomerId };
            IReadOnlyCollection<long> to = whole.To is { } one ? [one] : await db.FollowersOf(whole.CustomerId!.Value, stop);
            told.AddRange(to.Where(member => member != db.ActorId).Select(member => (member, whole)));
        }

        // whoever is meant is not told once more as a follower
        var meant = told.Where(one => one.Fact.To is not null).Select(one => (one.Member, one.Fact.CustomerId)).ToHashSet();
        told.RemoveAll(one => one.Fact.To is null && meant.Contains((one.Member, one.Fact.CustomerId)));
        if (told.Count > 0) await Write(told, stop);
    }

    private async Task Write(List<(long Member, Fact Fact)> told, CancellationToken stop)
    {
        var hearers = await Hearers(db, [.. told.Select(one => one.Member).Distinct()], stop);
        var (fresh, touched) = (new List<Notification>(), new SortedSet<long>());
        foreach (var (member, fact) in told)
        {
            if (!hearers.TryGetValue(member, out var hearer) || WayOf(hearer, fact.Kind) is not (not NotificationWay.Nothing and var way)) continue;
            touched.Add(member);
            var due = MailOf(hearer, way, now);
            if (fact.Kind.IsFolded() && await Fold(member, fact, due, stop)) continue;
            fresh.Add(new(member, fact.Kind, db.ActorId, now)
            {
                CustomerId = fact.CustomerId,
                InteractionId = fact.Interaction?.Id,
                TaskId = fact.Task?.Id,
                CaseId = fact.Case?.Id,
                Count = 1,
                MailDueAt = due,
            });
        }

        await db.BulkInsert(fresh, stop);
        await db.NotificationsChange(touched, stop);
    }

    private async Task<bool> Fold(long member, Fact fact, DateTime? due, CancellationToken stop)
    {
        var (kind, customer, since) = (fact.Kind, fact.CustomerId, now - Notification.Folded);
        var open = await db.Notifications.IgnoreQueryFilters(TenantScoping.Unseen)
            .Where(n => n.MemberId == member && n.ReadAt == null && n.MailedAt == null && n.At > since && n.Kind == kind && n.CustomerId == customer)
            .OrderByDescending(n => n.Id).Select(n => n.Id).FirstOrDefaultAsync(stop);
        if (open == 0) return false;
        var (by, contact) = (db.ActorId, fact.Interaction?.Id);
        return await db.Notifications.IgnoreQueryFilters(TenantScoping.Unseen).Where(n => n.Id == open && n.ReadAt == null && n.MailedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.Count, n => n.Count + 1).SetProperty(n => n.At, now).SetProperty(n => n.ById, by).SetProperty(n => n.InteractionId, contact).SetProperty(n => n.MailDueAt, n => n.MailDueAt ?? due), stop) == 1;
    }

    private static async Task<Dictionary<long, Hearer>> Hearers(CrmDb db, List<long> members, CancellationToken stop) =>
        await db.Members.IgnoreQueryFilters(TenantScoping.Unseen).AsNoTracking().Where(m => m.DeactivatedAt == null && EF.Parameter(members).Contains(m.Id))
            .Select(m => new Hearer(m.Id, m.TimeZone, db.Tenants.Where(t => t.Id == m.TenantId).Select(t => t.TimeZone).First(), m.DigestHour, m.DigestDay,
                db.NotificationChoices.Where(c => c.MemberId == m.Id).Select(c => new Wish(c.Kind, c.Way)).ToList()))
            .AsSingleQuery().ToDictionaryAsync(one => one.Id, stop);

    private static NotificationWay WayOf(Hearer hearer, NotificationKind kind) => hearer.Wishes.Find(wish => wish.Kind == kind)?.Way ?? kind.DefaultWay();

    private static DateTime? MailOf(Hearer hearer, NotificationWay way, DateTime now) => way switch
    {
        NotificationWay.Mail => now,
        NotificationWay.Digest => WallClock.Next(now, NotificationReading.ZoneOf(hearer.TimeZone ?? hearer.TenantTimeZone), hearer.DigestHour, hearer.DigestDay),
        _ => null,
    };

    /// <summary>Tells members that the time of cases runs out, or ran out. In the transaction that says so of the cases.</summary>
    internal static async Task TellOfCases(CrmDb db, NotificationKind kind, IReadOnlyList<(long Member, long Case, long Customer)> told, DateTime now, CancellationToken stop)
    {
        var hearers = await Hearers(db, [.. told.Select(one => one.Member).Distinct()], stop);
        var fresh = told.Where(one => hearers.TryGetValue(one.Member, out var hearer) && WayOf(hearer, kind) != NotificationWay.Nothing)
            .Select(one => new Notification(one.Member, kind, null, now)
            {
                CustomerId = one.Customer,
                CaseId = one.Case,
                Count = 1,
                MailDueAt = MailOf(hearers[one.Member], WayOf(hearers[one.Member], kind), now),
            }).ToList();
        await db.BulkInsert(fresh, stop);
        await db.NotificationsChange([.. fresh.Select(n => n.MemberId).Distinct()], stop);
    }

    /// <summary>Tells whoever asked for a job that it ended. In the transaction that ends it, of a scope inside the tenant.</summary>
    internal static async Task TellJobEnded(CrmDb db, ClaimedJob job, DateTime now, CancellationToken stop)
    {
        if (!(await Hearers(db, [job.MemberId], stop)).TryGetValue(job.MemberId, out var hearer)) return;
        var way = WayOf(hearer, NotificationKind.Job);
        if (way == NotificationWay.Nothing) return;
        await db.BulkInsert([new Notification(job.MemberId, NotificationKind.Job, null, now) { JobNumber = job.Id, Count = 1, MailDueAt = MailOf(hearer, way, now) }], stop);
        await db.NotificationsChange([job.MemberId], stop);
    }
}
