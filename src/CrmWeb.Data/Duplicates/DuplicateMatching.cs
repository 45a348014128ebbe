using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.Duplicates;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Duplicates;

/// <summary>
/// Who of the customers that the actor sees may be the same as many that are about to come in, asked for once for all of them: by the keys of indexes
/// alone, so names one letter off are left to the scan.
/// </summary>
public sealed class DuplicateMatching
{
    private readonly Dictionary<string, List<LikelyDuplicate>> byContact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LikelyDuplicate>> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<long, DuplicateProfile> profiles = [];

    /// <param name="importId">What came in with this import was not there before it.</param>
    public static async Task<DuplicateMatching> Load(CrmDb db, IReadOnlyCollection<DuplicateProfile> sought, long importId, CancellationToken stop)
    {
        var matching = new DuplicateMatching();
        if (sought.Count == 0 || !await db.HasOthers(importId, stop)) return matching;
        List<string> mails = [.. sought.SelectMany(one => one.Emails).Distinct(StringComparer.Ordinal)];
        List<string> phones = [.. sought.SelectMany(one => one.Phones).Distinct(StringComparer.Ordinal)];
        List<string> names = [.. sought.Select(one => one.Name).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        // an index serves each of them and none their union
        var ids = new HashSet<long>();
        if (mails.Count > 0) ids.UnionWith(OfFew(await db.Customers.Where(c => mails.Contains(c.EmailNormal!)).Select(c => new Sharing(c.EmailNormal!, c.Id)).ToListAsync(stop)));
        if (phones.Count > 0) ids.UnionWith(OfFew(await db.Customers.Where(c => phones.Contains(c.PhoneNormal!)).Select(c => new Sharing(c.PhoneNormal!, c.Id)).ToListAsync(stop)));
        if (mails.Count + phones.Count > 0)
        {
            List<string> contacts = [.. mails, .. phones];
            ids.UnionWith(OfFew(await db.ContactPoints.Where(p => contacts.Contains(p.Normal!)).Select(p => new Sharing(p.Normal!, p.CustomerId)).ToListAsync(stop)));
        }

        // of many who share a name the first one is enough; whoever shares an address too was found above
        if (names.Count > 0)
            ids.UnionWith(await db.Customers.Where(c => names.Contains(c.NameNormal)).GroupBy(c => new { c.NameNormal, c.Kind }).Select(same => same.Min(c => c.Id)).ToListAsync(stop));
        await matching.Add(db, [.. ids], importId, stop);
        return matching;
    }

    private sealed record Sharing(string Contact, long Id);

    /// <summary>A switchboard or an office's address says nothing about who somebody is.</summary>
    private static IEnumerable<long> OfFew(List<Sharing> found) =>
        found.GroupBy(one => one.Contact, one => one.Id, StringComparer.Ordinal).Where(same => same.Count() <= DuplicateBlocks.MostSharingContact).SelectMany(same => same);

    /// <summary>The likeliest of them; null when nobody is likely.</summary>
    public LikelyDuplicate? Find(DuplicateProfile sought)
    {
        if (profiles.Count == 0) return null;
        var near = sought.Emails.Concat(sought.Phones).SelectMany(contact => byContact.GetValueOrDefault(contact, [])).Concat(byName.GetValueOrDefault(sought.Name, [])).DistinctBy(one => one.Id);
        return near.Select(one => one with { Likeness = DuplicateRules.Compare(sought, profiles[one.Id]) })
            .Where(one => one.Likeness.IsLikely).OrderByDescending(one => one.Likeness.Score).ThenBy(one => one.Id).FirstOrDefault();
    }

    private async Task Add(CrmDb db, long[] ids, long importId, CancellationToken stop)
    {
        if (ids.Length == 0) return;
        var rows = await db.Customers.Where(c => ids.Contains(c.Id) && c.ImportId != importId).Select(c => new { c.Id, c.Kind, c.Name, c.Email, c.Phone }).ToListAsync(stop);
        foreach (var (id, profile) in await db.Profiles([.. rows.Select(row => row.Id)], stop)) profiles[id] = profile;
        foreach (var row in rows.OrderBy(row => row.Id))
        {
            if (!profiles.TryGetValue(row.Id, out var profile)) continue;
            var found = new LikelyDuplicate(row.Id, row.Kind, row.Name, row.Email, row.Phone, default);
            foreach (var contact in profile.Emails.Concat(profile.Phones)) Put(byContact, contact, found);
            Put(byName, profile.Name, found);
        }
    }

    private static void Put(Dictionary<string, List<LikelyDuplicate>> by, string key, LikelyDuplicate found)
    {
        if (!by.TryGetValue(key, out var all)) by[key] = all = [];
        all.Add(found);
    }
}

public static class DuplicatePairs
{
    /// <summary>Whether anybody was there before the import. Ids grow: the first one tells.</summary>
    internal static async Task<bool> HasOthers(this CrmDb db, long importId, CancellationToken stop) =>
        await db.Customers.OrderBy(c => c.Id).Select(c => new { c.ImportId }).FirstOrDefaultAsync(stop) is { } first && first.ImportId != importId;

    /// <summary>Puts pairs into the queue, as many as somebody would look through. Needs an open transaction; one of each pair is new in it.</summary>
    public static async Task QueueDuplicates(this CrmDb db, IReadOnlyList<(long One, long Other, Likeness Likeness)> pairs, DateTime now, CancellationToken stop)
    {
        if (pairs.Count == 0) return;
        var room = DuplicateScan.MostPairs - await db.DuplicatePairs.CountAsync(p => p.State == DuplicateState.Open, stop);
        await db.BulkInsert([.. pairs.Take(Math.Max(0, room)).Select(pair => new DuplicatePair(pair.One, pair.Other, pair.Likeness, now))], stop);
    }
}
