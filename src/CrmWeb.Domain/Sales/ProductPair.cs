using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>
/// Two products that the same customers bought, seen from one of them. Confidence is that of Agrawal, Imieliński, Swami: Mining association
/// rules between sets of items in large databases (SIGMOD 1993); lift is the "interest" of Brin, Motwani, Ullman, Tsur: Dynamic itemset counting and
/// implication rules for market basket data (SIGMOD 1997). A basket is all that a customer bought within the time.
/// </summary>
public sealed class ProductPair : TenantOwned
{
    /// <summary>Pairs that are kept of a product.</summary>
    public const int Most = 10;

    /// <summary>Buyers of both below which it is chance, and would tell who they are.</summary>
    public const int Least = 3;

    private ProductPair() { }

    public ProductPair(long productId, long otherId, int both, int ofProduct, int ofOther, int all) =>
        (ProductId, OtherId, Both, OfProduct, OfOther, All) = (productId, otherId, both, ofProduct, ofOther, all);

    public long ProductId { get; private set; }

    public Product? Product { get; private set; }

    public long OtherId { get; private set; }

    public Product? Other { get; private set; }

    /// <summary>Customers who bought both.</summary>
    public int Both { get; private set; }

    /// <summary>Orders in which both stand.</summary>
    public int Together { get; private set; }

    public int OfProduct { get; private set; }

    public int OfOther { get; private set; }

    /// <summary>Customers who bought anything.</summary>
    public int All { get; private set; }

    /// <summary>Share of those who bought this one that bought the other.</summary>
    public decimal Confidence => OfProduct == 0 ? 0 : Both / (decimal)OfProduct;

    /// <summary>How many times more often than by chance.</summary>
    public decimal Lift => OfOther == 0 ? 0 : Confidence * All / OfOther;

    /// <summary>How many more bought both than would have by chance: what pairs are ranked by. Lift alone prefers what hardly anybody bought.</summary>
    public decimal Beyond => All == 0 ? 0 : Both - (OfProduct * (decimal)OfOther / All);

    public ProductPair In(int orders)
    {
        Together = orders;
        return this;
    }
}
