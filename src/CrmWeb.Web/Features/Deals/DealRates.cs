using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>How amounts of deals become the tenant's own currency.</summary>
internal static class DealRates
{
    /// <summary>By the newest rate on or before the day; null when there is none.</summary>
    public static async Task<Conversion?> ConversionOf(this CrmDb db, string currency, string own, DateOnly day, CancellationToken stop)
    {
        if (currency == own) return Conversion.None(own);
        var rate = await db.ExchangeRates.Where(r => r.Currency == currency && r.Day <= day).OrderByDescending(r => r.Day).Select(r => (long?)r.Rate).FirstOrDefaultAsync(stop);
        return rate is { } known ? new Conversion(currency, own, known) : null;
    }

    /// <summary>The tenant's own and those that have a rate.</summary>
    public static async Task<List<string>> KnownCurrencies(this CrmDb db, string own, CancellationToken stop) =>
        [own, .. await db.ExchangeRates.Where(r => r.Currency != own).Select(r => r.Currency).Distinct().OrderBy(c => c).ToListAsync(stop)];
}
