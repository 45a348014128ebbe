using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// What orders of another currency are worth follows from the rates of their days: when a rate comes, changes or goes, so do they, and the facts of their
/// customers with them. Whoever may see the orders has no part in it, and what is put away follows too: it may come back.
/// </summary>
public static class OrdersWorth
{
    /// <summary>Customers with orders of the currency in a span of time, beyond an id, in the order of their ids.</summary>
    /// <param name="until">Null: without an end.</param>
    public static Task<List<long>> CustomersWithOrders(this CrmDb db, string currency, DateTime from, DateTime? until, long afterId, int count, CancellationToken stop) =>
        Orders(db, currency, from, until).Where(o => o.CustomerId > afterId).Select(o => o.CustomerId).Distinct().OrderBy(id => id).Take(count).ToListAsync(stop);

    /// <summary>Whether something was sold in the currency in a span of time.</summary>
    public static Task<bool> HasOrders(this CrmDb db, string currency, DateTime from, DateTime? until, CancellationToken stop) => Orders(db, currency, from, until).AnyAsync(stop);

    /// <summary>Gives the orders of these customers in a span of time another worth. Needs an open transaction.</summary>
    public static Task Reweigh(this CrmDb db, Conversion conversion, DateTime from, DateTime? until, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.Recompute(Facts.Orders, customers, () => WorthStatement.Write(db, conversion, from, until ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), customers, stop), stop);

    private static IQueryable<Order> Orders(CrmDb db, string currency, DateTime from, DateTime? until)
    {
        var orders = db.Orders.IgnoreQueryFilters(TenantScoping.Unseen).Where(o => o.Currency == currency && o.PlacedAt >= from);
        return until is { } end ? orders.Where(o => o.PlacedAt < end) : orders;
    }
}
