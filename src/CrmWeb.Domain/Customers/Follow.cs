using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>
/// What a member said about one customer: that they follow it, or that they do not although they own it. Without a word the owner follows who wants to
/// follow what they own (<see cref="Member.FollowsOwned"/>).
/// </summary>
public sealed class Follow : TenantOwned
{
    private Follow() { }

    public Follow(long customerId, long memberId, bool isOn, DateTime now) => (CustomerId, MemberId, IsOn, At) = (customerId, memberId, isOn, now);

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public bool IsOn { get; private set; }

    public DateTime At { get; private set; }

    public void Say(bool isOn, DateTime now) => (IsOn, At) = (isOn, now);
}
