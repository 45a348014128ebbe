using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>A contact as the API tells it.</summary>
[Example("""{"id":901,"customerId":41,"memberId":3,"channel":"call","direction":"outbound","occurredAt":"2026-11-22T09:45:00Z","isPlanned":false,"subject":"First call","body":"Wants an offer by Friday.","outcome":"interested","minutes":12,"createdAt":"2026-11-22T09:58:00Z","updatedAt":"2026-11-22T09:58:00Z"}""")]
public sealed record InteractionJson(
    long Id, long CustomerId, long MemberId, Channel Channel, Direction Direction, DateTime OccurredAt, bool IsPlanned, string? Subject, string? Body, Outcome Outcome,
    int? Minutes, DateTime CreatedAt, DateTime UpdatedAt);

/// <summary>What is read of a contact for the API.</summary>
internal sealed record InteractionReading(InteractionJson Json, int Version)
{
    public static readonly Expression<Func<Interaction, InteractionReading>> Of = i => new InteractionReading(
        new InteractionJson(i.Id, i.CustomerId, i.MemberId, i.Channel, i.Direction, i.OccurredAt, i.IsPlanned, i.Subject, i.Body, i.Outcome, i.Minutes, i.CreatedAt, i.UpdatedAt), i.Version);
}

/// <summary>What a program may say about a contact. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"channel":"call","direction":"outbound","occurredAt":"2026-11-22T09:45:00Z","subject":"First call","body":"Wants an offer by Friday.","outcome":"interested","minutes":12}""")]
public sealed record InteractionInput
{
    public Channel Channel { get; init; }
    public Direction Direction { get; init; }

    /// <summary>Now, unless said. A time to come makes it a planned contact.</summary>
    public DateTime? OccurredAt { get; init; }

    /// <summary>False says of a planned contact that it took place.</summary>
    public bool? IsPlanned { get; init; }

    public string? Subject { get; init; }
    public string? Body { get; init; }
    public Outcome Outcome { get; init; }
    public int? Minutes { get; init; }

    public static InteractionInput Of(Interaction i) => new()
    {
        Channel = i.Channel,
        Direction = i.Direction,
        OccurredAt = i.OccurredAt,
        IsPlanned = i.IsPlanned,
        Subject = i.Subject,
        Body = i.Body,
        Outcome = i.Outcome,
        Minutes = i.Minutes,
    };

    public InteractionForm ToForm(long customerId, CurrentMember me) => new()
    {
        CustomerId = customerId,
        Channel = Channel,
        Direction = Direction,
        At = OccurredAt is { } at ? me.ToLocal(at) : null,
        Subject = Subject,
        Body = Body,
        Outcome = Outcome,
        Minutes = Minutes,
    };

    public InteractionDetails ToDetails(DateTime now)
    {
        var at = OccurredAt ?? now;
        return new()
        {
            Channel = Channel,
            Direction = Direction,
            OccurredAt = at,
            IsPlanned = at > now || IsPlanned == true,
            Subject = Subject,
            Body = Body,
            Outcome = Outcome,
            Minutes = Minutes,
        };
    }
}
