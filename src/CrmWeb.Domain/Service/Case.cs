using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Service;

/// <summary>A complaint or a question of a customer, with clocks for the first answer and for the end of it.</summary>
public sealed class Case : TenantOwned, IVersioned, IDeletable, ICaseTimes
{
    public const int SubjectLength = 200;
    public const int DescriptionLength = 16_000;

    private Case() { }

    public Case(Customer customer, CaseDetails details, SlaClock clock, long? memberId, DateTime now)
    {
        (Customer, OpenedAt) = (customer, now);
        Change(details, clock, now);
        customer.Happened(CustomerEvent.CaseOpened, memberId, now);
    }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public CaseKind Kind { get; private set; }

    public CaseState State { get; private set; }

    public string Subject { get; private set; } = "";

    public string? Description { get; private set; }

    public Channel Channel { get; private set; }

    public Priority Priority { get; private set; }

    public long? OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public long? TeamId { get; private set; }

    public Team? Team { get; private set; }

    /// <summary>The product it is about.</summary>
    public long? ProductId { get; private set; }

    /// <summary>The order it is about.</summary>
    public long? OrderId { get; private set; }

    public DateTime OpenedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    /// <summary>When the first answer must be given; null where no rule says so. Moves on by the time in which the clocks stood, until it is answered.</summary>
    public DateTime? AnswerDueAt { get; private set; }

    /// <summary>When it must be resolved; likewise.</summary>
    public DateTime? ResolveDueAt { get; private set; }

    /// <summary>The earlier of the two that still run; null while none does: it waits, it is resolved, or nothing was promised.</summary>
    public DateTime? NextDueAt { get; private set; }

    /// <summary>When the owner is to be warned of <see cref="NextDueAt"/>.</summary>
    public DateTime? WarnAt { get; private set; }

    public DateTime? AnsweredAt { get; private set; }

    /// <summary>Business minutes until the first answer, without waits: as the calendar was then.</summary>
    public int? AnsweredInMinutes { get; private set; }

    public DateTime? ResolvedAt { get; private set; }

