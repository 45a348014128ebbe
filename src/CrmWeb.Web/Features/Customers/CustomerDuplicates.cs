using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Customers who share an address or a number: perhaps the same ones, written down twice.</summary>
public static class CustomerDuplicates
{
    public const int MaxShown = 3;

    /// <param name="but">The customer itself.</param>
    public static async Task<List<RelatedCustomer>> Find(CrmDb db, IEnumerable<string?> normals, long? but, CancellationToken stop)
    {
        var sought = normals.OfType<string>().Where(normal => normal.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (sought.Count == 0) return [];

        // three probes of three indexes, in one statement
        var ids = db.Customers.Where(c => sought.Contains(c.EmailNormal!)).Select(c => c.Id)
            .Union(db.Customers.Where(c => sought.Contains(c.PhoneNormal!)).Select(c => c.Id))
            .Union(db.ContactPoints.Where(p => sought.Contains(p.Normal!)).Select(p => p.CustomerId));
        return await db.Customers.Where(c => ids.Contains(c.Id) && c.Id != but).OrderBy(c => c.Id).Take(MaxShown)
            .Select(c => new RelatedCustomer(c.Id, c.Kind, c.Name, c.Email, c.Phone)).ToListAsync(stop);
    }
}
