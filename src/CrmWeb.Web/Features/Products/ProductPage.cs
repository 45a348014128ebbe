using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Products;

/// <summary>An order of a product.</summary>
public sealed record SoldRow(long OrderId, DateTime PlacedAt, long CustomerId, string Customer, int Quantity, long Total, string Currency, OrderState State);

/// <summary>What the page of a product shows: what was sold of it, as far as the member sees the customers.</summary>
/// <param name="Units">Of orders that did not come back.</param>
public sealed record ProductPage(Product Product, long Orders, long Units, IReadOnlyList<SoldRow> Latest)
{
    private const int Shown = 10;

    public static async Task<ProductPage> Read(CrmDb db, Product product, CancellationToken stop)
    {
        var id = product.Id;
        // what was sold to somebody who is put away is in no list, and counts in no sum
        var seen = db.OrderLines.Where(l => l.ProductId == id && db.Customers.Any(c => c.Id == l.Order!.CustomerId));
        var sums = await seen.Where(l => l.Order!.State != OrderState.Returned).GroupBy(_ => 1).Select(all => new { Orders = all.Select(l => l.OrderId).Distinct().LongCount(), Units = all.Sum(l => (long)l.Quantity) }).SingleOrDefaultAsync(stop);
        var latest = await seen.OrderByDescending(l => l.Order!.PlacedAt).ThenByDescending(l => l.Id).Take(Shown)
            .Select(l => new SoldRow(l.OrderId, l.Order!.PlacedAt, l.Order.CustomerId, l.Order.Customer!.Name, l.Quantity, l.Total, l.Order.Currency, l.Order.State)).ToListAsync(stop);
        return new(product, sums?.Orders ?? 0, sums?.Units ?? 0, latest);
    }
}
