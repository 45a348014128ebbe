using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Kpis;

/// <summary>A customer who bought.</summary>
/// <param name="Mean">What was spent on each day after the first, on average, in major units of the tenant's currency.</param>
public readonly record struct Buyer(long CustomerId, PurchaseHistory History, double Mean);

/// <summary>Finds how the tenant's customers buy: every customer's, whoever asks. What came back, and who was archived, counts nowhere.</summary>
public static class ClvFitting
{
    /// <summary>The model of the orders up to a day, not saved yet, and of whom it was found.</summary>
    /// <param name="end">The last day, where the tenant is; null for yesterday.</param>
    public static async Task<(ClvModel Model, List<Buyer> Buyers)> FitClv(this CrmDb db, DateOnly? end, PurchaseUnit unit, CancellationToken stop)
    {
        var (zone, currency) = await db.Place(stop);
        var last = end ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(db.Now, zone)).AddDays(-1);
        var orders = db.OrdersUntil(last, zone);
        var buyers = await Buyers(orders, last, zone, currency, stop);
        var model = new ClvModel(db.Now, last, unit);
        model.Fit(buyers.ConvertAll(buyer => (buyer.History, buyer.Mean)), await Margin(orders, stop), stop);
        return (model, buyers);
    }

    /// <summary>Everybody who bought up to a day, by their ids.</summary>
    internal static async Task<List<Buyer>> BuyersUntil(this CrmDb db, DateOnly end, CancellationToken stop)
    {
        var (zone, currency) = await db.Place(stop);
        return await Buyers(db.OrdersUntil(end, zone), end, zone, currency, stop);
    }

    /// <summary>Where the tenant is, and what its amounts are in.</summary>
    internal static async Task<(TimeZoneInfo Zone, string Currency)> Place(this CrmDb db, CancellationToken stop)
    {
        var tenant = await db.Tenants.Where(t => t.Id == db.TenantId).Select(t => new { t.TimeZone, t.Currency }).SingleAsync(stop);
        return (WallClock.ZoneOf(tenant.TimeZone), tenant.Currency);
    }

    private static IQueryable<Order> OrdersUntil(this CrmDb db, DateOnly end, TimeZoneInfo zone)
    {
        var until = WallClock.ToUtc(end.AddDays(1).ToDateTime(TimeOnly.MinValue), zone);
        var customers = db.Customers.IgnoreQueryFilters([TenantScoping.VisibilityFilter]);
        return db.Orders.AsNoTracking().IgnoreQueryFilters([TenantScoping.VisibilityFilter])
            .Where(o => o.State != OrderState.Returned && o.PlacedAt < until && customers.Any(c => c.Id == o.CustomerId));
    }

    /// <summary>Reads the orders one after another: what is kept is a few numbers a customer.</summary>
    private static async Task<List<Buyer>> Buyers(IQueryable<Order> orders, DateOnly end, TimeZoneInfo zone, string currency, CancellationToken stop)
    {
        var unit = Currency.ToMajor(1, currency);
        var buyers = new List<Buyer>();
        var (customer, first, last, repeats, spent) = (0L, 0, 0, 0, 0L);
        void Close()
        {
            if (customer != 0) buyers.Add(new(customer, new(repeats, last - first, end.DayNumber - first), repeats == 0 ? 0 : (double)(spent * unit / repeats)));
        }

        await foreach (var order in orders.OrderBy(o => o.CustomerId).ThenBy(o => o.PlacedAt).Select(o => new { o.CustomerId, o.PlacedAt, o.BaseTotal }).AsAsyncEnumerable().WithCancellation(stop))
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(order.PlacedAt, zone)).DayNumber;
            if (order.CustomerId != customer)
            {
                Close();
                (customer, first, last, repeats, spent) = (order.CustomerId, day, day, 0, 0);
            }

            if (day != last) (last, repeats) = (day, repeats + 1);
            if (day != first) spent += order.BaseTotal;
        }

        Close();
        return buyers;
    }

    private static async Task<double?> Margin(IQueryable<Order> orders, CancellationToken stop)
    {
        var known = await orders.Where(o => o.BaseCost != null).GroupBy(_ => 1).Select(all => new { Sold = all.Sum(o => o.BaseTotal), Cost = all.Sum(o => o.BaseCost) }).SingleOrDefaultAsync(stop);
        return known is { Sold: > 0, Cost: { } cost } ? (known.Sold - cost) / (double)known.Sold : null;
    }
}
