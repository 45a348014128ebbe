using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.Duplicates;

public enum DuplicateState
{
    Open = 0,
    NotADuplicate = 1,
    Merged = 2,
}

/// <summary>Two customers who may be the same one, found by a scan. What somebody decided about them is remembered by later scans.</summary>
public sealed class DuplicatePair : TenantOwned
{
    private DuplicatePair() { }

    public DuplicatePair(long one, long other, Likeness likeness, DateTime now) =>
        (FirstId, SecondId, Score, Reasons, FoundAt) = (Math.Min(one, other), Math.Max(one, other), likeness.Score, likeness.Reasons, now);

    /// <summary>The one that was there first.</summary>
    public long FirstId { get; private set; }

    public Customer? First { get; private set; }

    public long SecondId { get; private set; }

    public Customer? Second { get; private set; }

    /// <summary>From 0 to 100.</summary>
    public int Score { get; private set; }

    public DuplicateReason Reasons { get; private set; }

    public DuplicateState State { get; private set; }

    public DateTime FoundAt { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public long? DecidedById { get; private set; }

    public Member? DecidedBy { get; private set; }

    public void IsNone(long memberId, DateTime now) => (State, DecidedById, DecidedAt) = (DuplicateState.NotADuplicate, memberId, now);

    public void Open() => (State, DecidedById, DecidedAt) = (DuplicateState.Open, null, null);
}
