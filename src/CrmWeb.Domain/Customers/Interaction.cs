using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>What a person says about a contact.</summary>
public sealed record InteractionDetails
{
    public Channel Channel { get; init; }
    public Direction Direction { get; init; }

    /// <summary>UTC. Of a planned contact: when it shall take place.</summary>
    public required DateTime OccurredAt { get; init; }

    public bool IsPlanned { get; init; }
    public string? Subject { get; init; }
    public string? Body { get; init; }
    public Outcome Outcome { get; init; }

    /// <summary>Whole minutes the contact took; null when nobody said.</summary>
    public int? Minutes { get; init; }
}

/// <summary>One contact with a customer, in either direction, past or planned.</summary>
public sealed class Interaction : TenantOwned, IVersioned, IDeletable
{
    public const int ExternalIdLength = CustomerDetails.ExternalIdLength;
    public const int SubjectLength = 200;
    public const int BodyLength = 32_000;
    public const int MaxMinutes = 24 * 60;

    private Interaction() { }

    internal Interaction(Customer customer, InteractionDetails details, long memberId, DateTime now)
    {
        Customer = customer;
        MemberId = memberId;
        CreatedAt = now;
        Change(details, now);
    }

    /// <summary>One of many alike; whoever writes them names the customers (see <see cref="Customer.Log"/> for a single one).</summary>
    public static Interaction OfMany(InteractionDetails details, long memberId, DateTime now, long? importId = null, string? externalId = null)
    {
        var interaction = new Interaction { MemberId = memberId, CreatedAt = now, ImportId = importId, ExternalId = externalId };
        interaction.Change(details, now);
        return interaction;
    }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    /// <summary>Who was in contact, or is going to be.</summary>
    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public Channel Channel { get; private set; }

    public Direction Direction { get; private set; }

    public DateTime OccurredAt { get; private set; }

    /// <summary>True until a planned contact took place; planned ones do not count as contact.</summary>
    public bool IsPlanned { get; private set; }

    public string? Subject { get; private set; }

    public string? Body { get; private set; }

    public Outcome Outcome { get; private set; }

    public int? Minutes { get; private set; }

    /// <summary>The roles the member had when the cost was first told, so that it stays when they change; none until then.</summary>
    public Role MemberRoles { get; private set; }

    /// <summary>What the logged minutes cost, in minor units of the tenant's currency; null while nobody said what the hour does. Kept by statement.</summary>
    public long? ServiceCost { get; private set; }

    /// <summary>What the contact itself cost by its channel; likewise.</summary>
    public long? ContactCost { get; private set; }

    /// <summary>The import that made this row, so that it can be reverted.</summary>
    public long? ImportId { get; private set; }

    /// <summary>What the program it came from knows it by: a file that comes again does not make it twice.</summary>
    public string? ExternalId { get; private set; }

    public List<Attachment> Attachments { get; private set; } = [];

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>Whoever the text names (see <see cref="MentionText"/>).</summary>
    public List<Mention> Mentions { get; private set; } = [];

    public void Change(InteractionDetails d, DateTime now)
    {
        (Channel, Direction, OccurredAt, IsPlanned) = (d.Channel, d.Direction, d.OccurredAt, d.IsPlanned);
        (Subject, Body, Outcome, Minutes) = (Text(d.Subject)?.Trim(), Text(d.Body), d.Outcome, d.Minutes);
        UpdatedAt = now;
    }

    /// <summary>Puts the contact back on the calendar, as it was before somebody said that it took place.</summary>
    public void PlanAgain(DateTime at, DateTime now) => (IsPlanned, OccurredAt, Outcome, UpdatedAt) = (true, at, Outcome.None, now);

    internal void TookPlace(Outcome outcome, DateTime now)
    {
        IsPlanned = false;
        // it cannot have happened later than now
        OccurredAt = OccurredAt < now ? OccurredAt : now;
        (Outcome, UpdatedAt) = (outcome, now);
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed;
}
