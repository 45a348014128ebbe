using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <param name="UnitPrice">Minor units of <paramref name="Currency"/>; null where it is asked for each time.</param>
/// <param name="UnitCost">What one costs the tenant, in minor units of the same currency; null while nobody knows.</param>
public sealed record ProductDetails(string Code, string Name, string? Category, long? UnitPrice, long? UnitCost, string Currency, string? Description = null);

/// <summary>Something the tenant sells: a good or a service.</summary>
public sealed class Product : TenantOwned, IVersioned, IDeletable
{
    public const int CodeLength = 60;
    public const int NameLength = 200;
    public const int CategoryLength = 80;
    public const int DescriptionLength = 4_000;

    /// <summary>Minor units. What many pieces of it come to has a limit of its own, <see cref="Order.MostTotal"/>.</summary>
    public const long MostPrice = 1_000_000_000_000;

    private Product() { }

    public Product(ProductDetails details, DateTime now)
    {
        (CreatedAt, IsActive) = (now, true);
        Change(details);
    }

    /// <summary>The tenant's own number of it; unique in a tenant, however its letters are written.</summary>
    public string Code { get; private set; } = "";

    /// <summary><see cref="Code"/> folded by <see cref="SearchText.Fold"/>.</summary>
    public string CodeNormal { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary><see cref="Name"/> folded by <see cref="SearchText.Fold"/>: what lists are ordered and found by.</summary>
    public string NameNormal { get; private set; } = "";

    public string? Category { get; private set; }

    /// <summary><see cref="Category"/> folded, so that one category is one however it is written.</summary>
    public string? CategoryNormal { get; private set; }

    public long? UnitPrice { get; private set; }

    public long? UnitCost { get; private set; }

    public string Currency { get; private set; } = "";

    public string? Description { get; private set; }

    /// <summary>What is not active is not offered; what was sold of it stays.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The import that made this row, so that it can be reverted.</summary>
    public long? ImportId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    /// <summary>How it stands to the dream sector: one row, or none while it was not classified.</summary>
    public List<ProductStanding> Standings { get; private set; } = [];

    public ProductDetails Details => new(Code, Name, Category, UnitPrice, UnitCost, Currency, Description);

    public void Change(ProductDetails d)
    {
        (Code, Name, Category) = (d.Code.Trim(), d.Name.Trim(), string.IsNullOrWhiteSpace(d.Category) ? null : d.Category.Trim());
        (CodeNormal, NameNormal, CategoryNormal) = (SearchText.Fold(Code), SearchText.Fold(Name), Category is null ? null : SearchText.Fold(Category));
        (UnitPrice, UnitCost, Currency) = (d.UnitPrice, d.UnitCost, d.Currency);
        Description = string.IsNullOrWhiteSpace(d.Description) ? null : d.Description;
    }

    public void CameFrom(long importId) => ImportId = importId;

    public void Offer(bool active) => IsActive = active;

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
