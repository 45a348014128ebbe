using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>Something that happened to a customer, written in the transaction of the fact. Journeys and webhooks read these rows; they never change.</summary>
public sealed class CustomerEvent : TenantOwned
{
    public const int KindLength = 40;
    public const string InteractionLogged = "interaction-logged";
    public const string InteractionPlanned = "interaction-planned";

    private CustomerEvent() { }

    public CustomerEvent(string kind, long? memberId, DateTime occurredAt) => (Kind, MemberId, OccurredAt) = (kind, memberId, occurredAt);

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public string Kind { get; private set; } = "";

    public long? MemberId { get; private set; }

    public DateTime OccurredAt { get; private set; }
}
