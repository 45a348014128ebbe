using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Finding customers by what somebody types.</summary>
public static class CustomerSearch
{
    /// <summary>Those of the customers that match, all of them: a list pages through them, counts and exports them like any other.</summary>
    public static IQueryable<Customer> Narrow(IQueryable<Customer> customers, string typed, string? phoneCountry) =>
        CustomerSearchTerms.Of(typed, phoneCountry) is { } terms ? customers.Where(terms.Matches()) : customers.Where(c => false);

    /// <summary>The best matches first: what begins so, by index; what merely holds it fills up.</summary>
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
