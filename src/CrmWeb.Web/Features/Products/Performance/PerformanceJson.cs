using System.Globalization;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Products.Performance;

/// <summary>A product or a category and what was sold of it; the sum of all has neither.</summary>
/// <param name="ProductId">Null by category, and for what is no product.</param>
/// <param name="Name">Of the product or category; null for what has none.</param>
/// <param name="Cost">Null while the cost of a line is not known; so are the margin and its percentage.</param>
/// <param name="RevenueBefore">In the period before; null where there is none.</param>
public sealed record PerformanceRowJson(
    long? ProductId, string? Name, long Pieces, int Orders, int Buyers, decimal Revenue, decimal? RevenueBefore, decimal? Cost, decimal? Margin, decimal? MarginPercent, int LinesWithoutCost);

/// <summary>What the products brought in a period, in the currency of the tenant.</summary>
[Example("""{"from":"2025-12-01","to":"2026-11-23","currency":"EUR","by":"product","total":{"productId":null,"name":null,"pieces":12,"orders":6,"buyers":4,"revenue":480,"revenueBefore":300,"cost":288,"margin":192,"marginPercent":40,"linesWithoutCost":0},"items":[{"productId":7,"name":"Kettle","pieces":12,"orders":6,"buyers":4,"revenue":480,"revenueBefore":300,"cost":288,"margin":192,"marginPercent":40,"linesWithoutCost":0}]}""")]
public sealed record PerformanceJson(DateOnly From, DateOnly To, string Currency, string By, PerformanceRowJson Total, IReadOnlyList<PerformanceRowJson> Items)
{
    public static PerformanceJson Of(PerformanceFilter filter, PerformanceRow total, IEnumerable<PerformanceRow> rows, string currency)
    {
        decimal? Major(long? minor) => minor is { } amount ? Domain.Tenants.Currency.ToMajor(amount, currency) : null;
        PerformanceRowJson Row(PerformanceRow row) => new(
            !filter.ByCategory && long.TryParse(row.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null, row.Name, row.Sold.Pieces, row.Sold.Orders, row.Sold.Buyers,
            Major(row.Sold.Revenue)!.Value, Major(row.Before), Major(row.Sold.Cost), Major(row.Sold.Margin), row.Sold.MarginShare is { } share ? decimal.Round(share, 2) : null, row.Sold.Uncosted);
        return new(filter.Period.From, filter.Period.Last, currency, filter.ByCategory ? "category" : "product", Row(total), [.. rows.Select(Row)]);
    }
}
