using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Performance;

/// <summary>A product or a category, and what was sold of it.</summary>
/// <param name="Key">What the row is known by in the address: the number of the product, the folded category; empty for what has none.</param>
/// <param name="Name">Null for what is no product, or has no category.</param>
/// <param name="Before">Its revenue in the period before; null where there is no such period.</param>
public sealed record PerformanceRow(string Key, string? Name, SoldSum<string> Sold, long? Before, long Whole)
{
    public bool IsAway { get; init; }

    /// <summary>Of all revenue, in hundredths.</summary>
    public decimal? Share => Whole > 0 ? Sold.Revenue * 100m / Whole : null;

    /// <summary>Of the revenue against the period before, in hundredths; null when there was none.</summary>
    public decimal? Change => Before > 0 ? (Sold.Revenue - Before.Value) * 100m / Before.Value : null;
}

/// <summary>What the tenant's products brought, row by row, sorted and paged. The rows are as many as there are products, and all of them are summed up anyway.</summary>
public sealed record PerformancePage(PerformanceFilter Filter, IReadOnlyList<FilterField> Fields, PerformanceRow Total, IReadOnlyList<PerformanceRow> Rows, Pager Pager, Columns Columns)
{
    private const int Size = 50;
    private const string Usual = "-revenue";

    private static readonly Dictionary<string, Func<PerformanceRow, decimal?>> Orders = new(StringComparer.Ordinal)
    {
        ["pieces"] = row => row.Sold.Pieces,
        ["orders"] = row => row.Sold.Orders,
        ["buyers"] = row => row.Sold.Buyers,
        ["revenue"] = row => row.Sold.Revenue,
        ["cost"] = row => row.Sold.Cost,
        ["margin"] = row => row.Sold.Margin,
        ["share"] = row => row.Sold.MarginShare,
        ["change"] = row => row.Change,
    };

    public static async Task<PerformancePage> Read(CrmDb db, CurrentMember me, IStringLocalizer L, PerformanceFilter filter, IReadOnlyList<FilterField> fields, string? sort, string? after, string? before, CancellationToken stop)
    {
        var columns = ColumnsOf(L, filter.ByCategory, IsSort(sort) ? sort! : Usual);
        var (total, rows) = await Everything(db, me, filter, columns.Sort, stop);
        var (shown, pager) = Page(rows, after, before);
        return new(filter, fields, total, shown, pager, columns);
    }

    /// <summary>Every row in order, and the sum of all of them.</summary>
    public static async Task<(PerformanceRow Total, List<PerformanceRow> Rows)> Everything(CrmDb db, CurrentMember me, PerformanceFilter filter, string? sort, CancellationToken stop)
    {
        var all = await filter.Of(db, me, filter.Period).SumUp(_ => 1, me.Pass.Currency, stop);
        var rows = Sorted(await All(db, me, filter, stop), IsSort(sort) ? sort! : Usual);
        var whole = all.Count == 0 ? new SoldSum<int> { Key = 1 } : all[0];
        return (new("", null, whole.As(""), filter.Period.Before is null ? null : rows.Sum(row => row.Before ?? 0), whole.Revenue), rows);
    }

    private static async Task<List<PerformanceRow>> All(CrmDb db, CurrentMember me, PerformanceFilter filter, CancellationToken stop)
    {
        var own = me.Pass.Currency;
        var (lines, earlier) = (filter.Of(db, me, filter.Period), filter.Period.Before is { } ago ? filter.Of(db, me, ago) : null);
        if (filter.ByCategory)
        {
            var names = (await db.CategoryChoices(stop)).ToDictionary(item => item.Value, item => item.Text, StringComparer.Ordinal);
            var sums = await lines.SumUp(l => l.Product!.CategoryNormal ?? "", own, stop);
            var past = earlier is null ? null : await earlier.Revenues(l => l.Product!.CategoryNormal ?? "", own, stop);
            return Joined(sums, past, key => (names.GetValueOrDefault(key), false));
        }

        var products = await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Select(p => new { p.Id, p.Name, p.DeletedAt }).ToDictionaryAsync(p => Key(p.Id), stop);
        var sold = await lines.SumUp(l => l.ProductId, own, stop);
        var before = earlier is null ? null : await earlier.Revenues(l => l.ProductId, own, stop);
        return Joined(
            sold.ConvertAll(sum => sum.As(Key(sum.Key))), before?.ConvertAll(sum => (Key(sum.Key), sum.Revenue)),
            key => products.TryGetValue(key, out var product) ? (product.Name, product.DeletedAt is not null) : (null, false));
    }

