using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Customers who share an address or a number: perhaps the same ones, written down twice.</summary>
public static class CustomerDuplicates
{
    public const int MaxShown = 3;

    // three probes of three indexes, in one statement
    private static readonly CompiledQuery<Func<CrmDb, string[], long?, IAsyncEnumerable<RelatedCustomer>>> Sharing = new(() =>
        EF.CompileAsyncQuery((CrmDb db, string[] sought, long? but) => db.Customers
            .Where(c => c.Id != but && db.Customers.Where(other => sought.Contains(other.EmailNormal!)).Select(other => other.Id)
                .Union(db.Customers.Where(other => sought.Contains(other.PhoneNormal!)).Select(other => other.Id))
                .Union(db.ContactPoints.Where(p => sought.Contains(p.Normal!)).Select(p => p.CustomerId)).Contains(c.Id))
            .OrderBy(c => c.Id).Take(MaxShown).Select(c => new RelatedCustomer(c.Id, c.Kind, c.Name, c.Email, c.Phone))));

    /// <param name="but">The customer itself.</param>
    public static async Task<List<RelatedCustomer>> Find(CrmDb db, IEnumerable<string?> normals, long? but, CancellationToken stop)
    {
        var sought = normals.OfType<string>().Where(normal => normal.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        return sought.Length == 0 ? [] : await Sharing.For(db)(db, sought, but).ToListAsync(stop);
    }
}
