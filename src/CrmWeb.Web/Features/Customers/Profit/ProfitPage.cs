using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Profit;

/// <summary>One of those who brought most, or least.</summary>
public sealed record ProfitCustomer(long Id, string Name, long Revenue, long? Margin, long Effort, long Profit);

/// <summary>What the customers of a filter brought and cost, as far as the reader sees them.</summary>
/// <param name="Rest">What stands in no group that is shown; null when all of it does.</param>
/// <param name="HasCosts">Whether the tenant said what anything costs.</param>
public sealed record ProfitPage(
    CustomerQuery Query, string By, ProfitSum Total, IReadOnlyList<ProfitSum> Groups, ProfitSum? Rest, IReadOnlyList<ProfitCustomer> Best, IReadOnlyList<ProfitCustomer> Worst, bool HasCosts)
{
    /// <summary>The best and the worst that are named.</summary>
    private const int Named = 10;

    /// <summary>Names of owners, teams or tiers by their ids.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public static async Task<ProfitPage> Read(CrmDb db, CurrentMember me, CustomerQuery query, string? by, CancellationToken stop)
    {
        // by segments within a segment: no list of customers has both
        var known = ProfitSums.Bys.Contains(by, StringComparer.Ordinal) && (by != CustomerFilterFields.Segment || !query.Filter.ToPairs().Any(pair => CustomerFilter.Stem(pair.Key) == by));
        by = known ? by! : ProfitSums.Bys[0];
        var customers = await query.Customers(db, me, stop);
        var total = await ProfitSums.All(customers, stop);
        var groups = total.Customers == 0 ? [] : await ProfitSums.By(customers, by, db, stop);
        // segments overlap: what is left over is no sum
        var rest = by == CustomerFilterFields.Segment ? ProfitSum.None : groups.Aggregate(total, (left, one) => left.Add(one, -1));
        var named = customers.Where(c => c.Profit != null);
        return new(
            query, by, total, groups, rest.Customers == 0 ? null : rest,
            total.Known == 0 ? [] : await Customers(named.OrderByDescending(c => c.Profit).ThenByDescending(c => c.Id), stop),
            // whoever is among the best is not named among the worst as well
            total.Known <= Named ? [] : await Customers(named.OrderBy(c => c.Profit).ThenBy(c => c.Id), stop, Math.Min(Named, total.Known - Named)),
            await db.CostRates.AnyAsync(stop))
        { Names = await NamesOf(db, by, stop) };
    }

    /// <summary>The list of the customers behind a number.</summary>
    /// <param name="count">How many they were.</param>
    /// <param name="ask">Filters besides those of the page.</param>
    public string List(int count, params IEnumerable<KeyValuePair<string, string>> ask) => Query.List("-profit", "name,totalSpent,margin,serviceCost,contactCost,profit", count, ask);

    /// <summary>The filter that leaves the customers of a group.</summary>
    public IEnumerable<KeyValuePair<string, string>> Of(ProfitSum group)
    {
        if (group.Key is null) return [new(By + CustomerFilter.OperatorSuffix, CustomerFilterOperators.Empty)];
        return By is "country" or "source" ? [new(By, group.Key), new(By + CustomerFilter.OperatorSuffix, CustomerFilterOperators.Is)] : [new(By, group.Key)];
    }

    public static KeyValuePair<string, string> Filled(string field) => new(field + CustomerFilter.OperatorSuffix, CustomerFilterOperators.Filled);

    public static IEnumerable<KeyValuePair<string, string>> Losing(string currency) =>
        [new("profit", Currency.ToMajor(-1, currency).ToString(System.Globalization.CultureInfo.InvariantCulture)), new("profit" + CustomerFilter.OperatorSuffix, CustomerFilterOperators.AtMost)];

    public string Name(IStringLocalizer L, ProfitSum group) => (By, group.Key) switch
    {
        ("owner", null) => L["Nobody"],
        ("team", null) => L["No team"],
        (CustomerFilterFields.Tier, null) => L["No tier"],
        (CustomerFilterFields.Segment, null) => L["In no segment"],
        (_, null) => L["Not known"],
        ("stage", { } stage) => L.Of(Enum.Parse<LifecycleStage>(stage, ignoreCase: true)),
        ("country", { } country) => Countries.NameOf(country),
        ("source", { } source) => source,
        (_, { } id) => Names.GetValueOrDefault(id, "?"),
    };

    private static async Task<IReadOnlyList<ProfitCustomer>> Customers(IQueryable<Customer> ordered, CancellationToken stop, int count = Named) =>
        await ordered.Take(count).Select(c => new ProfitCustomer(c.Id, c.Name, c.TotalSpent, c.Margin, (c.ServiceCost ?? 0) + (c.ContactCost ?? 0), c.Profit!.Value)).ToListAsync(stop);

    private static async Task<IReadOnlyDictionary<string, string>> NamesOf(CrmDb db, string by, CancellationToken stop)
    {
        string[] away = [TenantScoping.DeletedFilter];
        var items = by switch
        {
            "owner" => await db.EveryMember(stop),
            "team" => await db.TeamChoices(stop),
            CustomerFilterFields.Tier => [.. (await db.ServiceTiers.IgnoreQueryFilters(away).Select(t => new { t.Id, t.Name }).ToListAsync(stop)).Select(t => Choices.Item(t.Id, t.Name))],
            CustomerFilterFields.Segment => [.. (await db.Segments.Select(s => new { s.Id, s.Name }).ToListAsync(stop)).Select(s => Choices.Item(s.Id, s.Name))],
            _ => [],
        };
        return items.ToDictionary(item => item.Value, item => item.Text, StringComparer.Ordinal);
    }
}