    // what was sold before and is sold no more is told as well
    private static List<PerformanceRow> Joined(List<SoldSum<string>> sold, List<(string Key, long Revenue)>? before, Func<string, (string? Name, bool IsAway)> named)
    {
        var (whole, past) = (sold.Sum(sum => sum.Revenue), before?.ToDictionary(sum => sum.Key, sum => sum.Revenue, StringComparer.Ordinal));
        var gone = past?.Keys.Except(sold.Select(sum => sum.Key), StringComparer.Ordinal).Select(key => new SoldSum<string> { Key = key }) ?? [];
        return [.. sold.Concat(gone).Select(sum => new PerformanceRow(sum.Key, named(sum.Key).Name, sum, past?.GetValueOrDefault(sum.Key), whole) { IsAway = named(sum.Key).IsAway })];
    }

    private static List<PerformanceRow> Sorted(List<PerformanceRow> rows, string sort)
    {
        var down = sort[0] == '-';
        if (sort.TrimStart('-') == "name")
        {
            var byName = rows.OrderBy(row => row.Name is null).ThenBy(row => row.Name, StringComparer.CurrentCulture).ThenBy(row => row.Key, StringComparer.Ordinal);
            return down ? [.. byName.Reverse()] : [.. byName];
        }

        // what is not known stands last, whichever way
        var of = Orders[sort.TrimStart('-')];
        var known = rows.OrderBy(row => of(row) is null);
        return [.. (down ? known.ThenByDescending(of) : known.ThenBy(of)).ThenBy(row => row.Name, StringComparer.CurrentCulture).ThenBy(row => row.Key, StringComparer.Ordinal)];
    }

    private static (List<PerformanceRow> Rows, Pager Pager) Page(List<PerformanceRow> rows, string? after, string? before)
    {
        // a cursor is the key of the row at the edge; a sign before it, because the key of what has none is empty
        int At(string? cursor) => cursor is ['k', .. var key] ? rows.FindIndex(row => row.Key == key) : -1;
        var from = after is not null ? At(after) + 1 : before is not null ? Math.Max(0, At(before) - Size) : 0;
        var shown = rows.Skip(from).Take(Size).ToList();
        return (shown, new(
            from > 0 && shown.Count > 0 ? "k" + shown[0].Key : null, from + shown.Count < rows.Count ? "k" + shown[^1].Key : null, shown.Count, new(rows.Count, false)));
    }

    private static Columns ColumnsOf(IStringLocalizer L, bool byCategory, string sort) => new(
    [
        new("name", byCategory ? L["Category"] : L["Product"], Sortable: true),
        new("pieces", L["Pieces"], Sortable: true, ColumnKind.Number),
        new("orders", L["Orders"], Sortable: true, ColumnKind.Number),
        new("buyers", L["Buyers"], Sortable: true, ColumnKind.Number),
        new("revenue", L["Revenue"], Sortable: true, ColumnKind.Number),
        new("whole", L["Of all"], Kind: ColumnKind.Number),
        new("change", L["Change"], Sortable: true, ColumnKind.Number),
        new("cost", L["Cost"], Sortable: true, ColumnKind.Number),
        new("margin", L["Margin"], Sortable: true, ColumnKind.Number),
        new("share", L["Margin %"], Sortable: true, ColumnKind.Number),
    ], sort);

    /// <summary>What the rows may be ordered by; a minus in front turns it round.</summary>
    public static IEnumerable<string> Sorts => Orders.Keys.Prepend("name").SelectMany(key => new[] { key, "-" + key });

    public static bool IsSort(string? sort) => sort?.TrimStart('-') is { Length: > 0 } key && (key == "name" || Orders.ContainsKey(key));

    private static string Key(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";
}
