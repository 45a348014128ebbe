using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;

namespace CrmWeb.Web.Features.Today;

/// <summary>An open task of the member that is due or overdue.</summary>
public sealed record DueTask(long Id, string Title, DateOnly DueOn, Priority Priority, Repeat Repeat, long? CustomerId, string? CustomerName);

/// <summary>A contact of the member that is planned for today, or was missed.</summary>
public sealed record PlannedContact(long Id, Channel Channel, DateTime At, string? Subject, long CustomerId, string CustomerName);

/// <summary>A customer who has not heard from us for longer than the cadence that counts allows.</summary>
/// <param name="LastAt">UTC; null when there was no contact yet.</param>
public sealed record DueContact(long Id, string Name, CustomerKind Kind, LifecycleStage Stage, DateTime? LastAt, DateTime Since, int DaysLate);

/// <summary>The first rows of a list, and how many there are at least.</summary>
public sealed record FirstOf<T>(IReadOnlyList<T> Rows, bool More)
{
    /// <summary>7, or 30+ where the list goes on.</summary>
    public CappedCount Count => new(Rows.Count, More);

    public static FirstOf<T> Take(IReadOnlyList<T> rows, int size) => rows.Count > size ? new([.. rows.Take(size)], true) : new(rows, false);
}

/// <summary>A stage or a tier with a cadence: whoever of it was last heard from before the day is due.</summary>
/// <param name="Query">Of the list of customers, which shows those.</param>
public sealed record RhythmDue(string Name, string Query);

public sealed record TodayPage(
    DateOnly Day, DateTime Now, FirstOf<DueTask> Overdue, FirstOf<DueTask> Due, FirstOf<PlannedContact> Planned, FirstOf<DueContact> Contacts,
    bool Everybody, IReadOnlyList<RhythmDue> Rhythm)
{
    public bool AllDone => Overdue.Rows.Count == 0 && Due.Rows.Count == 0 && Planned.Rows.Count == 0 && Contacts.Rows.Count == 0;
}
