using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Products;

/// <summary>An order of a product.</summary>
public sealed record SoldRow(long OrderId, DateTime PlacedAt, long CustomerId, string Customer, int Quantity, long Total, string Currency, OrderState State);

/// <summary>What was sold of a product in a month, by its first day.</summary>
public sealed record SoldMonth(DateOnly Month, SoldSum<int> Sold);

/// <summary>A customer who bought it.</summary>
public sealed record SoldTo(long CustomerId, string Customer, SoldSum<long> Sold);

/// <summary>Another product, and how often it is bought by the same customers.</summary>
public sealed record PairedProduct(ProductPair Pair, string Name);

/// <summary>What the page of a product shows: what was sold of it, as far as the member sees the customers.</summary>
/// <param name="Ever">Of orders that did not come back.</param>
/// <param name="Months">The last twelve, where the tenant is, the present one last; the rest is of the same time.</param>
public sealed record ProductPage(
    Product Product, SoldSum<int> Ever, IReadOnlyList<SoldMonth> Months, IReadOnlyList<SoldSum<SalesChannel>> Channels, IReadOnlyList<SoldTo> Buyers, IReadOnlyList<SoldRow> Latest)
{
    /// <summary>How it stands to the dream sector; null while it was not judged.</summary>
    public ProductStanding? Standing { get; init; }

    /// <summary>What is bought by the same customers, the best first.</summary>
    public IReadOnlyList<PairedProduct> Pairs { get; init; } = [];

    private const int Shown = 10;
    private const int ShownBuyers = 5;
    private const int Back = 12;

    public static async Task<ProductPage> Read(CrmDb db, CurrentMember me, Product product, CancellationToken stop)
    {
        var (id, own) = (product.Id, me.Pass.Currency);
        var ever = await db.Sold(DateTime.UnixEpoch, null).Where(l => l.ProductId == id).SumUp(_ => 0, own, stop);
        var first = TenantDay.MonthOf(TenantDay.Today(me)).AddMonths(1 - Back);
        var edges = Enumerable.Range(0, Back + 1).Select(month => TenantDay.Start(me, first.AddMonths(month))).ToArray();
        var lately = db.Sold(edges[0], edges[^1]).Where(l => l.ProductId == id);
        var months = (await lately.SumUp(ProductSums.SpanOf(edges), own, stop)).ToDictionary(sum => sum.Key);
        var channels = await lately.SumUp(l => l.Order!.Channel, own, stop);
        var buyers = await lately.Largest(l => l.Order!.CustomerId, ShownBuyers, own, stop);
        List<long> named = buyers.ConvertAll(buyer => buyer.Key);
        var names = await db.Customers.Where(c => named.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        var latest = await db.OrderLines.Where(l => l.ProductId == id && db.Customers.Any(c => c.Id == l.Order!.CustomerId)).OrderByDescending(l => l.Order!.PlacedAt).ThenByDescending(l => l.Id).Take(Shown)
            .Select(l => new SoldRow(l.OrderId, l.Order!.PlacedAt, l.Order.CustomerId, l.Order.Customer!.Name, l.Quantity, l.Total, l.Order.Currency, l.Order.State)).ToListAsync(stop);
        return new(
            product, ever.Count == 0 ? new() { Key = 0 } : ever[0],
            [.. Enumerable.Range(0, Back).Select(month => new SoldMonth(first.AddMonths(month), months.GetValueOrDefault(month) ?? new() { Key = month }))],
            [.. channels.OrderByDescending(sum => sum.Revenue).ThenBy(sum => sum.Key)], [.. buyers.Where(buyer => names.ContainsKey(buyer.Key)).Select(buyer => new SoldTo(buyer.Key, names[buyer.Key], buyer))], latest)
        {
            Standing = await db.ProductStandings.AsNoTracking().SingleOrDefaultAsync(s => s.ProductId == id, stop),
            Pairs = [.. (await db.ProductPairs.AsNoTracking().Where(p => p.ProductId == id && p.Other!.IsActive).Select(p => new PairedProduct(p, p.Other!.Name)).ToListAsync(stop)).OrderByDescending(one => one.Pair.Beyond)],
        };
    }
}
