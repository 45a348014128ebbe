using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// The groups of customers by which what hangs on them is cut: orders in their list, sums of products. The same words in every address, so that a sum opens
/// the list with its own filters. Another kind of group is one more line in <see cref="Fields"/> and one in <see cref="Narrow"/>.
/// </summary>
public static class CustomerCut
{
    private static readonly string[] Keys = ["stage", "tier", "country", "tag", "segment", "owner", "team"];

    /// <param name="root">Of the tenant's pages, which the pickers ask; of no meaning where nothing is drawn.</param>
    public static async Task<IReadOnlyList<FilterField>> Fields(CrmDb db, IStringLocalizer L, string root, CancellationToken stop) =>
    [
        new("stage", L["Lifecycle stage"], FilterKind.Choice, Words.Choices<LifecycleStage>(stage => L.Of(stage))),
        new("tier", L["Service tier"], FilterKind.Choice, await db.EveryTier(stop)),
        new("country", L["Country"], FilterKind.Choice, [.. Countries.All.Select(code => new SelectListItem(Countries.NameOf(code), code)).OrderBy(item => item.Text, StringComparer.CurrentCulture)]),
        new("tag", L["Tags"], FilterKind.Picker, Url: $"{root}customers/tags"),
        Segment(L, root),
        new("owner", L["Owner"], FilterKind.Choice, [new(L["Me"], IdFilter.Me), .. await db.EveryMember(stop)]),
        new("team", L["Team"], FilterKind.Choice, await db.TeamChoices(stop)),
    ];

    /// <summary>For the lists of whatever hangs on customers: those of who is in a segment now.</summary>
    public static FilterField Segment(IStringLocalizer L, string root) => new("segment", L["Segment"], FilterKind.Picker, Url: $"{root}customers/segments");

    public static bool Has(string key) => Keys.Contains(key, StringComparer.Ordinal);

    /// <param name="customer">Whose row it is.</param>
    public static IQueryable<T> Narrow<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, Customer>> customer, CrmDb db, CurrentMember me) => filter.Field.Key switch
    {
        "stage" => rows.ByChoice(filter, customer.Then(c => (LifecycleStage?)c.Stage), Narrowing.Word<LifecycleStage>),
        "tier" => rows.ByIds(customer.Then(c => c.EffectiveTierId), filter),
        "country" => rows.ByWord(filter, customer.Then(c => c.Country)),
        "tag" => ByTag(rows, filter, customer, db),
        "segment" => rows.BySegment(filter, customer.Then(c => c.Id), db),
        "owner" => rows.ByIds(customer.Then(c => c.OwnerId), filter, me.Id),
        _ => rows.ByIds(customer.Then(c => c.TeamId), filter),
    };

    /// <summary>Categories of products, each once however it is written.</summary>
    public static async Task<List<SelectListItem>> CategoryChoices(this CrmDb db, CancellationToken stop)
    {
        var categories = await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => p.CategoryNormal != null).GroupBy(p => p.CategoryNormal)
            .Select(group => new { group.Key, Name = group.Min(p => p.Category) }).OrderBy(one => one.Key).ToListAsync(stop);
        return categories.ConvertAll(one => new SelectListItem(one.Name, one.Key));
    }

    /// <param name="customerId">Whose row it is.</param>
    public static IQueryable<T> BySegment<T>(this IQueryable<T> rows, Filter filter, Expression<Func<T, long>> customerId, CrmDb db)
    {
        long[] asked = [.. filter.Values.Select(Narrowing.Id).OfType<long>()];
        if (filter.Operator is "any" or "none" && asked.Length == 0) return filter.Operator == "any" ? rows.Where(_ => false) : rows;
        var members = db.InSegments(filter.Operator is "any" or "none" ? asked : []);
        return filter.Operator is "none" or Filters.Empty ? rows.Where(customerId.Then(id => !members.Contains(id))) : rows.Where(customerId.Then(id => members.Contains(id)));
    }

    /// <summary>Filters by a customer, a product, a tag or a segment say names, not numbers.</summary>
    public static async Task<IReadOnlyList<Filter>> Named(this IReadOnlyList<Filter> filters, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var named = new List<Filter>();
        foreach (var filter in filters)
        {
            List<long> ids = filter.Field.Kind == FilterKind.Picker ? [.. filter.Values.Select(Narrowing.Id).OfType<long>()] : [];
            if (ids.Count == 0)
            {
                named.Add(filter);
                continue;
            }

            var names = filter.Field.Key switch
            {
                "product" => await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, stop),
                "segment" => await db.Segments.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, stop),
                "tag" => await db.Tags.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, stop),
                _ => await db.Customers.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop),
            };
            named.Add(filter with { Shown = string.Join(L[", "], ids.Select(id => names.GetValueOrDefault(id, "—"))) });
        }

        return named;
    }

    private static IQueryable<T> ByTag<T>(IQueryable<T> rows, Filter filter, Expression<Func<T, Customer>> customer, CrmDb db)
    {
        long[] asked = [.. filter.Values.Select(Narrowing.Id).OfType<long>()];
        return filter.Operator switch
        {
            "any" => rows.Where(customer.Then(c => db.CustomerTags.Any(t => t.CustomerId == c.Id && asked.Contains(t.TagId)))),
            "none" => rows.Where(customer.Then(c => !db.CustomerTags.Any(t => t.CustomerId == c.Id && asked.Contains(t.TagId)))),
            Filters.Empty => rows.Where(customer.Then(c => !db.CustomerTags.Any(t => t.CustomerId == c.Id))),
            _ => rows.Where(customer.Then(c => db.CustomerTags.Any(t => t.CustomerId == c.Id))),
        };
    }
}
