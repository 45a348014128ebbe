using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Duplicates;

/// <summary>A customer who may be the one that somebody is about to add.</summary>
public sealed record LikelyDuplicate(long Id, CustomerKind Kind, string Name, string? Email, string? Phone, Likeness Likeness);

/// <summary>
/// Who of those that the actor sees may be the same as one customer, before it is added. By the rules of the scan; what comes into question is found by
/// indexes alone: same mail, same phone, same name in either order of its words, and names that begin alike.
/// </summary>
public static class DuplicateFinding
{
    private const int MostNames = 50;
    private const int ShortestBeginning = 4;

    private static readonly CompiledQuery<Func<CrmDb, string[], string[], string, string, long?, IAsyncEnumerable<Customer>>> Candidates = new(() =>
        EF.CompileAsyncQuery((CrmDb db, string[] contacts, string[] names, string from, string to, long? but) => db.Customers.AsNoTracking()
            .Where(c => c.Id != but && db.Customers.Where(other => contacts.Contains(other.EmailNormal!)).Select(other => other.Id)
                .Union(db.Customers.Where(other => contacts.Contains(other.PhoneNormal!)).Select(other => other.Id))
                .Union(db.ContactPoints.Where(p => contacts.Contains(p.Normal!)).Select(p => p.CustomerId))
                .Union(db.Customers.Where(other => names.Contains(other.NameNormal)).OrderBy(other => other.NameNormal).Take(MostNames).Select(other => other.Id))
                .Union(db.Customers.Where(other => string.Compare(other.NameNormal, from) >= 0 && string.Compare(other.NameNormal, to) < 0).OrderBy(other => other.NameNormal).Take(MostNames).Select(other => other.Id))
                .Contains(c.Id))));

    /// <param name="but">The customer itself, where it is there already.</param>
    /// <param name="most">The likeliest ones come first.</param>
    public static async Task<List<LikelyDuplicate>> FindDuplicates(this CrmDb db, DuplicateProfile sought, long? but, int most, CancellationToken stop)
    {
        string[] contacts = [.. sought.Emails.Concat(sought.Phones)];
        // the first half: a slip in the second one is found; without enough letters the range is empty
        var beginning = sought.Name.Length / 2 >= ShortestBeginning ? sought.Name[..(sought.Name.Length / 2)] : null;
        var found = await Candidates.For(db)(db, contacts, [.. Orders(sought.Name)], beginning ?? "", beginning is null ? "" : beginning + char.MaxValue, but).ToListAsync(stop);
        if (found.Count == 0) return [];
        var profiles = await db.Profiles([.. found.Select(c => c.Id)], stop);
        return [.. found.Select(c => new LikelyDuplicate(c.Id, c.Kind, c.Name, c.Email, c.Phone, profiles.TryGetValue(c.Id, out var profile) ? DuplicateRules.Compare(sought, profile) : default))
            .Where(c => c.Likeness.Score >= DuplicateRules.Warned).OrderByDescending(c => c.Likeness.Score).ThenBy(c => c.Id).Take(most)];
    }

    private static IEnumerable<string> Orders(string name)
    {
        if (name.Length == 0) yield break;
        yield return name;
        var words = name.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2) yield break;
        yield return string.Join(' ', words);
        yield return string.Join(' ', words[1..].Append(words[0]));
        yield return string.Join(' ', words[..^1].Prepend(words[^1]));
        yield return $"{words[^1]}, {string.Join(' ', words[..^1])}";
    }
}
