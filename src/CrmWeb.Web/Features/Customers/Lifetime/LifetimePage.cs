using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Lifetime;

/// <summary>Buyers of whom it is about as likely that they still buy.</summary>
/// <param name="From">Percent, both bounds within.</param>
/// <param name="Least">The least chance that one of them has; likewise <paramref name="Most"/>.</param>
/// <param name="Valued">Of how many of them it can be said what is to come: of who bought once only where amounts have a mean.</param>
/// <param name="Value">What is to come of those, in minor units.</param>
/// <param name="Spent">What they spent to date.</param>
public sealed record LifetimeBand(int From, int To, int Least, int Most, int Customers, int Valued, long Value, long Spent, double Orders, long Percents);

public sealed record LifetimeCustomer(long Id, string Name, int? Alive, double? Orders, long? Value, long Spent, DateTime? LastOrderAt);

/// <summary>What a segment's members are worth.</summary>
public sealed record LifetimeSegment(long Id, string Name, int Customers, long Value, double Alive);

/// <summary>What is to come of the customers of a filter, as far as the reader sees them, by the last fit.</summary>
/// <param name="Model">Null while there was none.</param>
/// <param name="Job">The fit that was asked for last.</param>
public sealed record LifetimePage(
    CustomerQuery Query, ClvModel? Model, Job? Job, IReadOnlyList<LifetimeBand> Bands, IReadOnlyList<LifetimeCustomer> Best, IReadOnlyList<LifetimeCustomer> Slipping, ClvForm Form)
{
    private const string Alone = "alivePercent";
    private const int Named = 10;
    private const int MostSegments = 20;

    /// <summary>Where whoever still buys begins: half.</summary>
    public const int Likely = 50;

    public int Customers => Bands.Sum(band => band.Customers);

    public int Valued => Bands.Sum(band => band.Valued);

    public long Value => Bands.Sum(band => band.Value);

    public double Orders => Bands.Sum(band => band.Orders);

    /// <summary>How many of the buyers still buy, as expected.</summary>
    public double Alive => Bands.Sum(band => band.Percents) / 100.0;

    public static async Task<LifetimePage> Read(CrmDb db, CurrentMember me, CustomerQuery query, ClvForm form, CancellationToken stop)
    {
        // before what it writes: a fit that ends meanwhile is asked after once more
        var job = await ClvJob.Last(db, stop);
        var model = await db.ClvModels.AsNoTracking().OrderByDescending(m => m.Id).FirstOrDefaultAsync(stop);
        if (model?.Purchases is null) return new(query, model, job, [], [], [], form);
        var customers = (await query.Customers(db, me, stop)).Where(c => c.AlivePercent != null);
        var bands = await customers.GroupBy(c => c.AlivePercent >= 75 ? 75 : c.AlivePercent >= Likely ? Likely : c.AlivePercent >= 25 ? 25 : 0)
            .Select(g => new LifetimeBand(g.Key, g.Key == 75 ? 100 : g.Key + 24, g.Min(c => c.AlivePercent)!.Value, g.Max(c => c.AlivePercent)!.Value, g.Count(), g.Count(c => c.PredictedValue != null), g.Sum(c => c.PredictedValue) ?? 0, g.Sum(c => c.TotalSpent), g.Sum(c => c.ExpectedOrders) ?? 0, g.Sum(c => (long?)c.AlivePercent) ?? 0))
            .ToListAsync(stop);
        return new(
            query, model, job, [.. bands.OrderByDescending(band => band.From)],
            await Few(customers.Where(c => c.PredictedValue > 0).OrderByDescending(c => c.PredictedValue).ThenByDescending(c => c.Id), stop),
            await Few(customers.Where(c => c.AlivePercent < Likely && c.TotalSpent > 0).OrderByDescending(c => c.TotalSpent).ThenByDescending(c => c.Id), stop),
            form);
    }

    /// <summary>The list of the customers behind a number.</summary>
    /// <param name="count">How many they were.</param>
    /// <param name="ask">Filters besides those of the page.</param>
    public string List(int count, params IEnumerable<KeyValuePair<string, string>> ask) => Query.List("-totalSpent", "name,lastOrder,orderCount,totalSpent,alivePercent,predictedValue", count, ask);

    /// <summary>By the least and the greatest chance in it, which lie within what the page leaves.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(LifetimeBand band) =>
    [
        new(Alone, band.Least.ToString(CultureInfo.InvariantCulture)), new(Alone, band.Most.ToString(CultureInfo.InvariantCulture)), new(Alone + CustomerFilter.OperatorSuffix, CustomerFilterOperators.Between),
    ];

    /// <summary>All buyers of the page.</summary>
    public IEnumerable<KeyValuePair<string, string>> Buyers => Filled(Alone);

    /// <summary>Those of whom a value can be said.</summary>
    public IEnumerable<KeyValuePair<string, string>> Worth => Filled("predictedValue");

    // what the page asks of the field already leaves no others
    private IEnumerable<KeyValuePair<string, string>> Filled(string field) =>
        Query.Filter.ToPairs().Any(pair => CustomerFilter.Stem(pair.Key) == field) ? [] : [new(field + CustomerFilter.OperatorSuffix, CustomerFilterOperators.Filled)];

    private static Task<List<LifetimeCustomer>> Few(IQueryable<Customer> customers, CancellationToken stop) =>
        customers.Select(c => new LifetimeCustomer(c.Id, c.Name, c.AlivePercent, c.ExpectedOrders, c.PredictedValue, c.TotalSpent, c.LastOrderAt)).Take(Named).ToListAsync(stop);

    /// <summary>What the members of each segment are worth, the most first: of the customers of the filter. Who is in several counts in each.</summary>
    public static async Task<List<LifetimeSegment>> SegmentsOf(CrmDb db, CurrentMember me, CustomerQuery query, CancellationToken stop)
    {
        var customers = (await query.Customers(db, me, stop)).Where(c => c.AlivePercent != null);
        var sums = await db.Memberships.Where(m => m.LeftAt == null && db.Segments.Any(s => s.Id == m.SegmentId)).Join(customers, m => m.CustomerId, c => c.Id, (m, c) => new { m.SegmentId, c.PredictedValue, c.AlivePercent })
            .GroupBy(row => row.SegmentId).Select(g => new { g.Key, Customers = g.Count(), Value = g.Sum(row => row.PredictedValue) ?? 0, Alive = g.Average(row => row.AlivePercent) ?? 0 })
            .OrderByDescending(sum => sum.Value).ThenByDescending(sum => sum.Customers).Take(MostSegments).ToListAsync(stop);
        List<long> ids = sums.ConvertAll(sum => sum.Key);
        var names = await db.Segments.Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, stop);
        return sums.ConvertAll(sum => new LifetimeSegment(sum.Key, names[sum.Key], sum.Customers, sum.Value, sum.Alive));
    }
}
