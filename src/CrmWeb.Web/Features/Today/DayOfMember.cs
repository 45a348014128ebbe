using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Today;

/// <summary>The questions behind Today, each answered from the front of an index. "Today" is the member's.</summary>
internal sealed class DayOfMember(CrmDb db, CurrentMember me)
{
    private const int Size = 20;
    private const int People = 10;

    public async Task<FirstOf<DueTask>> Tasks(bool overdue, CancellationToken stop)
    {
        var (id, today) = (me.Id, me.Today);
        var mine = db.Tasks.Where(t => t.OwnerId == id && t.DoneAt == null);
        mine = overdue ? mine.Where(t => t.DueOn < today) : mine.Where(t => t.DueOn == today);
        var rows = await mine.OrderBy(t => t.DueOn).ThenByDescending(t => t.Priority).ThenBy(t => t.Id).Take(Size + 1)
            .Select(t => new DueTask(t.Id, t.Title, t.DueOn, t.Priority, t.Repeat, t.CustomerId, t.Customer!.Name)).ToListAsync(stop);
        return FirstOf<DueTask>.Take(rows, Size);
    }

    /// <summary>Planned up to the end of today; what lies in the past was missed, or nobody said that it took place.</summary>
    public async Task<FirstOf<PlannedContact>> Planned(CancellationToken stop)
    {
        var (id, end) = (me.Id, me.ToUtc(me.Today.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        var rows = await db.Interactions.Where(i => i.MemberId == id && i.IsPlanned && i.OccurredAt < end)
            .OrderBy(i => i.OccurredAt).Take(Size + 1)
            .Select(i => new PlannedContact(i.Id, i.Channel, i.OccurredAt, i.Subject, i.CustomerId, i.Customer!.Name)).ToListAsync(stop);
        return FirstOf<PlannedContact>.Take(rows, Size);
    }

    /// <summary>Customers past the cadence that counts for them, the latest first; the member's own, or all that the member sees.</summary>
    public async Task<FirstOf<DueContact>> Contacts(ContactRhythm rhythm, bool everybody, CancellationToken stop)
    {
        if (rhythm.IsEmpty) return new([], false);
        var id = me.Id;
        var customers = everybody ? db.Customers : db.Customers.Where(c => c.OwnerId == id);
        // one branch a stage and a tier, so that each is read off its index with the last contact and stops early
        var branches = rhythm.Cuts().SelectMany(cut => Branches(customers, cut)).ToList();
        var found = await branches.Skip(1).Aggregate(branches[0], (all, next) => all.Concat(next)).ToListAsync(stop);
        var rows = found.Select(c => new DueContact(c.Id, c.Name, c.Kind, c.Stage, c.LastInteractionAt, c.CreatedAt, Late(c, rhythm.DaysFor(c.Stage, c.TierId)!.Value)))
            .OrderByDescending(c => c.DaysLate).ThenBy(c => c.Id).Take(People + 1).ToList();
        return FirstOf<DueContact>.Take(rows, People);
    }

    private IEnumerable<IQueryable<Candidate>> Branches(IQueryable<Customer> customers, RhythmCut cut)
    {
        var before = me.ToUtc(ContactRhythm.DueBefore(cut.Days, me.Today).ToDateTime(TimeOnly.MinValue));
        var those = customers.Where(cut.Who);
        IQueryable<Customer>[] due =
        [
            those.Where(c => c.LastInteractionAt < before).OrderBy(c => c.LastInteractionAt).Take(People + 1),
            those.Where(c => c.LastInteractionAt == null && c.CreatedAt < before).OrderBy(c => c.CreatedAt).Take(People + 1),
        ];
        return due.Select(some => some.Select(c => new Candidate
        {
            Id = c.Id,
            Name = c.Name,
            Kind = c.Kind,
            Stage = c.Stage,
            TierId = c.EffectiveTierId,
            LastInteractionAt = c.LastInteractionAt,
            CreatedAt = c.CreatedAt,
        }));
    }

    private int Late(Candidate c, int days) =>
        me.Today.DayNumber - DateOnly.FromDateTime(me.ToLocal(c.LastInteractionAt ?? c.CreatedAt)).DayNumber - days;

    private sealed class Candidate
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public CustomerKind Kind { get; init; }
        public LifecycleStage Stage { get; init; }
        public long? TierId { get; init; }
        public DateTime? LastInteractionAt { get; init; }
        public DateTime CreatedAt { get; init; }
    }
}
