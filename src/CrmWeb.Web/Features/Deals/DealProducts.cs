using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

internal static class DealProducts
{
    /// <summary>What the products with these ids are called, also what is not sold any more.</summary>
    public static async Task<Dictionary<long, string>> Names(CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop) => ids.Count == 0 ? []
        : await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop);
}
