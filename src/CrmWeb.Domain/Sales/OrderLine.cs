using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>What a person or a file says of a line.</summary>
public sealed record OrderLineDetails
{
    public long? ProductId { get; init; }

    /// <summary>What was bought, where it is no product of the list.</summary>
    public string? Description { get; init; }

    public required int Quantity { get; init; }

    /// <summary>Minor units of the order's currency; null when only the total is known.</summary>
    public long? UnitPrice { get; init; }

    /// <summary>Minor units; null: quantity times price.</summary>
    public long? Total { get; init; }

    /// <summary>What one cost the tenant, in minor units of the order's currency; null while nobody knows.</summary>
    public long? UnitCost { get; init; }

    /// <summary>Minor units of the whole line.</summary>
    /// <exception cref="OverflowException">It is more than can be kept.</exception>
    public long Sum => Total ?? checked(Quantity * UnitPrice ?? 0);
}

/// <summary>A product, or something in words, that an order is about, and how much of it.</summary>
public sealed class OrderLine : TenantOwned
{
    public const int DescriptionLength = 400;
    public const int MostQuantity = 1_000_000_000;

    private OrderLine() { }

    public OrderLine(OrderLineDetails d, int position)
    {
        (ProductId, Description, Quantity, Position) = (d.ProductId, string.IsNullOrWhiteSpace(d.Description) ? null : d.Description.Trim(), d.Quantity, position);
        (UnitPrice, Total, UnitCost) = (d.UnitPrice, d.Sum, d.UnitCost);
    }

    public long OrderId { get; private set; }

    public Order? Order { get; private set; }

    public long? ProductId { get; private set; }

    public Product? Product { get; private set; }

    public string? Description { get; private set; }

    /// <summary>How many, 1 or more.</summary>
    public int Quantity { get; private set; }

    /// <summary>Minor units of the order's currency; null where only the total is known, which need not divide by the quantity.</summary>
    public long? UnitPrice { get; private set; }

    /// <summary>Minor units of the order's currency.</summary>
    public long Total { get; private set; }

    /// <summary>What one cost the tenant when it was sold; null while nobody knows.</summary>
    public long? UnitCost { get; private set; }

    public int Position { get; private set; }

    /// <summary>What all of it cost the tenant, in minor units; null while nobody knows.</summary>
    public long? Cost => UnitCost is { } one ? checked(one * Quantity) : null;

    public OrderLineDetails Details =>
        new() { ProductId = ProductId, Description = Description, Quantity = Quantity, UnitPrice = UnitPrice, Total = Total, UnitCost = UnitCost };
}
