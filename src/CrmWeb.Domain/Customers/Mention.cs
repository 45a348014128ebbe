using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>A member is named in the text of an interaction or of a task. Gives no right to see either.</summary>
public sealed class Mention : TenantOwned
{
    private Mention() { }

    /// <param name="isCopied">The text is that of another record, of which the member was told.</param>
    public Mention(long memberId, bool isCopied = false) => (MemberId, IsCopied) = (memberId, isCopied);

    public long? InteractionId { get; private set; }

    public Interaction? Interaction { get; private set; }

    public long? TaskId { get; private set; }

    public CrmTask? Task { get; private set; }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    /// <summary>Not stored: nobody is told of it.</summary>
    public bool IsCopied { get; }
}
