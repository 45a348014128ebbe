using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>One page of the list: its rows in order, and the keys of the pages beside it.</summary>
public sealed record CustomerList(IReadOnlyList<CustomerRow> Rows, Pager Pager)
{
    public const int PageSize = 50;

    /// <param name="after">Cursor of the last row of the page before; <paramref name="before"/> of the first row of the page after it.</param>
    public static async Task<CustomerList> Read(
        CrmDb db, CurrentMember me, CustomerCounts counts, CustomerQuery query, string? after, string? before, Columns columns, CustomFieldSet custom, CancellationToken stop)
    {
        var customers = await query.Customers(db, me, stop);
        var (from, backwards) = CustomerCursor.Parse(query.Sort.By, after) is { } key ? (key, false) : (CustomerCursor.Parse(query.Sort.By, before), true);
        if (from is null) backwards = false;

        var shown = columns.Shown.Select(column => column.Key).ToList();
        var plain = backwards ? null : PlainCustomerList.Of(db, query, shown);
        Task<List<CustomerRow>> Following() => plain is not null ? plain.Read(db, from, stop)
            : Next(customers, CustomerRow.With([.. shown, query.Sort.Text.TrimStart('-')]), query.Sort, from, backwards, stop);
        var rows = await Following();
        // the page that the key led to is gone: begin again
        if (rows.Count == 0 && from is not null)
        {
            (from, backwards) = (null, false);
            rows = await Following();
        }

        var more = rows.Count > PageSize;
        if (more) rows.RemoveAt(PageSize);
        if (backwards) rows.Reverse();
        if (shown.Exists(column => CustomerWorth.Find(column) is not null)) rows = rows.ConvertAll(its => its with { Currency = me.Pass.Currency });
        if (shown.Contains(CustomerColumns.Tags, StringComparer.Ordinal)) rows = await WithTags(db, rows, stop);
        if (shown.Contains(CustomerColumns.Tier, StringComparer.Ordinal)) rows = await WithTiers(db, rows, stop);
        rows = await WithCustom(db, rows, [.. shown.Select(custom.Named).Append(query.Sort.Field).OfType<CustomField>().Distinct()], stop);

        var count = from is null && !more ? new CappedCount(rows.Count, false) : await counts.Count(customers, query, me, stop);
        var hasBefore = backwards ? more : from is not null;
        var hasAfter = backwards || more;
        return new(rows, new Pager(
            hasBefore && rows.Count > 0 ? rows[0].Cursor(query.Sort).ToString() : null,
            hasAfter && rows.Count > 0 ? rows[^1].Cursor(query.Sort).ToString() : null,
            rows.Count, count));
    }

    /// <summary>One row, with what one column shows; null when there is no such customer, or none that the member may see.</summary>
    public static async Task<CustomerRow?> Row(CrmDb db, long id, string column, CustomFieldSet custom, CancellationToken stop)
    {
        var rows = await db.Customers.AsNoTracking().Where(c => c.Id == id).Select(CustomerRow.With([column])).ToListAsync(stop);
        if (column == CustomerColumns.Tags) rows = await WithTags(db, rows, stop);
        if (column == CustomerColumns.Tier) rows = await WithTiers(db, rows, stop);
        rows = await WithCustom(db, rows, [.. new[] { custom.Named(column) }.OfType<CustomField>()], stop);
        return rows.SingleOrDefault();
    }

    /// <summary>The next rows in the order of the sort, one more than a page; several ranges of keys only where one ends in this page.</summary>
    public static async Task<List<TRow>> Next<TRow>(
        IQueryable<Customer> customers, Expression<Func<Customer, TRow>> row, CustomerSort sort, CustomerCursor? from, bool backwards, CancellationToken stop, int size = PageSize)
    {
        var rows = new List<TRow>(size + 1);
        foreach (var range in sort.Ranges(from, backwards))
        {
            rows.AddRange(await range(customers).Select(row).Take(size + 1 - rows.Count).ToListAsync(stop));
            if (rows.Count > size) break;
        }

        return rows;
    }

    /// <summary>The rows with the values of the custom fields that are shown, and of the one they are ordered by.</summary>
    private static async Task<List<CustomerRow>> WithCustom(CrmDb db, List<CustomerRow> rows, IReadOnlyCollection<CustomField> fields, CancellationToken stop)
    {
        if (fields.Count == 0 || rows.Count == 0) return rows;
        var values = await CustomShown.Read(db, [.. rows.Select(row => row.Id)], fields, stop);
        return rows.ConvertAll(row => row with { Custom = [.. values[row.Id]] });
    }

    /// <summary>The rows with the names of their tiers: whoever has one that is out of use still has it.</summary>
    private static async Task<List<CustomerRow>> WithTiers(CrmDb db, List<CustomerRow> rows, CancellationToken stop)
    {
        var names = rows.Exists(row => row.TierId is not null) ? await db.TierNames(stop) : [];
        return rows.ConvertAll(row => row with { Tier = row.TierId is { } tier ? names.GetValueOrDefault(tier) : null });
    }

    /// <summary>The rows with their tags, read for all of them at once.</summary>
    public static async Task<List<CustomerRow>> WithTags(CrmDb db, List<CustomerRow> rows, CancellationToken stop)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var tags = await db.CustomerTags.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => ids.Contains(t.CustomerId))
            .OrderBy(t => t.Tag!.NameNormal).Select(t => new { t.CustomerId, t.Tag!.Name }).AsNoTracking().ToListAsync(stop);
        var byCustomer = tags.ToLookup(tag => tag.CustomerId, tag => tag.Name);
        return [.. rows.Select(row => row with { Tags = [.. byCustomer[row.Id]] })];
    }
}
