using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Scores of the customers who bought, by <see cref="Rfm"/>: computed every night, in short transactions.</summary>
public static class CustomerRfm
{
    // fewer rows than make SQL Server lock the table
    private const int Batch = 2_000;

    /// <summary>The bounds as the facts are now; null while nobody bought.</summary>
    public static async Task<Rfm?> RfmBounds(this CrmDb db, CancellationToken stop)
    {
        var buyers = db.Customers.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(c => c.LastOrderAt != null);
        var count = await buyers.CountAsync(stop);
        if (count == 0) return null;
        var (lately, spent) = (new List<DateTime>(), new List<long>());
        foreach (var place in Rfm.Places(count))
        {
            lately.Add(await buyers.OrderBy(c => c.LastOrderAt).ThenBy(c => c.Id).Select(c => c.LastOrderAt!.Value).Skip(place).FirstAsync(stop));
            spent.Add(await buyers.OrderBy(c => c.TotalSpent).ThenBy(c => c.Id).Select(c => c.TotalSpent).Skip(place).FirstAsync(stop));
        }

        var often = await buyers.GroupBy(c => c.OrderCount).Select(same => new { same.Key, Count = same.Count() }).OrderBy(same => same.Key).ToListAsync(stop);
        return new Rfm(lately, Rfm.At(often.Select(same => (same.Key, same.Count)), Rfm.Places(count)), spent);
    }

    /// <summary>Gives every customer the scores that the present facts mean. Answers how many got others.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="progress">How many were looked at; within the transaction of each batch.</param>
    /// <param name="stop">Between two batches.</param>
    public static async Task<int> ScoreRfm(this CrmDb db, Func<long, Task> progress, CancellationToken stop)
    {
        var bounds = await db.RfmBounds(stop);
        var (changed, seen, last) = (0, 0L, 0L);
        while (true)
        {
            var after = last;
            var ids = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(stop);
            if (ids.Count == 0) return changed;
            (last, seen) = (ids[^1], seen + ids.Count);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await CustomerHold.Take(db, after + 1, last, stop);
            changed += await db.Score(bounds, after, last, stop);
            await progress(seen);
            await transaction.CommitAsync(stop);
        }
    }

    private static async Task<int> Score(this CrmDb db, Rfm? bounds, long after, long last, CancellationToken stop)
    {
        var now = db.Now;
        var some = db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after && c.Id <= last);
        var gone = await some.Where(c => c.RfmRecency != null && (c.LastOrderAt == null || c.DeletedAt != null))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ChangedAt, now).SetProperty(c => c.RfmRecency, (int?)null).SetProperty(c => c.RfmFrequency, (int?)null).SetProperty(c => c.RfmMonetary, (int?)null), stop);
        if (bounds is null) return gone;
        var (r2, r3, r4, r5) = (bounds.Recency[0], bounds.Recency[1], bounds.Recency[2], bounds.Recency[3]);
        var (f2, f3, f4, f5) = (bounds.Frequency[0], bounds.Frequency[1], bounds.Frequency[2], bounds.Frequency[3]);
        var (m2, m3, m4, m5) = (bounds.Monetary[0], bounds.Monetary[1], bounds.Monetary[2], bounds.Monetary[3]);
        return gone + await some.Where(c => c.LastOrderAt != null && c.DeletedAt == null && (c.RfmRecency == null
                || c.RfmRecency != (c.LastOrderAt >= r5 ? 5 : c.LastOrderAt >= r4 ? 4 : c.LastOrderAt >= r3 ? 3 : c.LastOrderAt >= r2 ? 2 : 1)
                || c.RfmFrequency != (c.OrderCount >= f5 ? 5 : c.OrderCount >= f4 ? 4 : c.OrderCount >= f3 ? 3 : c.OrderCount >= f2 ? 2 : 1)
                || c.RfmMonetary != (c.TotalSpent >= m5 ? 5 : c.TotalSpent >= m4 ? 4 : c.TotalSpent >= m3 ? 3 : c.TotalSpent >= m2 ? 2 : 1)))
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.ChangedAt, now)
                    .SetProperty(c => c.RfmRecency, c => c.LastOrderAt >= r5 ? 5 : c.LastOrderAt >= r4 ? 4 : c.LastOrderAt >= r3 ? 3 : c.LastOrderAt >= r2 ? 2 : 1)
                    .SetProperty(c => c.RfmFrequency, c => c.OrderCount >= f5 ? 5 : c.OrderCount >= f4 ? 4 : c.OrderCount >= f3 ? 3 : c.OrderCount >= f2 ? 2 : 1)
                    .SetProperty(c => c.RfmMonetary, c => c.TotalSpent >= m5 ? 5 : c.TotalSpent >= m4 ? 4 : c.TotalSpent >= m3 ? 3 : c.TotalSpent >= m2 ? 2 : 1),
                stop);
    }
}
