using System.Linq.Expressions;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>What was sold of something. Amounts are minor units of the tenant's currency.</summary>
public sealed record SoldSum<TKey>
{
    public required TKey Key { get; init; }
    public long Pieces { get; init; }
    public int Orders { get; init; }
    public int Buyers { get; init; }

    /// <summary>Lines of which nobody knows what they cost.</summary>
    public int Uncosted { get; init; }

    internal long OwnTotal { get; init; }
    internal double OtherTotal { get; init; }
    internal long OwnCost { get; init; }
    internal double OtherCost { get; init; }

    public long Revenue => OwnTotal + Whole(OtherTotal);

    /// <summary>Null while the cost of a line is not known.</summary>
    public long? Cost => Uncosted == 0 ? OwnCost + Whole(OtherCost) : null;

    public long? Margin => Revenue - Cost;

    /// <summary>Of the revenue, in hundredths; null where there is none.</summary>
    public decimal? MarginShare => Margin is { } margin && Revenue > 0 ? margin * 100m / Revenue : null;

    /// <summary>The same sums under another key.</summary>
    public SoldSum<TOther> As<TOther>(TOther key) =>
        new() { Key = key, Pieces = Pieces, Orders = Orders, Buyers = Buyers, Uncosted = Uncosted, OwnTotal = OwnTotal, OtherTotal = OtherTotal, OwnCost = OwnCost, OtherCost = OtherCost };

    internal static long Whole(double sum) => (long)Math.Round(sum, MidpointRounding.AwayFromZero);
}

/// <summary>
/// Sums over the lines of orders. A line of another currency is worth its share of what its order is worth: the lines of an order add up to it.
/// </summary>
public static class ProductSums
{
    /// <summary>
    /// Lines of the orders that count: what came back, was put away, is of a customer who was, or is not the member's to see, does not. What was sold of
    /// products that were put away since does.
    /// </summary>
    /// <param name="until">Null: without an end.</param>
    /// <param name="everybody">For what the tenant is told as a whole, whichever customers the member sees.</param>
    public static IQueryable<OrderLine> Sold(this CrmDb db, DateTime from, DateTime? until, bool everybody = false) =>
        db.LinesOfCustomers(from, until, everybody).Where(l => l.Order!.State != OrderState.Returned);

    /// <summary>Likewise, with what came back.</summary>
    internal static IQueryable<OrderLine> LinesOfCustomers(this CrmDb db, DateTime from, DateTime? until, bool everybody)
    {
        var lines = db.OrderLines.IgnoreQueryFilters(everybody ? TenantScoping.Unseen : Lifted(db)).AsNoTracking().Where(l => l.Order!.PlacedAt >= from && l.Order.DeletedAt == null && l.Order.Customer!.DeletedAt == null);
        return until is { } end ? lines.Where(l => l.Order!.PlacedAt < end) : lines;
    }

    /// <summary>What lists and pages show of orders: those of archived customers are put away with them. Products that were put away are still there to ask for.</summary>
    public static IQueryable<Order> OrdersOfCustomers(this CrmDb db) =>
        db.Orders.IgnoreQueryFilters(Lifted(db)).AsNoTracking().Where(o => o.DeletedAt == null && db.Customers.Any(c => c.Id == o.CustomerId && c.DeletedAt == null));

    /// <param name="key">What is told apart.</param>
    /// <param name="own">The tenant's currency.</param>
    public static Task<List<SoldSum<TKey>>> SumUp<TKey>(this IQueryable<OrderLine> lines, Expression<Func<OrderLine, TKey>> key, string own, CancellationToken stop) =>
        Sums(lines, key, own).ToListAsync(stop);

    /// <summary>Likewise, those alone that brought the most.</summary>
    public static Task<List<SoldSum<TKey>>> Largest<TKey>(this IQueryable<OrderLine> lines, Expression<Func<OrderLine, TKey>> key, int count, string own, CancellationToken stop) =>
        Sums(lines, key, own).OrderByDescending(sum => sum.OwnTotal + sum.OtherTotal).ThenBy(sum => sum.Key).Take(count).ToListAsync(stop);

