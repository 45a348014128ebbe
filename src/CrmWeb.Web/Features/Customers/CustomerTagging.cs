using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Puts exactly these tags on a customer; a name that no tag has becomes one.</summary>
public static class CustomerTagging
{
    public static async Task Put(CrmDb db, Customer customer, IEnumerable<string> names, CancellationToken stop)
    {
        var wanted = names.ToDictionary(SearchText.Fold, name => name, StringComparer.Ordinal);
        var folded = wanted.Keys.ToList();
        customer.Tags.RemoveAll(t => !wanted.ContainsKey(t.Tag!.NameNormal));
        foreach (var there in customer.Tags) wanted.Remove(there.Tag!.NameNormal);
        if (wanted.Count == 0) return;

        var known = await db.Set<Tag>().Where(t => folded.Contains(t.NameNormal)).ToDictionaryAsync(t => t.NameNormal, StringComparer.Ordinal, stop);
        foreach (var (normal, name) in wanted) customer.Tags.Add(new CustomerTag(known.GetValueOrDefault(normal) ?? new Tag(name)));
    }
}
