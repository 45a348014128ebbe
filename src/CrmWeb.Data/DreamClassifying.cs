using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>The time that products are judged by: from <paramref name="From"/> to <paramref name="Until"/>, against the time from <paramref name="Before"/> on.</summary>
/// <param name="Currency">The tenant's.</param>
public sealed record DreamSpan(DateTime Before, DateTime From, DateTime Until, string Currency);

/// <summary>How a product was judged.</summary>
public sealed record DreamOutcome(long ProductId, DreamScore Score, bool Was, bool Is);

/// <summary>
/// Judges every active product by the criteria of the dream sector: a fixed number of statements over what was sold, however many products there are. It is
/// the tenant's judgement: whose customers the member sees has no part in it.
/// </summary>
public static class DreamClassifying
{
    /// <summary>How each active product would stand. Nothing is written.</summary>
    public static async Task<List<DreamOutcome>> Judge(this CrmDb db, DreamSector sector, DreamSpan span, CancellationToken stop)
    {
        return await db.Judge(sector, await db.Measure(span, stop), stop);
    }

    private static async Task<List<DreamOutcome>> Judge(this CrmDb db, DreamSector sector, Dictionary<long, Measured> measured, CancellationToken stop)
    {
        var active = await db.Products.Where(p => p.IsActive).OrderBy(p => p.Id).Select(p => new { p.Id, Was = p.Standings.Any(s => s.IsIn) }).ToListAsync(stop);
        return active.ConvertAll(product =>
        {
            var score = sector.Score(measured.GetValueOrDefault(product.Id, Measured.Nothing).Of);
            return new DreamOutcome(product.Id, score, product.Was, sector.IsIn(score.Score, product.Was));
        });
    }

    /// <summary>
    /// Judges and keeps how each stands, and who came and went. Done twice on the same sales it changes nothing: one who came is not told again. What was sold is
    /// summed up before anything is held, for that takes long. Answers how many came or went.
    /// </summary>
    /// <param name="sector">Null: nobody is judged any more.</param>
    /// <param name="now">When who moves does so.</param>
    /// <param name="progress">When the sums are there, and in the transaction that keeps what follows from them.</param>
    public static async Task<int> Classify(this CrmDb db, DreamSector? sector, DreamSpan span, DateTime now, Func<Task> progress, CancellationToken stop)
    {
        var measured = sector is null ? [] : await db.Measure(span, stop);
        await progress();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTenant(stop);
        var before = await db.ProductStandings.AsNoTracking().ToDictionaryAsync(s => s.ProductId, stop);
        var outcomes = sector is null ? [] : await db.Judge(sector, measured, stop);
        var moves = outcomes.Where(one => one.Is != one.Was).Select(one => new ProductMove(one.ProductId, one.Is, one.Score, now)).ToList();
        // what is not offered any more leaves; when nobody is judged, nobody goes
        if (sector is not null)
            moves.AddRange(before.Values.Where(s => s.IsIn).Select(s => s.ProductId).Except(outcomes.Select(one => one.ProductId)).Select(id => new ProductMove(id, false, new(null, []), now)));
        await db.ProductStandings.ExecuteDeleteAsync(stop);
        await db.BulkInsert(outcomes.ConvertAll(one => new ProductStanding(one.ProductId, one.Score, one.Is, before.TryGetValue(one.ProductId, out var was) && was.IsIn == one.Is ? was.Since : now, now)), stop);
        await db.BulkInsert(moves, stop);
        await progress();
        await transaction.CommitAsync(stop);
        return moves.Count;
    }

    private static async Task<Dictionary<long, Measured>> Measure(this CrmDb db, DreamSpan span, CancellationToken stop)
    {
        var lines = db.LinesOfCustomers(span.From, span.Until, everybody: true).Where(l => l.ProductId != null);
        var sold = lines.Where(l => l.Order!.State != OrderState.Returned);
        var sums = await sold.SumUp(l => l.ProductId!.Value, span.Currency, stop);
        var earlier = (await db.Sold(span.Before, span.From, everybody: true).Where(l => l.ProductId != null).Revenues(l => l.ProductId!.Value, span.Currency, stop)).ToDictionary(sum => sum.Key, sum => sum.Revenue);
        var again = await sold.GroupBy(l => new { l.ProductId, l.Order!.CustomerId }).Select(g => new { g.Key.ProductId, Orders = g.Select(l => l.OrderId).Distinct().Count() })
            .Where(buyer => buyer.Orders > 1).GroupBy(buyer => buyer.ProductId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var orders = await lines.GroupBy(l => l.ProductId!.Value)
            .Select(g => new { g.Key, All = g.Select(l => l.OrderId).Distinct().Count(), Back = g.Where(l => l.Order!.State == OrderState.Returned).Select(l => l.OrderId).Distinct().Count() }).ToDictionaryAsync(g => g.Key, stop);
        var known = sums.ToDictionary(sum => sum.Key);
        return known.Keys.Union(earlier.Keys).Union(orders.Keys).ToDictionary(id => id, id =>
        {
            var sum = known.GetValueOrDefault(id) ?? new() { Key = id };
            var (past, all) = (earlier.GetValueOrDefault(id), orders.GetValueOrDefault(id));
            return new Measured(
                sum.MarginShare, Currency.ToMajor(sum.Revenue, span.Currency), past > 0 ? (sum.Revenue - past) * 100m / past : null, sum.Buyers,
                sum.Buyers > 0 ? again.GetValueOrDefault(id) * 100m / sum.Buyers : null, all is { All: > 0 } ? all.Back * 100m / all.All : null, sum.Pieces);
        });
    }

    private sealed record Measured(decimal? Margin, decimal Revenue, decimal? Growth, int Buyers, decimal? Again, decimal? Returned, long Pieces)
    {
        public static readonly Measured Nothing = new(null, 0, null, 0, null, null, 0);

        public decimal? Of(DreamMeasure measure) => measure switch
        {
            DreamMeasure.Margin => Margin,
            DreamMeasure.Revenue => Revenue,
            DreamMeasure.Growth => Growth,
            DreamMeasure.Buyers => Buyers,
            DreamMeasure.Again => Again,
            DreamMeasure.Returned => Returned,
            _ => Pieces,
        };
    }
}
