using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>An order as its list shows it.</summary>
public sealed record OrderRow(long Id, long CustomerId, string Customer, DateTime PlacedAt, SalesChannel Channel, OrderState State, long Total, string Currency, string? ExternalId)
{
    public static readonly Expression<Func<Order, OrderRow>> Of = o => new(o.Id, o.CustomerId, o.Customer!.Name, o.PlacedAt, o.Channel, o.State, o.Total, o.Currency, o.ExternalId);
}

/// <summary>What the page of the list needs.</summary>
public sealed record OrderListPage(OrderFilter Filter, IReadOnlyList<FilterField> Fields, IReadOnlyList<OrderRow> Rows, Pager Pager, Columns Columns);

/// <summary>What the list of orders shows, all of it in its address.</summary>
public sealed record OrderFilter(IReadOnlyList<Filter> Filters, string? Search)
{
    public static readonly IReadOnlyList<KeyOrder<Order>> Orders =
    [
        KeyOrder<Order>.By("placed", o => o.PlacedAt),
        KeyOrder<Order>.By("total", o => o.BaseTotal),
        KeyOrder<Order>.By("created", o => o.CreatedAt),
    ];

    /// <param name="root">Of the tenant's pages, which the pickers ask; of no meaning where nothing is drawn.</param>
    public static async Task<IReadOnlyList<FilterField>> Fields(CrmDb db, CurrentMember me, IStringLocalizer L, string root, CancellationToken stop) =>
    [
        new("customer", L["Customer"], FilterKind.Picker, Url: $"{root}customers/find"),
        new("state", L["State"], FilterKind.Choice, Words.Choices<OrderState>(state => L.Of(state))),
        new("channel", L["Channel"], FilterKind.Choice, Words.Choices<SalesChannel>(channel => L.Of(channel))),
        new("placed", L["Placed"], FilterKind.Date),
        new("total", L["Total in {0}", me.Pass.Currency], FilterKind.Number),
        new("currency", L["Currency"], FilterKind.Choice, await db.CurrencyChoices(me.Pass.Currency, stop)),
        new("product", L["Product"], FilterKind.Picker, Url: $"{root}products/find"),
        new("category", L["Category"], FilterKind.Choice, await db.CategoryChoices(stop)),
        new("words", L["With lines in words"], FilterKind.YesNo),
        .. await CustomerCut.Fields(db, L, root, stop),
    ];

    public static Columns Columns(IStringLocalizer L, string sort) => new(
    [
        new("customer", L["Customer"]),
        new("placed", L["Placed"], Sortable: true, ColumnKind.Date),
        new("total", L["Total"], Sortable: true, ColumnKind.Number),
        new("state", L["State"]),
        new("channel", L["Channel"]),
        new("external", L["External id"]),
    ], sort);

    public static OrderFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) =>
        new(Shared.Filters.Read(query, fields), query[Shared.Tags.FilterBarTag.SearchParameter].ToString().Trim() is { Length: > 0 } q ? q : null);

    public bool IsNarrow => Filters.Count > 0 || Search is not null;

    /// <summary>What lists and pages show: the orders of archived customers are put away with them.</summary>
    public static IQueryable<Order> Listed(CrmDb db) => db.OrdersOfCustomers();

    public IQueryable<Order> Of(CrmDb db, CurrentMember me)
    {
        var orders = Listed(db);
        if (Search is { } typed)
        {
            // a name is looked for as the list of customers does; the id as it stands
            var sought = SearchText.Fold(typed);
            orders = orders.Where(o => o.Customer!.NameNormal.Contains(sought) || o.ExternalId == typed);
        }

        return Filters.Aggregate(orders, (left, filter) => Narrow(left, filter, db, me));
    }

    /// <summary>A filter by customer or product says names, not ids.</summary>
    public async Task<OrderFilter> Named(CrmDb db, IStringLocalizer L, CancellationToken stop) => this with { Filters = await Filters.Named(db, L, stop) };

    private static IQueryable<Order> Narrow(IQueryable<Order> orders, Filter filter, CrmDb db, CurrentMember me) => filter.Field.Key switch
    {
        "customer" => orders.ByChoice(filter, o => (long?)o.CustomerId, Narrowing.Id),
        "state" => orders.ByChoice(filter, o => (OrderState?)o.State, Narrowing.Word<OrderState>),
        "channel" => orders.ByChoice(filter, o => (SalesChannel?)o.Channel, Narrowing.Word<SalesChannel>),
        // days of the tenant, as sums count them
        "placed" => orders.ByTenantDay(filter, o => (DateTime?)o.PlacedAt, me),
        "total" => orders.ByNumber(filter, o => (long?)o.BaseTotal, Currency.ToMinor(1, me.Pass.Currency)!.Value),
        "currency" => orders.ByWord(filter, o => o.Currency),
        "category" => ByCategory(orders, filter),
        "words" => filter.Values[0] == "true" ? orders.Where(o => o.Lines.Any(l => l.ProductId == null)) : orders.Where(o => o.Lines.All(l => l.ProductId != null)),
        var key when CustomerCut.Has(key) => orders.Narrow(filter, o => o.Customer!, db, me),
        _ => ByProduct(orders, filter, db),
    };

    private static IQueryable<Order> ByProduct(IQueryable<Order> orders, Filter filter, CrmDb db)
    {
        long[] asked = [.. filter.Values.Select(Narrowing.Id).OfType<long>()];
        return filter.Operator switch
        {
            "any" => orders.Where(o => db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId != null && asked.Contains(l.ProductId.Value))),
            "none" => orders.Where(o => !db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId != null && asked.Contains(l.ProductId.Value))),
            Shared.Filters.Empty => orders.Where(o => !db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId != null)),
            _ => orders.Where(o => db.OrderLines.Any(l => l.OrderId == o.Id && l.ProductId != null)),
        };
    }

    private static IQueryable<Order> ByCategory(IQueryable<Order> orders, Filter filter)
    {
        string?[] asked = [.. filter.Values];
        return filter.Operator switch
        {
            "any" => orders.Where(o => o.Lines.Any(l => asked.Contains(l.Product!.CategoryNormal))),
            "none" => orders.Where(o => !o.Lines.Any(l => asked.Contains(l.Product!.CategoryNormal))),
            Shared.Filters.Empty => orders.Where(o => o.Lines.Any(l => l.Product!.CategoryNormal == null)),
            _ => orders.Where(o => o.Lines.Any(l => l.Product!.CategoryNormal != null)),
        };
    }
}