    /// <summary>Business minutes until it was resolved, likewise.</summary>
    public int? ResolvedInMinutes { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    /// <summary>Since when it waits for the customer.</summary>
    public DateTime? WaitingSince { get; private set; }

    /// <summary>Business minutes in which its clocks stood: it waited for the customer, or was resolved. Without the present wait.</summary>
    public int WaitedMinutes { get; private set; }

    /// <summary>Since when it had waited, where a contact of the customer ended the wait and nothing was done since; the way back, if that contact was none.</summary>
    public DateTime? EndedWaitSince { get; private set; }

    /// <summary>The business minutes of that wait.</summary>
    public int? EndedWaitMinutes { get; private set; }

    /// <summary>When the owner was warned that a clock runs out.</summary>
    public DateTime? WarnedAt { get; private set; }

    /// <summary>When a clock had run out and the escalation began.</summary>
    public DateTime? EscalatedAt { get; private set; }

    public long? RootCauseId { get; private set; }

    public Reason? RootCause { get; private set; }

    public string? RootCauseNote { get; private set; }

    /// <summary>What was done about it, in words.</summary>
    public string? Resolution { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public bool IsOpen => State is CaseState.New or CaseState.Open or CaseState.Waiting;

    /// <summary>Takes over what was typed; the clocks that still run follow the priority.</summary>
    public void Change(CaseDetails d, SlaClock clock, DateTime now)
    {
        (Kind, Subject, Channel, Priority) = (d.Kind, d.Subject.Trim(), d.Channel, d.Priority);
        (OwnerId, TeamId, ProductId, OrderId) = (d.OwnerId, d.TeamId, d.ProductId, d.OrderId);
        Description = string.IsNullOrWhiteSpace(d.Description) ? null : d.Description;
        UpdatedAt = now;
        Due(clock, now);
    }

    /// <summary>Calendar, rules or the customer's tier are others now.</summary>
    public void Due(SlaClock clock, DateTime now)
    {
        if (AnsweredAt is null) AnswerDueAt = clock.Due(OpenedAt, clock.AnswerMinutes, WaitedMinutes);
        if (ResolvedAt is null) ResolveDueAt = clock.Due(OpenedAt, clock.ResolveMinutes, WaitedMinutes);
        var runs = IsOpen && State != CaseState.Waiting;
        var (answer, resolve) = (runs && AnsweredAt is null ? AnswerDueAt : null, runs ? ResolveDueAt : null);
        var answerFirst = answer is not null && !(resolve < answer);
        NextDueAt = answerFirst ? answer : resolve;
        WarnAt = NextDueAt is null ? null : clock.Warning(OpenedAt, answerFirst ? clock.AnswerMinutes : clock.ResolveMinutes, WaitedMinutes);
        // what was warned of and escalated was another clock, or this one before it got more time
        if (WarnAt > now) WarnedAt = null;
        if (NextDueAt > now) EscalatedAt = null;
    }

    /// <summary>The first answer was given; false where one was, or the case is over.</summary>
    public bool Answer(DateTime at, SlaClock clock, DateTime now)
    {
        if (AnsweredAt is not null || !IsOpen) return false;
        var answered = at < OpenedAt ? OpenedAt : at;
        // the wait that still lasts does not count either, as far as it lasted by then
        var stood = WaitedMinutes + (WaitingSince is { } since ? clock.Calendar.Minutes(since, answered) : 0);
        (AnsweredAt, AnswerDueAt) = (answered, clock.Due(OpenedAt, clock.AnswerMinutes, stood));
        AnsweredInMinutes = Math.Max(0, clock.Calendar.Minutes(OpenedAt, answered) - stood);
        if (State == CaseState.New) State = CaseState.Open;
        UpdatedAt = now;
        Due(clock, now);
        return true;
    }

    /// <summary>It was no answer after all; false where none was given, or the case is over.</summary>
    public bool TakeBackAnswer(SlaClock clock, DateTime now)
    {
        if (AnsweredAt is null || !IsOpen) return false;
        (AnsweredAt, AnsweredInMinutes, UpdatedAt) = (null, null, now);
        Due(clock, now);
        return true;
    }

    /// <summary>Somebody works on it, or works on it again: its clocks go on where they stood. False when it is open already.</summary>
    public bool Open(SlaClock clock, DateTime now)
    {
        if (State == CaseState.Open) return false;
        Go(clock, now);
        (State, ResolvedAt, ResolvedInMinutes, ClosedAt, UpdatedAt) = (CaseState.Open, null, null, null, now);
        Due(clock, now);
        return true;
    }

    /// <summary>The customer said something: it waits no more. False when it did not wait.</summary>
    public bool EndWait(SlaClock clock, DateTime now)
    {
        var (since, before) = (WaitingSince, WaitedMinutes);
        if (since is null || !Open(clock, now)) return false;
        (EndedWaitSince, EndedWaitMinutes) = (since, WaitedMinutes - before);
        return true;
    }

    /// <summary>They said nothing after all: it waits since it waited. False when something else was done with it since.</summary>
    public bool TakeBackEndOfWait(SlaClock clock, DateTime now)
    {
        if (State != CaseState.Open || EndedWaitSince is not { } since) return false;
        (State, WaitingSince, WaitedMinutes, UpdatedAt, EndedWaitSince, EndedWaitMinutes) = (CaseState.Waiting, since, Math.Max(0, WaitedMinutes - (EndedWaitMinutes ?? 0)), now, null, null);
        Due(clock, now);
        return true;
    }

    /// <summary>The customer is to say something; false when it is over, or waits already.</summary>
    public bool Wait(DateTime now)
    {
        if (!IsOpen || State == CaseState.Waiting) return false;
        (State, WaitingSince, UpdatedAt) = (CaseState.Waiting, now, now);
        (NextDueAt, WarnAt, EndedWaitSince, EndedWaitMinutes) = (null, null, null, null);
        return true;
    }

    /// <summary><see cref="Customer"/> must be loaded. False when it is over already.</summary>
    public bool Resolve(string? resolution, long? rootCauseId, string? rootCauseNote, SlaClock clock, long? memberId, DateTime now)
    {
        if (!IsOpen) return false;
        Go(clock, now);
        Due(clock, now);
        (State, ResolvedAt, UpdatedAt) = (CaseState.Resolved, now, now);
        ResolvedInMinutes = Math.Max(0, clock.Calendar.Minutes(OpenedAt, now) - WaitedMinutes);
        (NextDueAt, WarnAt, Resolution) = (null, null, string.IsNullOrWhiteSpace(resolution) ? null : resolution);
        (RootCauseId, RootCauseNote) = (rootCauseId, string.IsNullOrWhiteSpace(rootCauseNote) ? null : rootCauseNote);
        Customer!.Happened(CustomerEvent.CaseResolved, memberId, now);
        return true;
    }

    /// <summary>It was resolved too early: it is as new as it was, or waits since it waited. False when it is not resolved.</summary>
    public bool TakeBackResolve(bool wasNew, DateTime? waitedSince, SlaClock clock, DateTime now)
    {
        if (State != CaseState.Resolved || !Open(clock, now)) return false;
        if (waitedSince is { } since) (State, WaitingSince, WaitedMinutes) = (CaseState.Waiting, since, Math.Max(0, WaitedMinutes - clock.Calendar.Minutes(since, now)));
        else if (wasNew) State = CaseState.New;
        Due(clock, now);
        return true;
    }

    /// <summary>Nobody comes back to it: the customer is to be asked how it went. <see cref="Customer"/> must be loaded. False when it is not resolved.</summary>
    public bool Close(long? memberId, DateTime now)
    {
        if (State != CaseState.Resolved) return false;
        (State, ClosedAt, UpdatedAt) = (CaseState.Closed, now, now);
        Customer!.Happened(CustomerEvent.CaseClosed, memberId, now);
        Customer!.Happened(CustomerEvent.SatisfactionDue, memberId, now);
        return true;
    }

    /// <summary>It was closed too early: it is resolved, as before. False when it is not closed.</summary>
    public bool TakeBackClose(DateTime now)
    {
        if (State != CaseState.Closed) return false;
        (State, ClosedAt, UpdatedAt) = (CaseState.Resolved, null, now);
        return true;
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    /// <summary>The clocks stood since it waits, or since it was resolved.</summary>
    private void Go(SlaClock clock, DateTime now)
    {
        if ((WaitingSince ?? ResolvedAt) is { } since) WaitedMinutes += clock.Calendar.Minutes(since, now);
        (WaitingSince, EndedWaitSince, EndedWaitMinutes) = (null, null, null);
    }
}
