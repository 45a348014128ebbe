using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Performance;

/// <summary>Which sales the report is about, all of it in its address: a period, and the filters of the list of orders by their own names.</summary>
/// <param name="Name">Of the period; null for days of one's own.</param>
public sealed record PerformanceFilter(IReadOnlyList<Filter> Filters, string? Name, SalesPeriod Period, bool ByCategory)
{
    public const string PeriodParameter = "period";
    public const string ByParameter = "by";
    private const string Placed = "placed";

    public static async Task<IReadOnlyList<FilterField>> Fields(CrmDb db, IStringLocalizer L, string root, CancellationToken stop) =>
    [
        new(Placed, L["Placed"], FilterKind.Date),
        new("category", L["Category"], FilterKind.Choice, await db.CategoryChoices(stop)),
        new("channel", L["Channel"], FilterKind.Choice, Words.Choices<SalesChannel>(channel => L.Of(channel))),
        .. await CustomerCut.Fields(db, L, root, stop),
    ];

    public static PerformanceFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields, CurrentMember me)
    {
        var filters = Shared.Filters.Read(query, fields);
        var (today, named) = (TenantDay.Today(me), query[PeriodParameter].ToString());
        var by = query[ByParameter] == "category";
        if (Own(filters, today) is { } own) return new(filters, null, own, by);
        var name = SalesPeriod.Names.Contains(named, StringComparer.Ordinal) ? named : SalesPeriod.Usual;
        return new([.. filters.Where(filter => filter.Field.Key != Placed)], name, SalesPeriod.Named(name, today), by);
    }

    /// <summary>The lines of a period that the filters leave.</summary>
    public IQueryable<OrderLine> Of(CrmDb db, CurrentMember me, SalesPeriod period) =>
        Filters.Where(filter => filter.Field.Key != Placed)
            .Aggregate(db.Sold(TenantDay.Start(me, period.From), TenantDay.Start(me, period.Until)), (lines, filter) => Narrow(lines, filter, db, me));

    /// <summary>The query of the list of orders that a number is made of.</summary>
    /// <param name="key">A filter of that list which tells the row apart.</param>
    public string Orders(string? key = null, string? value = null)
    {
        string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var stem = key?.Split('.')[0];
        var kept = Filters.Where(filter => filter.Field.Key != Placed && filter.Field.Key != stem)
            .SelectMany(filter => filter.Values.Select(one => $"{filter.Field.Key}={Uri.EscapeDataString(one)}").Append($"{filter.Field.Key}.op={filter.Operator}"));
        string[] own = key is null ? [] : [$"{key}={Uri.EscapeDataString(value!)}"];
        return string.Join('&', [$"placed={Day(Period.From)}", $"placed={Day(Period.Last)}", "placed.op=between", "state=Returned", "state.op=none", .. kept, .. own]);
    }

    private static SalesPeriod? Own(IReadOnlyList<Filter> filters, DateOnly today)
    {
        if (filters.FirstOrDefault(filter => filter.Field.Key == Placed) is not { } placed) return null;
        var (from, to) = DayFilter.Of(placed, today);
        if (from is null && to is null) return null;
        // what begins nowhere is compared with nothing
        var (first, last) = (from ?? DateOnly.MinValue, to ?? today);
        return last < first || last == DateOnly.MaxValue ? null : new(first, last.AddDays(1));
    }

    private static IQueryable<OrderLine> Narrow(IQueryable<OrderLine> lines, Filter filter, CrmDb db, CurrentMember me)
    {
        Expression<Func<OrderLine, string?>> category = l => l.Product!.CategoryNormal;
        return filter.Field.Key switch
        {
            "category" => lines.ByWord(filter, category),
            "channel" => lines.ByChoice(filter, l => (SalesChannel?)l.Order!.Channel, Narrowing.Word<SalesChannel>),
            _ => lines.Narrow(filter, l => l.Order!.Customer!, db, me),
        };
    }
}