    private static IQueryable<SoldSum<TKey>> Sums<TKey>(IQueryable<OrderLine> lines, Expression<Func<OrderLine, TKey>> key, string own) =>
        lines.GroupBy(key, l => new SoldLine
        {
            OrderId = l.OrderId,
            CustomerId = l.Order!.CustomerId,
            Quantity = l.Quantity,
            OwnTotal = l.Order.Currency == own ? l.Total : 0,
            OtherTotal = l.Order.Currency != own && l.Order.Total != 0 ? (double)l.Total * l.Order.BaseTotal / l.Order.Total : 0,
            OwnCost = l.Order.Currency == own ? (l.UnitCost ?? 0) * l.Quantity : 0,
            OtherCost = l.Order.Currency == own ? 0
                : l.Order.Cost > 0 ? (double)((l.UnitCost ?? 0) * l.Quantity) * l.Order.BaseCost!.Value / l.Order.Cost.Value
                : l.Order.Total != 0 ? (double)((l.UnitCost ?? 0) * l.Quantity) * l.Order.BaseTotal / l.Order.Total : 0,
            // what is given away in another currency has nothing to tell its rate by
            Uncosted = l.UnitCost == null || (l.Order.Currency != own && l.Order.Total == 0 && l.UnitCost != 0 && (l.Order.Cost == null || l.Order.Cost == 0)) ? 1 : 0,
        }).Select(g => new SoldSum<TKey>
        {
            Key = g.Key,
            Pieces = g.Sum(l => l.Quantity),
            Orders = g.Select(l => l.OrderId).Distinct().Count(),
            Buyers = g.Select(l => l.CustomerId).Distinct().Count(),
            OwnTotal = g.Sum(l => l.OwnTotal),
            OtherTotal = g.Sum(l => l.OtherTotal),
            OwnCost = g.Sum(l => l.OwnCost),
            OtherCost = g.Sum(l => l.OtherCost),
            Uncosted = g.Sum(l => l.Uncosted),
        });

    /// <summary>The revenue alone, for what is compared.</summary>
    public static async Task<List<(TKey Key, long Revenue)>> Revenues<TKey>(this IQueryable<OrderLine> lines, Expression<Func<OrderLine, TKey>> key, string own, CancellationToken stop)
    {
        var sums = await lines.GroupBy(key, l => new SoldLine
        {
            OwnTotal = l.Order!.Currency == own ? l.Total : 0,
            OtherTotal = l.Order.Currency != own && l.Order.Total != 0 ? (double)l.Total * l.Order.BaseTotal / l.Order.Total : 0,
        }).Select(g => new { g.Key, Own = g.Sum(l => l.OwnTotal), Other = g.Sum(l => l.OtherTotal) }).ToListAsync(stop);
        return sums.ConvertAll(sum => (sum.Key, sum.Own + SoldSum<TKey>.Whole(sum.Other)));
    }

    /// <summary>Which of the spans between edges a line was sold in, for <see cref="SumUp"/>: months of a zone are no arithmetic that every engine has.</summary>
    public static Expression<Func<OrderLine, int>> SpanOf(DateTime[] edges)
    {
        Expression<Func<OrderLine, DateTime>> at = l => l.Order!.PlacedAt;
        return Expression.Lambda<Func<OrderLine, int>>(CohortQuery.SpanOf(at.Body, edges, 0, edges.Length - 2), at.Parameters);
    }

    private static string[] Lifted(CrmDb db) => db.SeesAll ? TenantScoping.Unseen : [TenantScoping.DeletedFilter];

    private sealed class SoldLine
    {
        public long OrderId { get; init; }
        public long CustomerId { get; init; }
        public long Quantity { get; init; }
        public long OwnTotal { get; init; }
        public double OtherTotal { get; init; }
        public long OwnCost { get; init; }
        public double OtherCost { get; init; }
        public int Uncosted { get; init; }
    }
}
