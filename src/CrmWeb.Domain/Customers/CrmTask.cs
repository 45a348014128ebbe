using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

public enum Priority
{
    Low = 0,
    Normal = 1,
    High = 2,
}

public enum Repeat
{
    Never = 0,
    Daily = 1,
    Weekly = 2,
    Monthly = 3,
    Yearly = 4,
}

/// <summary>Something to do by a date. (The word is Task; the class is called so to keep clear of System.Threading.Tasks.Task.)</summary>
public sealed class CrmTask : TenantOwned, IVersioned, IDeletable
{
    public const int TitleLength = 200;
    public const int NoteLength = 8_000;

    private CrmTask() { }

    public CrmTask(string title, DateOnly dueOn, long ownerId, long createdById, DateTime now)
    {
        CreatedAt = now;
        CreatedById = createdById;
        Change(title, dueOn, ownerId);
    }

    public string Title { get; private set; } = "";

    public string? Note { get; set; }

    /// <summary>The day it is due, in the owner's time zone.</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>The day the repetition counts from: its day of the month survives short months (31 → 28 → 31).</summary>
    public DateOnly RepeatFrom { get; private set; }

    public Priority Priority { get; set; } = Priority.Normal;

    public Repeat Repeat { get; set; }

    public long OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public long CreatedById { get; private set; }

    public long? CustomerId { get; set; }

    public Customer? Customer { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime? DoneAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whoever the note names (see <see cref="MentionText"/>).</summary>
    public List<Mention> Mentions { get; private set; } = [];

    public void Change(string title, DateOnly dueOn, long ownerId)
    {
        if (dueOn != DueOn) RepeatFrom = dueOn;
        (Title, DueOn, OwnerId) = (title.Trim(), dueOn, ownerId);
    }

    /// <summary>Ticks the task off. A repeating one answers the next task: the first day of its rhythm after both the due day and today.</summary>
    public CrmTask? Complete(DateTime now, DateOnly today)
    {
        if (DoneAt is not null) return null;
        DoneAt = now;
        if (Repeat == Repeat.Never) return null;

        var next = new CrmTask(Title, NextDue(today), OwnerId, CreatedById, now)
        {
            Note = Note,
            Priority = Priority,
            Repeat = Repeat,
            CustomerId = CustomerId,
            RepeatFrom = RepeatFrom,
        };
        // whom the note names, the next one names too
        next.Mentions.AddRange(MentionText.Ids(Note).Select(member => new Mention(member, isCopied: true)));
        return next;
    }

    public void Reopen() => DoneAt = null;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    private DateOnly NextDue(DateOnly today)
    {
        var after = DueOn > today ? DueOn : today;
        for (var n = 1; ; n++)
        {
            var day = Repeat switch
            {
                Repeat.Daily => after.AddDays(n),
                Repeat.Weekly => DueOn.AddDays(7 * n),
                Repeat.Monthly => RepeatFrom.AddMonths(n),
                _ => RepeatFrom.AddYears(n),
            };
            if (day > after) return day;
        }
    }
}
