using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>How an active product stood to the dream sector when it was classified last. One row each; written anew every night.</summary>
public sealed class ProductStanding : TenantOwned
{
    public const int ReasonsLength = 600;

    private ProductStanding() { }

    public ProductStanding(long productId, DreamScore score, bool isIn, DateTime since, DateTime at) =>
        (ProductId, Score, Reasons, IsIn, Since, At) = (productId, score.Score, DreamReason.Write(score.Reasons), isIn, since, at);

    public long ProductId { get; private set; }

    public Product? Product { get; private set; }

    /// <summary>Thousandths; null while nothing is known.</summary>
    public int? Score { get; private set; }

    public bool IsIn { get; private set; }

    /// <summary>Since when it is in, or out.</summary>
    public DateTime Since { get; private set; }

    /// <summary>See <see cref="DreamReason.Write"/>.</summary>
    public string Reasons { get; private set; } = "";

    /// <summary>When it was classified.</summary>
    public DateTime At { get; private set; }
}

/// <summary>A product that came into the dream sector, or left it. Never changed.</summary>
public sealed class ProductMove : TenantOwned
{
    private ProductMove() { }

    public ProductMove(long productId, bool entered, DreamScore score, DateTime at) =>
        (ProductId, Entered, Score, Reasons, At) = (productId, entered, score.Score, DreamReason.Write(score.Reasons), at);

    public long ProductId { get; private set; }

    public Product? Product { get; private set; }

    public bool Entered { get; private set; }

    /// <summary>Thousandths; null when it left because it is not offered any more, or nothing is known of it.</summary>
    public int? Score { get; private set; }

    public string Reasons { get; private set; } = "";

    public DateTime At { get; private set; }
}
