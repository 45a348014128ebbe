using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Duplicates;

/// <summary>Looks for customers who stand twice in a tenant, in one pass over all of them, whoever may see them; what it finds is a queue for people.</summary>
public static class DuplicateScan
{
    /// <summary>More than anybody would look through: the likeliest are kept.</summary>
    public const int MostPairs = 20_000;

    private const int MostCandidates = 1_500_000;
    private const int Batch = 20_000;
    private const int PairsCompared = 5_000;

    private static readonly string[] Unseen = [TenantScoping.VisibilityFilter];

    /// <summary>Answers how many pairs are open now.</summary>
    /// <param name="progress">Hears how many customers were read, and how many there are at least; outside of a transaction, except at the end.</param>
    public static async Task<int> ScanForDuplicates(this CrmDb db, Func<long, long?, Task> progress, CancellationToken stop)
    {
        var blocks = await db.Read(progress, stop);
        var total = blocks.Count;
        var candidates = await Task.Run(() => blocks.Candidates(MostCandidates, stop), stop);
        var found = new PriorityQueue<(long First, long Second, Likeness Likeness), (int, long)>();
        foreach (var some in candidates.Chunk(PairsCompared))
        {
            await db.Compare(some, found, stop);
            await progress(total, total);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await progress(total, total);
        var open = await db.Keep([.. found.UnorderedItems.Select(item => item.Element)], stop);
        await transaction.CommitAsync(stop);
        return open;
    }

    private static async Task<DuplicateBlocks> Read(this CrmDb db, Func<long, long?, Task> progress, CancellationToken stop)
    {
        var blocks = new DuplicateBlocks();
        for (var last = 0L; ;)
        {
            var after = last;
            var rows = await db.Customers.IgnoreQueryFilters(Unseen).Where(c => c.Id > after).OrderBy(c => c.Id).Take(Batch)
                .Select(c => new { c.Id, c.Kind, c.NameNormal, c.EmailNormal, c.PhoneNormal }).ToListAsync(stop);
            if (rows.Count == 0) break;
            foreach (var row in rows) blocks.Add(row.Id, row.Kind == CustomerKind.Organisation, row.NameNormal, row.EmailNormal, row.PhoneNormal);
            last = rows[^1].Id;
            await progress(blocks.Count, null);
        }

        for (var last = 0L; ;)
        {
            var after = last;
            var rows = await db.ContactPoints.IgnoreQueryFilters(Unseen).Where(p => p.Id > after).OrderBy(p => p.Id).Take(Batch).Select(p => new { p.Id, p.CustomerId, p.Normal }).ToListAsync(stop);
            if (rows.Count == 0) return blocks;
            foreach (var row in rows.Where(row => row.Normal is not null)) blocks.AddContact(row.CustomerId, row.Normal!);
            last = rows[^1].Id;
            await progress(blocks.Count, null);
        }
    }

    private static async Task Compare(this CrmDb db, (long First, long Second)[] pairs, PriorityQueue<(long, long, Likeness), (int, long)> found, CancellationToken stop)
    {
        var profiles = await db.Profiles([.. pairs.Select(pair => pair.First).Concat(pairs.Select(pair => pair.Second)).Distinct()], stop);
        foreach (var (first, second) in pairs)
        {
            if (!profiles.TryGetValue(first, out var one) || !profiles.TryGetValue(second, out var other) || DuplicateRules.Compare(one, other) is not { IsLikely: true } likeness) continue;
            found.Enqueue((first, second, likeness), (likeness.Score, -first));
            if (found.Count > MostPairs) found.Dequeue();
        }
    }

    /// <summary>What the rules look at, of customers who are there.</summary>
    internal static async Task<Dictionary<long, DuplicateProfile>> Profiles(this CrmDb db, long[] ids, CancellationToken stop)
    {
        var rows = await db.Customers.IgnoreQueryFilters(Unseen).Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.Kind, c.NameNormal, c.EmailNormal, c.PhoneNormal }).ToListAsync(stop);
        // those without a normal form are left out below: asked to, SQLite walks through the points of the tenant
        var points = (await db.ContactPoints.IgnoreQueryFilters(Unseen).Where(p => ids.Contains(p.CustomerId))
            .Select(p => new { p.CustomerId, p.Kind, p.Normal }).ToListAsync(stop)).ToLookup(p => p.CustomerId);
        return rows.ToDictionary(row => row.Id, row => new DuplicateProfile(row.Kind, row.NameNormal, All(row.EmailNormal, row.Id, ContactPointKind.Email), All(row.PhoneNormal, row.Id, ContactPointKind.Phone)));

        List<string> All(string? first, long id, ContactPointKind kind) => [.. new[] { first }.Concat(points[id].Where(p => p.Kind == kind).Select(p => p.Normal)).OfType<string>()];
    }

    /// <summary>The open pairs are those that were found, but for those that somebody decided about.</summary>
    private static async Task<int> Keep(this CrmDb db, List<(long First, long Second, Likeness Likeness)> found, CancellationToken stop)
    {
        var known = await db.DuplicatePairs.IgnoreQueryFilters(Unseen).Select(p => new { p.Id, p.FirstId, p.SecondId, p.State, p.Score, p.Reasons }).ToListAsync(stop);
        var wanted = found.ToDictionary(pair => (pair.First, pair.Second), pair => pair.Likeness);
        var decided = known.Where(p => p.State != DuplicateState.Open).Select(p => (p.FirstId, p.SecondId)).ToHashSet();
        // as it was found before: its place in the queue stays
        var same = known.Where(p => p.State == DuplicateState.Open && wanted.TryGetValue((p.FirstId, p.SecondId), out var likeness) && likeness == new Likeness(p.Score, p.Reasons)).ToList();
        var kept = same.Select(p => (p.FirstId, p.SecondId)).ToHashSet();
        var stays = same.Select(p => p.Id).ToHashSet();
        var now = db.Now;
        foreach (var gone in known.Where(p => p.State == DuplicateState.Open && !stays.Contains(p.Id)).Select(p => p.Id).Chunk(PairsCompared))
            await db.DuplicatePairs.IgnoreQueryFilters(Unseen).Where(p => gone.Contains(p.Id)).ExecuteDeleteAsync(stop);
        List<DuplicatePair> fresh = [.. wanted.Where(pair => !decided.Contains(pair.Key) && !kept.Contains(pair.Key)).OrderBy(pair => pair.Key).Select(pair => new DuplicatePair(pair.Key.First, pair.Key.Second, pair.Value, now))];
        await db.BulkInsert(fresh, stop);
        return kept.Count + fresh.Count;
    }
}
