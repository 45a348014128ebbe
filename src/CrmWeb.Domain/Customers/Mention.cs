using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>A member is named in the text of an interaction or of a task. Gives no right to see either.</summary>
public sealed class Mention : TenantOwned
{
    private Mention() { }

    public Mention(long memberId) => MemberId = memberId;

    public long? InteractionId { get; private set; }

    public Interaction? Interaction { get; private set; }

    public long? TaskId { get; private set; }

    public CrmTask? Task { get; private set; }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }
}
