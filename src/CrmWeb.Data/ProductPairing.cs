using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// Which products are bought by the same customers (see <see cref="ProductPair"/>). The database counts, some products at a time; who bought more different
/// products than a person looks at, and orders as long, are left out: pairs grow with their square, and say little.
/// </summary>
public static class ProductPairing
{
    /// <summary>Different products of a customer beyond which they tell nothing of taste.</summary>
    public const int MostProducts = 200;

    /// <summary>Lines of an order beyond which it is a delivery and no basket.</summary>
    public const int MostLines = 100;

    private const int Batch = 100;

    /// <summary>Counts them anew. Answers how many pairs are kept.</summary>
    /// <param name="progress">How many products are done: after each part of them, and in the transaction that keeps them at the end.</param>
    public static async Task<int> PairProducts(this CrmDb db, DateTime from, DateTime until, Func<int, Task> progress, CancellationToken stop)
    {
        var bought = db.Sold(from, until, everybody: true).Where(l => l.ProductId != null).Select(l => new Bought { CustomerId = l.Order!.CustomerId, ProductId = l.ProductId!.Value }).Distinct();
        var wide = await bought.GroupBy(b => b.CustomerId).Where(g => g.Count() > MostProducts).Select(g => g.Key).ToListAsync(stop);
        if (wide.Count > 0) bought = bought.Where(b => !wide.Contains(b.CustomerId));
        var all = await bought.Select(b => b.CustomerId).Distinct().CountAsync(stop);
        var buyers = await bought.GroupBy(b => b.ProductId).Select(g => new { g.Key, Count = g.Count() }).Where(g => g.Count >= ProductPair.Least).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var offered = (await db.Products.Where(p => p.IsActive).Select(p => p.Id).ToListAsync(stop)).ToHashSet();
        var pairs = new List<ProductPair>();
        var done = 0;
        await progress(done);
        foreach (var some in buyers.Keys.Order().Chunk(Batch))
        {
            var best = await Best(bought, [.. some], buyers, all, offered, stop);
            await Together(db, best, from, until, stop);
            pairs.AddRange(best);
            done += some.Length;
            await progress(done);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTenant(stop);
        await db.ProductPairs.ExecuteDeleteAsync(stop);
        await db.BulkInsert(pairs, stop);
        await progress(done);
        await transaction.CommitAsync(stop);
        return pairs.Count;
    }

    private static async Task<List<ProductPair>> Best(IQueryable<Bought> bought, List<long> some, Dictionary<long, int> buyers, int all, HashSet<long> offered, CancellationToken stop)
    {
        var counts = bought.Where(b => some.Contains(b.ProductId)).Join(bought, a => a.CustomerId, b => b.CustomerId, (a, b) => new { a.ProductId, OtherId = b.ProductId })
            .Where(pair => pair.ProductId != pair.OtherId).GroupBy(pair => pair).Select(g => new { g.Key.ProductId, g.Key.OtherId, Count = g.Count() }).Where(g => g.Count >= ProductPair.Least);
        var found = new List<ProductPair>();
        await foreach (var pair in counts.AsAsyncEnumerable().WithCancellation(stop))
        {
            // its third buyer came since the buyers were counted: tomorrow
            if (!buyers.TryGetValue(pair.OtherId, out var ofOther)) continue;
            // what is less often together than by chance is no recommendation, and neither is what is not offered
            if (offered.Contains(pair.OtherId) && new ProductPair(pair.ProductId, pair.OtherId, pair.Count, buyers[pair.ProductId], ofOther, all) is { Beyond: > 0 } one) found.Add(one);
        }

        return [.. found.GroupBy(pair => pair.ProductId).SelectMany(its => its.OrderByDescending(pair => pair.Beyond).ThenBy(pair => pair.OtherId).Take(ProductPair.Most))];
    }

    /// <summary>In how many orders both stand.</summary>
    private static async Task Together(CrmDb db, List<ProductPair> pairs, DateTime from, DateTime until, CancellationToken stop)
    {
        if (pairs.Count == 0) return;
        List<long> these = [.. pairs.Select(pair => pair.ProductId).Distinct()], those = [.. pairs.Select(pair => pair.OtherId).Distinct()];
        var lines = db.Sold(from, until, everybody: true).Where(l => l.ProductId != null && l.Order!.Lines.Count <= MostLines).Select(l => new { l.OrderId, ProductId = l.ProductId!.Value });
        var counts = await lines.Where(l => these.Contains(l.ProductId))
            .Join(lines.Where(l => those.Contains(l.ProductId)), a => a.OrderId, b => b.OrderId, (a, b) => new { a.OrderId, a.ProductId, OtherId = b.ProductId }).Distinct()
            .GroupBy(pair => new { pair.ProductId, pair.OtherId }).Select(g => new { g.Key.ProductId, g.Key.OtherId, Count = g.Count() }).ToDictionaryAsync(g => (g.ProductId, g.OtherId), g => g.Count, stop);
        foreach (var pair in pairs) pair.In(counts.GetValueOrDefault((pair.ProductId, pair.OtherId)));
    }

    private sealed record Bought
    {
        public long CustomerId { get; init; }
        public long ProductId { get; init; }
    }
}
