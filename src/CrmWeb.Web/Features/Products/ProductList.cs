using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products;

/// <summary>A product as its list shows it.</summary>
public sealed record ProductRow(long Id, string Code, string Name, string? Category, long? UnitPrice, long? UnitCost, string Currency, bool IsActive, bool IsDream)
{
    public static readonly Expression<Func<Product, ProductRow>> Of = p => new(p.Id, p.Code, p.Name, p.Category, p.UnitPrice, p.UnitCost, p.Currency, p.IsActive, p.Standings.Any(s => s.IsIn));
}

/// <summary>What the page of the list needs.</summary>
public sealed record ProductListPage(ProductFilter Filter, IReadOnlyList<FilterField> Fields, IReadOnlyList<ProductRow> Rows, Pager Pager, Columns Columns);

/// <summary>What the list of products shows, all of it in its address.</summary>
public sealed record ProductFilter(IReadOnlyList<Filter> Filters, string? Search)
{
    /// <summary>Prices of several currencies are compared as numbers: each in thousandths of its own.</summary>
    private const decimal Thousandths = 1_000;

    private static readonly string[] Whole = [.. Currency.Whole];
    private static readonly string[] Fine = [.. Currency.Fine];

    public static readonly IReadOnlyList<KeyOrder<Product>> Orders =
    [
        KeyOrder<Product>.By("name", p => p.NameNormal),
        KeyOrder<Product>.By("code", p => p.CodeNormal),
        KeyOrder<Product>.By("category", p => p.CategoryNormal ?? ""),
        KeyOrder<Product>.By("price", p => (p.UnitPrice ?? -1) * (Whole.Contains(p.Currency) ? 1000 : Fine.Contains(p.Currency) ? 1 : 10)),
    ];

    public static async Task<IReadOnlyList<FilterField>> Fields(CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var currencies = await db.Products.Select(p => p.Currency).Distinct().OrderBy(code => code).ToListAsync(stop);
        return
        [
            new("category", L["Category"], FilterKind.Choice, await db.CategoryChoices(stop)),
            new("active", L["Active"], FilterKind.YesNo),
            new("dream", L["Dream sector"], FilterKind.YesNo),
            new("currency", L["Currency"], FilterKind.Choice, currencies.ConvertAll(code => new SelectListItem(code, code))),
            new("price", L["Unit price"], FilterKind.Number),
        ];
    }

    public static Columns Columns(IStringLocalizer L, string sort) => new(
    [
        new("name", L["Name"], Sortable: true),
        new("code", L["Code"], Sortable: true),
        new("category", L["Category"], Sortable: true),
        new("price", L["Unit price"], Sortable: true, ColumnKind.Number),
        new("cost", L["Unit cost"], Kind: ColumnKind.Number),
        new("active", L["State"]),
        new("dream", L["Dream sector"]),
    ], sort);

    public static ProductFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) =>
        new(Shared.Filters.Read(query, fields), query[Shared.Tags.FilterBarTag.SearchParameter].ToString().Trim() is { Length: > 0 } q ? q : null);

    public bool IsNarrow => Filters.Count > 0 || Search is not null;

    public IQueryable<Product> Of(CrmDb db)
    {
        var products = db.Products.AsNoTracking();
        if (Search is { } typed)
        {
            var sought = SearchText.Fold(typed);
            products = products.Where(p => p.NameNormal.Contains(sought) || p.CodeNormal.StartsWith(sought) || p.CategoryNormal!.Contains(sought));
        }

        return Filters.Aggregate(products, Narrow);
    }

    private static IQueryable<Product> Narrow(IQueryable<Product> products, Filter filter) => filter.Field.Key switch
    {
        "category" => products.ByWord(filter, p => p.CategoryNormal),
        "currency" => products.ByWord(filter, p => p.Currency),
        "dream" => filter.Values[0] == "true" ? products.Where(p => p.Standings.Any(s => s.IsIn)) : products.Where(p => !p.Standings.Any(s => s.IsIn)),
        "price" => products.ByNumber(filter, p => p.UnitPrice * (Whole.Contains(p.Currency) ? 1000 : Fine.Contains(p.Currency) ? 1 : 10), Thousandths),
        _ => filter.Values[0] == "true" ? products.Where(p => p.IsActive) : products.Where(p => !p.IsActive),
    };
}
