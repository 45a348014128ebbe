using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmWeb.Data.Service;

/// <summary>Contacts that are about a case. The first that goes out is the first answer; one that comes in ends the wait for the customer.</summary>
public static class CaseContacts
{
    /// <summary>Says that a new contact is about a case. Both are tracked.</summary>
    public static async Task Concern(this CrmDb db, Case its, Interaction contact, DateTime now, CancellationToken stop)
    {
        db.CaseInteractions.Add(new CaseInteraction(its, contact));
        if (contact.IsPlanned || contact.Channel == Channel.Note || !its.IsOpen) return;
        await db.Entry(its).Reference(c => c.Customer).LoadAsync(stop);
        var clock = (await ServiceClocks.Read(db, stop)).For(its);
        if (contact.Direction == Direction.Inbound) EndWait(its, contact.OccurredAt, clock, now);
        else if (its.AnsweredAt is null || contact.OccurredAt < its.AnsweredAt) PutAnswer(its, contact.OccurredAt, clock, now);
    }

    /// <summary>
    /// A planned contact took place, another one is told otherwise, deleted or back: the clocks of its open case follow, in the same save. False when there is
    /// nothing to follow. After changes were detected.
    /// </summary>
    internal static async Task<bool> FollowContacts(this CrmDb db, CancellationToken stop)
    {
        var changed = db.ChangeTracker.Entries<Interaction>().Where(e => e.State == EntityState.Modified && IsOther(e)).ToDictionary(e => e.Entity.Id);
        if (changed.Count == 0) return false;
        List<long> ids = [.. changed.Keys];
        var about = await db.CaseInteractions.Where(x => ids.Contains(x.InteractionId)).Select(x => new { x.CaseId, x.InteractionId }).ToListAsync(stop);
        if (about.Count == 0) return false;
        var clocks = await ServiceClocks.Read(db, stop);
        foreach (var of in about.GroupBy(x => x.CaseId, x => changed[x.InteractionId]))
        {
            var its = await db.Cases.Include(c => c.Customer).SingleOrDefaultAsync(c => c.Id == of.Key, stop);
            if (its is { IsOpen: true, Customer: not null }) await Follow(db, its, [.. of], clocks.For(its), stop);
        }

        return true;
    }

    private static async Task Follow(CrmDb db, Case its, List<EntityEntry<Interaction>> changed, SlaClock clock, CancellationToken stop)
    {
        List<long> ids = [.. changed.Select(e => e.Entity.Id)];
        var others = db.CaseInteractions.Where(x => x.CaseId == its.Id && !ids.Contains(x.InteractionId)).Select(x => x.Interaction!)
            .Where(i => !i.IsPlanned && i.Channel != Channel.Note && i.Direction == Direction.Outbound);
        var first = changed.Where(e => Counts(e.CurrentValues, Direction.Outbound)).Select(e => (DateTime?)e.Entity.OccurredAt).Append(await others.MinAsync(i => (DateTime?)i.OccurredAt, stop)).Min();
        if (first < its.OpenedAt) first = its.OpenedAt;
        // an answer that somebody gave without a contact stays, unless a contact was earlier
        var was = changed.Exists(e => Counts(e.OriginalValues, Direction.Outbound) && Later(At(e.OriginalValues), its.OpenedAt) == its.AnsweredAt);
        if (first != its.AnsweredAt && (its.AnsweredAt is null || was || first < its.AnsweredAt)) PutAnswer(its, first, clock, db.Now);
        foreach (var e in changed.Where(e => Counts(e.CurrentValues, Direction.Inbound) && !Counts(e.OriginalValues, Direction.Inbound))) EndWait(its, e.Entity.OccurredAt, clock, db.Now);
        if (its.EndedWaitSince is { } since && changed.Exists(e => Counts(e.OriginalValues, Direction.Inbound) && !Counts(e.CurrentValues, Direction.Inbound) && Follows(At(e.OriginalValues), since))
            && !await SaidSince(db, its, changed, ids, since, stop)) its.TakeBackEndOfWait(clock, db.Now);
    }

    /// <summary>Whether another contact came in that ended the wait as well.</summary>
    private static async Task<bool> SaidSince(CrmDb db, Case its, List<EntityEntry<Interaction>> changed, List<long> ids, DateTime since, CancellationToken stop)
    {
        var from = Minute(since);
        return changed.Exists(e => Counts(e.CurrentValues, Direction.Inbound) && Follows(e.Entity.OccurredAt, since))
            || await db.CaseInteractions.Where(x => x.CaseId == its.Id && !ids.Contains(x.InteractionId)).Select(x => x.Interaction!)
                .AnyAsync(i => !i.IsPlanned && i.Channel != Channel.Note && i.Direction == Direction.Inbound && i.OccurredAt >= from, stop);
    }

    private static void PutAnswer(Case its, DateTime? at, SlaClock clock, DateTime now)
    {
        its.TakeBackAnswer(clock, now);
        if (at is { } first) its.Answer(first, clock, now);
    }

    private static void EndWait(Case its, DateTime at, SlaClock clock, DateTime now)
    {
        if (its.WaitingSince is { } since && Follows(at, since)) its.EndWait(clock, now);
    }

    // what came in before it began to wait is not what is waited for; a form says the minute alone
    private static bool Follows(DateTime at, DateTime since) => at >= Minute(since);

    private static DateTime Minute(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    private static bool IsOther(EntityEntry<Interaction> e) =>
        e.Property(i => i.IsPlanned).IsModified || e.Property(i => i.OccurredAt).IsModified || e.Property(i => i.Direction).IsModified || e.Property(i => i.Channel).IsModified || e.Property(i => i.DeletedAt).IsModified;

    /// <summary>Whether it was a contact that took place, in this direction.</summary>
    private static bool Counts(PropertyValues contact, Direction way) =>
        !contact.GetValue<bool>(nameof(Interaction.IsPlanned)) && contact.GetValue<Direction>(nameof(Interaction.Direction)) == way
        && contact.GetValue<Channel>(nameof(Interaction.Channel)) != Channel.Note && contact.GetValue<DateTime?>(nameof(Interaction.DeletedAt)) is null;

    private static DateTime At(PropertyValues contact) => contact.GetValue<DateTime>(nameof(Interaction.OccurredAt));

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
