using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>What deals may be in.</summary>
internal static class DealRates
{
    /// <summary>The tenant's own and those that have a rate.</summary>
    public static async Task<List<string>> KnownCurrencies(this CrmDb db, string own, CancellationToken stop) =>
        [own, .. await db.ExchangeRates.Where(r => r.Currency != own).Select(r => r.Currency).Distinct().OrderBy(c => c).ToListAsync(stop)];
}
