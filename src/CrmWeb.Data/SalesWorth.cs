using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// What orders and deals of another currency are worth follows from the rates of their days: when a rate comes, changes or goes, so do they, and the facts of
/// their customers with them. Whoever may see them has no part in it, and what is put away follows too: it may come back.
/// </summary>
public static class SalesWorth
{
    /// <summary>The job that weighs many of them anew; whoever moves the days of a tenant asks for it without a payload.</summary>
    public const string JobKind = "reweigh-sales";

    /// <summary>Customers with orders or deals of the currency in a span of time, beyond an id, in the order of their ids.</summary>
    /// <param name="until">Null: without an end.</param>
    public static Task<List<long>> CustomersWithSales(this CrmDb db, string currency, DateTime from, DateTime? until, long afterId, int count, CancellationToken stop) =>
        Orders(db, currency, from, until).Where(o => o.CustomerId > afterId).Select(o => o.CustomerId).Distinct().OrderBy(id => id).Take(count)
            .Union(Deals(db, currency, from, until).Where(d => d.CustomerId > afterId).Select(d => d.CustomerId).Distinct().OrderBy(id => id).Take(count)).OrderBy(id => id).Take(count).ToListAsync(stop);

    /// <summary>Whether something is in the currency in a span of time.</summary>
    public static async Task<bool> HasSales(this CrmDb db, string currency, DateTime from, DateTime? until, CancellationToken stop) =>
        await Orders(db, currency, from, until).AnyAsync(stop) || await Deals(db, currency, from, until).AnyAsync(stop);

    /// <summary>Whether each of them is worth no more than can be kept.</summary>
    public static async Task<bool> SalesFit(this CrmDb db, Conversion conversion, DateTime from, DateTime? until, CancellationToken stop)
    {
        var most = conversion.Most(Order.MostTotal);
        return !await Orders(db, conversion.From, from, until).AnyAsync(o => o.Total > most || o.Cost > most, stop)
            && !await Deals(db, conversion.From, from, until).AnyAsync(d => d.Amount > most, stop);
    }

    /// <summary>Gives the orders and deals of these customers in a span of time another worth; what would be worth more than can be kept stays as it is. Needs an open transaction.</summary>
    public static Task Reweigh(this CrmDb db, Conversion conversion, DateTime from, DateTime? until, IReadOnlyCollection<long> customers, CancellationToken stop) =>
        db.Recompute(Facts.Orders | Facts.Deals, customers, () => WorthStatement.Write(db, conversion, from, until ?? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc), customers, stop), stop);

    private static IQueryable<Order> Orders(CrmDb db, string currency, DateTime from, DateTime? until)
    {
        var orders = db.Orders.IgnoreQueryFilters(TenantScoping.Unseen).Where(o => o.Currency == currency && o.PlacedAt >= from);
        return until is { } end ? orders.Where(o => o.PlacedAt < end) : orders;
    }

    private static IQueryable<Deal> Deals(CrmDb db, string currency, DateTime from, DateTime? until)
    {
        var deals = db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).Where(d => d.Currency == currency && d.Amount != null && d.ValuedAt >= from);
        return until is { } end ? deals.Where(d => d.ValuedAt < end) : deals;
    }
}
