using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Finding customers by what somebody types. What begins so comes first, by index; what merely holds it fills up. Hits are capped.</summary>
public static class CustomerSearch
{
    public const int MaxHits = 500;

    /// <summary>Whether a list of so many found customers is not all that match.</summary>
    public static bool IsCapped(string? typed, long? found) => !string.IsNullOrEmpty(typed) && found > MaxHits;

    /// <summary>Those of the customers that match, at most <see cref="MaxHits"/> and one more, which tells that there are more.</summary>
    public static async Task<IQueryable<Customer>> Narrow(IQueryable<Customer> customers, string typed, string? phoneCountry, CancellationToken stop)
    {
        if (CustomerSearchTerms.Of(typed, phoneCountry) is not { } terms) return customers.Where(c => false);
        var ids = await Ids(customers, terms, MaxHits + 1, stop);
        return customers.Where(c => ids.Contains(c.Id));
    }

    /// <summary>The best matches first.</summary>
    public static async Task<List<long>> Ids(IQueryable<Customer> customers, CustomerSearchTerms terms, int limit, CancellationToken stop)
    {
        var ids = await customers.Where(terms.Begins()).OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(stop);
        foreach (var (holds, by) in terms.Inside())
        {
            if (ids.Count >= limit) break;
            var more = await customers.Where(holds).OrderBy(by).ThenBy(c => c.Id).Select(c => c.Id).Take(limit).ToListAsync(stop);
            ids = [.. ids.Union(more).Take(limit)];
        }

        return ids;
    }
}
