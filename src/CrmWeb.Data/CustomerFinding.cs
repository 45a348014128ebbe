using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Finding customers by what somebody types.</summary>
public static class CustomerFinding
{
    // the engine hands over this many before it is known who of them may be seen; only where they do not do is it asked for all
    private const int FirstHits = 300;

    /// <summary>Those of the customers that match, all of them: a list pages through them, counts and exports them like any other.</summary>
    public static IQueryable<Customer> Narrow(CrmDb db, IQueryable<Customer> customers, string typed, string? phoneCountry)
    {
        if (CustomerSearchTerms.Of(typed, phoneCountry) is not { } terms) return customers.Where(c => false);
        if (terms.Inside is not { } inside) return customers.Where(terms.Begins());
        var found = db.Indexed(inside);
        return customers.Where(c => found.Contains(c.Id));
    }

    /// <summary>The best matches first: names that begin so, in their order, then whoever has it somewhere; where nobody has, whoever nearly has.</summary>
    public static async Task<List<long>> Ids(CrmDb db, IQueryable<Customer> customers, CustomerSearchTerms terms, int limit, CancellationToken stop)
    {
        var ids = await customers.Where(terms.NameBegins()).OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(stop);
        if (ids.Count >= limit) return ids;
        if (terms.Inside is not { } inside)
        {
            var addresses = await customers.Where(terms.EmailBegins()).OrderBy(c => c.EmailNormal).ThenBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(stop);
            return [.. ids.Union(addresses).Take(limit)];
        }

        var found = await Visible(db, customers, inside, limit - ids.Count, stop);
        ids = [.. ids.Union(found.OrderBy(c => SearchRank.Of(terms.Folded, c.Name)).ThenBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Id).Select(c => c.Id)).Take(limit)];
        if (ids.Count > 0 || SearchPattern.Near(terms.Folded) is not { } near) return ids;

        var alike = from customer in await Visible(db, customers, near, limit, stop)
                    let slips = SearchRank.Slips(terms.Folded, customer.Name)
                    where slips is not null
                    orderby slips, customer.Name.Length, customer.Id
                    select customer.Id;
        return [.. alike.Take(limit)];
    }

    private static async Task<List<Found>> Visible(CrmDb db, IQueryable<Customer> customers, SearchPattern pattern, int enough, CancellationToken stop)
    {
        var hits = await db.FirstIndexed(pattern, FirstHits, stop);
        if (hits.Count == 0) return [];
        var found = await customers.Where(c => EF.Parameter(hits).Contains(c.Id)).Select(c => new Found(c.Id, c.NameNormal)).ToListAsync(stop);
        if (found.Count >= enough || hits.Count < FirstHits) return found;

        var all = db.Indexed(pattern);
        return await customers.Where(c => all.Contains(c.Id)).OrderBy(c => c.Id).Select(c => new Found(c.Id, c.NameNormal)).Take(FirstHits).ToListAsync(stop);
    }

    private sealed record Found(long Id, string Name);
}
