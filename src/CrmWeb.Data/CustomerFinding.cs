using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Finding customers by what somebody types.</summary>
public static class CustomerFinding
{
    private const int Few = 5_000;

    // the engine hands over this many before it is known who of them may be seen; only where they do not do is it asked for all
    private const int FirstHits = 300;

    /// <summary>Those who match, all of them: a list pages through them, counts and exports them like any other.</summary>
    public static async Task<IQueryable<Customer>> Matching(CrmDb db, string typed, string? phoneCountry, CancellationToken stop)
    {
        if (CustomerSearchTerms.Of(typed, phoneCountry) is not { } terms) return db.Customers.Where(c => false);
        if (terms.Inside is not { } inside) return db.Customers.Where(terms.Begins());
        // few are read and put in order; where many match, a page in the order of the list is full soon
        if (!await db.AreMore(inside, Few, stop)) return db.Found(inside);
        var found = db.Indexed(inside);
        return db.Customers.Where(c => found.Contains(c.Id));
    }

    /// <summary>The best matches first: names that begin so, in their order, then whoever has it somewhere; where nobody has, whoever nearly has.</summary>
    /// <param name="kind">Only such.</param>
    public static async Task<List<long>> Ids(CrmDb db, CustomerKind? kind, CustomerSearchTerms terms, int limit, CancellationToken stop)
    {
        IQueryable<Customer> Narrow(IQueryable<Customer> all) => kind is { } only ? db.Seen(all).AsNoTracking().Where(c => c.Kind == only) : db.Seen(all).AsNoTracking();
        var customers = Narrow(db.Customers);
        var ids = await customers.Where(terms.NameBegins()).OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(stop);
        if (ids.Count >= limit) return ids;
        if (terms.Inside is not { } inside)
        {
            var addresses = await customers.Where(terms.EmailBegins()).OrderBy(c => c.EmailNormal).ThenBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(stop);
            return [.. ids.Union(addresses).Take(limit)];
        }

        var found = await Visible(db, Narrow, inside, limit - ids.Count, stop);
        ids = [.. ids.Union(found.OrderBy(c => SearchRank.Of(terms.Folded, c.Name)).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id).Select(c => c.Id)).Take(limit)];
        if (ids.Count > 0 || SearchPattern.Near(terms.Folded) is not { } near) return ids;

        var alike = from customer in await Visible(db, Narrow, near, limit, stop)
                    let slips = SearchRank.Slips(terms.Folded, customer.Name)
                    where slips is not null
                    orderby slips, customer.Name.Length, customer.Id
                    select customer.Id;
        return [.. alike.Take(limit)];
    }

    private static async Task<List<Found>> Visible(CrmDb db, Func<IQueryable<Customer>, IQueryable<Customer>> narrow, SearchPattern pattern, int enough, CancellationToken stop)
    {
        var found = await narrow(db.Found(pattern, FirstHits)).Select(c => new Found(c.Id, c.NameNormal)).ToListAsync(stop);
        if (found.Count >= enough || !await db.AreMore(pattern, FirstHits, stop)) return found;
        return await narrow(db.Found(pattern)).OrderBy(c => c.Id).Select(c => new Found(c.Id, c.NameNormal)).Take(FirstHits).ToListAsync(stop);
    }

    private sealed record Found(long Id, string Name);
}
