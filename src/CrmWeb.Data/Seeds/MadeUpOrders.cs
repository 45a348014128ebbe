using CrmWeb.Domain.Sales;

namespace CrmWeb.Data.Seeds;

/// <summary>Orders such as customers place: more of them lately, mostly of one or two lines, a few of which come back.</summary>
internal sealed class MadeUpOrders(Chance chance, DateTime now, string currency)
{
    private const int MostLines = 4;

    private static readonly string[] Categories = ["Roasts", "Machines", "Cups", "Service", "Courses"];

    private IReadOnlyList<Product> products = [];

    /// <summary>Products for a tenant that has none of these yet.</summary>
    public IEnumerable<Product> Products(int count) => Enumerable.Range(1, count).Select(n =>
    {
        var category = chance.Common(Categories);
        var price = chance.Between(3, 120) * 100L - 1;
        return new Product(new ProductDetails(FormattableString.Invariant($"L-{n:0000}"), FormattableString.Invariant($"{category} {n}"), category, price, price * chance.Between(35, 80) / 100, currency), now);
    });

    public void Sell(IReadOnlyList<Product> among) => products = among;

    /// <summary>An order between <paramref name="since"/> and now.</summary>
    public Order Draw(DateTime since)
    {
        var minutes = Math.Max(1, (now - since).TotalMinutes);
        var at = now.AddMinutes(-Math.Floor(minutes * Math.Pow(chance.Unit(), 1.3)));
        var order = Order.OfMany(
            new OrderDetails
            {
                PlacedAt = at,
                Channel = chance.Weighted((SalesChannel.Web, 50), (SalesChannel.Shop, 25), (SalesChannel.Phone, 12), (SalesChannel.Email, 8), (SalesChannel.Partner, 5)),
                Conversion = Conversion.None(currency),
                Lines = [.. Enumerable.Range(0, Math.Min(MostLines, (int)chance.Pareto())).Select(_ => Line())],
            }, null, at);
        if (chance.Is(0.93)) order.Pay(at);
        return order;
    }

    private OrderLineDetails Line()
    {
        var product = chance.Common(products);
        return new OrderLineDetails { ProductId = product.Id, Quantity = chance.Weighted((1, 60), (2, 22), (3, 10), (5, 5), (10, 3)), UnitPrice = product.UnitPrice, UnitCost = product.UnitCost };
    }
}
