using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The customers that custom fields of a batch name, by external id or full name. Asked for all rows at once.</summary>
internal sealed class NamedCustomers
{
    private readonly Dictionary<string, long?> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> byId = new(StringComparer.Ordinal);

    public static async Task<NamedCustomers> Load(CrmDb db, IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        var named = new NamedCustomers();
        List<string> texts = [.. rows.Where(row => !row.IsRefused).SelectMany(row => row.References).Select(reference => reference.Text).Distinct(StringComparer.Ordinal)];
        if (texts.Count == 0) return named;
        List<string> names = [.. texts.Select(SearchText.Fold).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        foreach (var one in await db.Customers.Where(c => texts.Contains(c.ExternalId!)).Select(c => new { c.ExternalId, c.Id }).ToListAsync(stop)) named.byId[one.ExternalId!] = one.Id;
        foreach (var same in (await db.Customers.Where(c => names.Contains(c.NameNormal)).Select(c => new { c.NameNormal, c.Id }).ToListAsync(stop)).GroupBy(c => c.NameNormal, StringComparer.Ordinal))
            named.byName[same.Key] = same.Count() == 1 ? same.First().Id : null;
        return named;
    }

    /// <summary>The row with those that it names; refused when one is nobody, or several.</summary>
    public ReadRow Put(ReadRow row)
    {
        if (row.IsRefused || row.References.Count == 0) return row;
        var (details, given) = (row.Details, row.Given.ToList());
        foreach (var (field, text) in row.References)
        {
            var found = byId.TryGetValue(text, out var id) ? id : byName.GetValueOrDefault(SearchText.Fold(text));
            if (found is not { } customer)
            {
                row.Refusals.Add(new(field.Name, Refusal.UnknownCustomer));
                continue;
            }

            details = details.With(field.Key, [CustomText.Id(customer)]);
            given.Add(DetailField.OfCustom(field.Key));
        }

        return row with { Details = details, Given = given };
    }
}
