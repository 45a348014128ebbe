using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <param name="UnitPrice">Minor units of the deal's currency.</param>
public sealed record DealLineDetails(long ProductId, int Quantity, long UnitPrice);

/// <summary>A product that a deal is about.</summary>
public sealed class DealLine : TenantOwned
{
    private DealLine() { }

    public DealLine(DealLineDetails d, int position) => (ProductId, Quantity, UnitPrice, Position) = (d.ProductId, d.Quantity, d.UnitPrice, position);

    public long DealId { get; private set; }

    public Deal? Deal { get; private set; }

    public long ProductId { get; private set; }

    public Product? Product { get; private set; }

    /// <summary>How many, 1 or more.</summary>
    public int Quantity { get; private set; }

    public long UnitPrice { get; private set; }

    public int Position { get; private set; }

    /// <summary>Minor units of the deal's currency.</summary>
    public long Total => checked(Quantity * UnitPrice);

    public DealLineDetails Details => new(ProductId, Quantity, UnitPrice);
}

/// <summary>That a deal stood in a stage, from when to when. Written with each move and never changed after it ended.</summary>
public sealed class StageStay : TenantOwned
{
    private StageStay() { }

    public StageStay(long stageId, long? memberId, DateTime now) => (StageId, MemberId, EnteredAt) = (stageId, memberId, now);

    public long DealId { get; private set; }

    public Deal? Deal { get; private set; }

    public long StageId { get; private set; }

    public Stage? Stage { get; private set; }

    /// <summary>Who moved it there.</summary>
    public long? MemberId { get; private set; }

    public DateTime EnteredAt { get; private set; }

    /// <summary>Null while it stands there.</summary>
    public DateTime? LeftAt { get; private set; }

    internal void Leave(DateTime now) => LeftAt = now;
}
