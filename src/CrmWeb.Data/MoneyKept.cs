using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Whether sums of the tenant are kept in its own currency, be they put away or hidden from the member.</summary>
public static class MoneyKept
{
    public static async Task<bool> KeepsMoney(this CrmDb db, CancellationToken stop) =>
        await db.Orders.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(stop)
        || await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(deal => deal.Amount != null, stop)
        || await db.ForecastSnapshots.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(stop)
        || await db.ExchangeRates.AnyAsync(stop)
        || await db.CostRates.AnyAsync(stop);
}
