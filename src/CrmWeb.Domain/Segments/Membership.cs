using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Segments;

/// <summary>A customer is in a segment, or was. One row a stay: who comes back gets another one.</summary>
public sealed class Membership : TenantOwned
{
    private Membership() { }

    public Membership(long segmentId, long customerId, DateTime now) => (SegmentId, CustomerId, EnteredAt) = (segmentId, customerId, now);

    public long SegmentId { get; private set; }

    public Segment? Segment { get; private set; }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public DateTime EnteredAt { get; private set; }

    /// <summary>Null while the customer is in it.</summary>
    public DateTime? LeftAt { get; private set; }
}

/// <summary>How large a segment was at the end of a day, and how many came and went in it.</summary>
public sealed class SegmentSize : TenantOwned
{
    private SegmentSize() { }

    public SegmentSize(long segmentId, DateOnly day, int count, int entered, int left) => (SegmentId, Day, Count, Entered, Left) = (segmentId, day, count, entered, left);

    public long SegmentId { get; private set; }

    public Segment? Segment { get; private set; }

    /// <summary>Where the tenant is.</summary>
    public DateOnly Day { get; private set; }

    public int Count { get; private set; }

    public int Entered { get; private set; }

    public int Left { get; private set; }
}
