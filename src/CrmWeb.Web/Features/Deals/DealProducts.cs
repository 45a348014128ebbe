using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>A product as a deal offers it.</summary>
internal sealed record ProductShown(long Id, string Code, string Name, long? UnitPrice, string Currency);

internal static class DealProducts
{
    private const int MaxFound = 30;

    /// <summary>Those on offer whose name or code has the words; the first by name when nothing was typed.</summary>
    public static Task<List<ProductShown>> Find(CrmDb db, string? q, CancellationToken stop)
    {
        var products = db.Products.AsNoTracking().Where(p => p.IsActive);
        if (SearchText.Fold(q) is { Length: > 0 } sought) products = products.Where(p => p.NameNormal.Contains(sought) || p.CodeNormal.Contains(sought));
        return products.OrderBy(p => p.NameNormal).ThenBy(p => p.Id).Take(MaxFound).Select(p => new ProductShown(p.Id, p.Code, p.Name, p.UnitPrice, p.Currency)).ToListAsync(stop);
    }

    /// <summary>Those with these ids, also what is not sold any more.</summary>
    public static async Task<Dictionary<long, ProductShown>> Named(CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop) => ids.Count == 0 ? []
        : await db.Products.AsNoTracking().IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => ids.Contains(p.Id))
            .Select(p => new ProductShown(p.Id, p.Code, p.Name, p.UnitPrice, p.Currency)).ToDictionaryAsync(p => p.Id, stop);
}
