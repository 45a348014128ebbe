using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Cases;

/// <summary>A case as the API tells it. Minutes are business time, without waits for the customer.</summary>
[Example("""{"id":12,"customerId":41,"kind":"complaint","state":"open","subject":"Grinder is broken","description":null,"channel":"email","priority":"high","ownerId":3,"teamId":null,"productId":7,"orderId":null,"openedAt":"2026-11-22T09:30:00Z","updatedAt":"2026-11-22T10:05:00Z","answerDueAt":"2026-11-22T13:30:00Z","resolveDueAt":"2026-11-24T09:30:00Z","nextDueAt":"2026-11-24T09:30:00Z","answeredAt":"2026-11-22T10:05:00Z","answeredInMinutes":35,"resolvedAt":null,"resolvedInMinutes":null,"closedAt":null,"waitingSince":null,"waitedMinutes":0,"escalatedAt":null,"rootCauseId":null,"rootCauseNote":null,"resolution":null}""")]
public sealed record CaseJson(
    long Id, long CustomerId, CaseKind Kind, CaseState State, string Subject, string? Description, Channel Channel, Priority Priority, long? OwnerId, long? TeamId, long? ProductId,
    long? OrderId, DateTime OpenedAt, DateTime UpdatedAt, DateTime? AnswerDueAt, DateTime? ResolveDueAt, DateTime? NextDueAt, DateTime? AnsweredAt, int? AnsweredInMinutes,
    DateTime? ResolvedAt, int? ResolvedInMinutes, DateTime? ClosedAt, DateTime? WaitingSince, int WaitedMinutes, DateTime? EscalatedAt, long? RootCauseId, string? RootCauseNote,
    string? Resolution);

/// <summary>What is read of a case for the API.</summary>
internal sealed record CaseReading(CaseJson Json, int Version)
{
    public static readonly Expression<Func<Case, CaseReading>> Of = c => new CaseReading(
        new CaseJson(
            c.Id, c.CustomerId, c.Kind, c.State, c.Subject, c.Description, c.Channel, c.Priority, c.OwnerId, c.TeamId, c.ProductId, c.OrderId, c.OpenedAt, c.UpdatedAt, c.AnswerDueAt,
            c.ResolveDueAt, c.NextDueAt, c.AnsweredAt, c.AnsweredInMinutes, c.ResolvedAt, c.ResolvedInMinutes, c.ClosedAt, c.WaitingSince, c.WaitedMinutes, c.EscalatedAt, c.RootCauseId,
            c.RootCauseNote, c.Resolution), c.Version);
}

/// <summary>What a program may say about a case. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"customerId":41,"kind":"complaint","subject":"Grinder is broken","channel":"email","priority":"high"}""")]
public sealed record CaseInput
{
    /// <summary>Stays once the case is there.</summary>
    public long? CustomerId { get; init; }

    public CaseKind Kind { get; init; }
    public string? Subject { get; init; }
    public string? Description { get; init; }
    public Channel Channel { get; init; }
    public Priority? Priority { get; init; }
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public long? ProductId { get; init; }

    /// <summary>An order of this customer.</summary>
    public long? OrderId { get; init; }

    /// <summary>True: the first answer is given now. It is taken back on the page alone.</summary>
    public bool? Answered { get; init; }

    /// <summary>Where it goes: open (again), waiting, resolved or closed; without it the case stays where it is. Only what is resolved can be closed.</summary>
    public CaseState? State { get; init; }

    /// <summary>What was done about it; taken with state resolved.</summary>
    public string? Resolution { get; init; }

    public long? RootCauseId { get; init; }
    public string? RootCauseNote { get; init; }

    public static CaseInput Of(Case its) => new()
    {
        CustomerId = its.CustomerId,
        Kind = its.Kind,
        Subject = its.Subject,
        Description = its.Description,
        Channel = its.Channel,
        Priority = its.Priority,
        OwnerId = its.OwnerId,
        TeamId = its.TeamId,
        ProductId = its.ProductId,
        OrderId = its.OrderId,
        Resolution = its.Resolution,
        RootCauseId = its.RootCauseId,
        RootCauseNote = its.RootCauseNote,
    };

    public CaseForm ToForm() => new()
    {
        CustomerId = CustomerId,
        Kind = Kind,
        Subject = Subject,
        Description = Description,
        Channel = Channel,
        Priority = Priority ?? Domain.Customers.Priority.Normal,
        OwnerId = OwnerId,
        TeamId = TeamId,
        ProductId = ProductId,
        OrderId = OrderId,
    };

    public ResolutionForm ToResolution() => new() { Resolution = Resolution, RootCauseId = RootCauseId, RootCauseNote = RootCauseNote };
}
