using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>The orders that an import made. What is put away or hidden from the member counts too: these questions answer ids and counts, nothing of the orders.</summary>
public static class ImportedOrders
{
    /// <summary>Their lines: each was a row of the file.</summary>
    public static Task<long> CountImportedLines(this CrmDb db, long importId, CancellationToken stop) =>
        db.OrderLines.IgnoreQueryFilters(TenantScoping.Unseen).LongCountAsync(l => l.Order!.ImportId == importId, stop);

    /// <summary>Removes the products that the import made and nobody changed since, where no order, deal or case is about them. Needs an open transaction.</summary>
    public static async Task RemoveImportedProducts(this CrmDb db, long importId, CancellationToken stop)
    {
        var unused = db.Products.IgnoreQueryFilters(TenantScoping.Unseen).Where(p => p.ImportId == importId && p.Version == 0
            && !db.OrderLines.Any(l => l.ProductId == p.Id) && !db.DealLines.Any(l => l.ProductId == p.Id) && !db.Cases.Any(x => x.ProductId == p.Id));
        var going = await unused.Select(p => new { p.Id, p.Name }).ToListAsync(stop);
        await db.Tell([.. going.Select(p => new Change(RecordKind.Product, p.Id) { Act = Act.Deleted, Old = p.Name })], stop);
        List<long> ids = [.. going.Select(p => p.Id)];
        // what a night found out about them goes along
        await db.ProductPairs.Where(pair => ids.Contains(pair.ProductId) || ids.Contains(pair.OtherId)).ExecuteDeleteAsync(stop);
        await db.ProductStandings.Where(standing => ids.Contains(standing.ProductId)).ExecuteDeleteAsync(stop);
        await db.ProductMoves.Where(move => ids.Contains(move.ProductId)).ExecuteDeleteAsync(stop);
        await unused.ExecuteDeleteAsync(stop);
    }

    /// <summary>Removes those of the next orders that nobody changed since and no case names; the others stay. Needs an open transaction.</summary>
    /// <returns>The last id that was looked at, 0 at the end; and how many went.</returns>
    public static async Task<(long Last, int Removed)> RemoveImportedOrders(this CrmDb db, long importId, long afterId, int count, CancellationToken stop)
    {
        var next = await Of(db, importId).Where(o => o.Id > afterId).OrderBy(o => o.Id).Take(count).Select(o => new { o.Id, o.CustomerId }).ToListAsync(stop);
        if (next.Count == 0) return (0, 0);
        List<long> held = [.. next.Select(o => o.CustomerId).Distinct()];
        var removed = 0;
        await db.Recompute(Facts.Orders, held, async () =>
        {
            // whoever changed one in this moment was waited for, and is seen
            var (first, last) = (next[0].Id, next[^1].Id);
            var going = await Untouched(db, importId).Where(o => o.Id >= first && o.Id <= last && held.Contains(o.CustomerId)).Select(o => new { o.Id, o.CustomerId, o.ExternalId }).ToListAsync(stop);
            List<long> ids = [.. going.Select(o => o.Id)];
            await db.Tell([.. going.Select(o => new Change(RecordKind.Order, o.Id, o.CustomerId) { Act = Act.Deleted, Old = o.ExternalId })], stop);
            await db.OrderLines.IgnoreQueryFilters(TenantScoping.Unseen).Where(l => ids.Contains(l.OrderId)).ExecuteDeleteAsync(stop);
            removed = await Untouched(db, importId).Where(o => ids.Contains(o.Id)).ExecuteDeleteAsync(stop);
        }, stop);
        return (next[^1].Id, removed);
    }

    private static IQueryable<Order> Untouched(CrmDb db, long importId) => Of(db, importId).Where(o => o.Version == 0 && !db.Cases.Any(x => x.OrderId == o.Id));

    private static IQueryable<Order> Of(CrmDb db, long importId) => db.Orders.IgnoreQueryFilters(TenantScoping.Unseen).Where(o => o.ImportId == importId);
}
