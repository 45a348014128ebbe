using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers;

/// <summary>What is kept on a customer's row of orders, deals, cases and contacts; each is told on <see cref="Customer"/>.</summary>
public sealed record CustomerWorth(
    DateTime? LastInboundAt, DateTime? LastOutboundAt, int InteractionsIn90Days, int OrderCount, DateTime? FirstOrderAt, DateTime? LastOrderAt, long TotalSpent,
    long? Margin, long? AverageOrder, int? DaysBetweenOrders, int OpenDeals, long OpenDealsValue, int OpenCases,
    int? RfmRecency, int? RfmFrequency, int? RfmMonetary, long ServiceMinutes, long? ServiceCost, long? ContactCost, long? Profit, int? AlivePercent, double? ExpectedOrders, long? PredictedValue)
{
    /// <summary>Each of them, by the name it has in addresses, columns and files, in the order in which a form offers them.</summary>
    public static readonly IReadOnlyList<WorthFact> Facts =
    [
        new("totalSpent", IsMoney: true) { Number = c => c.TotalSpent, Of = w => w.TotalSpent },
        new("orderCount") { Number = c => c.OrderCount, Of = w => w.OrderCount },
        new("lastOrder") { IsOfTenantDay = true, Instant = c => c.LastOrderAt, At = w => w.LastOrderAt },
        new("firstOrder") { IsOfTenantDay = true, Instant = c => c.FirstOrderAt, At = w => w.FirstOrderAt },
        new("averageOrder", IsMoney: true) { Number = c => c.AverageOrder, Of = w => w.AverageOrder },
        new("margin", IsMoney: true) { Number = c => c.Margin, Of = w => w.Margin },
        new("profit", IsMoney: true) { Number = c => c.Profit, Of = w => w.Profit },
        new("serviceCost", IsMoney: true) { Number = c => c.ServiceCost, Of = w => w.ServiceCost },
        new("contactCost", IsMoney: true) { Number = c => c.ContactCost, Of = w => w.ContactCost },
        new("serviceMinutes") { Number = c => c.ServiceMinutes, Of = w => w.ServiceMinutes },
        new("daysBetweenOrders") { Number = c => c.DaysBetweenOrders, Of = w => w.DaysBetweenOrders },
        new("rfmRecency") { Number = c => c.RfmRecency, Of = w => w.RfmRecency },
        new("rfmFrequency") { Number = c => c.RfmFrequency, Of = w => w.RfmFrequency },
        new("rfmMonetary") { Number = c => c.RfmMonetary, Of = w => w.RfmMonetary },
        new("predictedValue", IsMoney: true) { Number = c => c.PredictedValue, Of = w => w.PredictedValue },
        new("alivePercent") { Number = c => c.AlivePercent, Of = w => w.AlivePercent },
        new("openDeals") { Number = c => c.OpenDeals, Of = w => w.OpenDeals },
        new("openDealsValue", IsMoney: true) { Number = c => c.OpenDealsValue, Of = w => w.OpenDealsValue },
        new("openCases") { Number = c => c.OpenCases, Of = w => w.OpenCases },
        new("lastInbound") { Instant = c => c.LastInboundAt, At = w => w.LastInboundAt },
        new("lastOutbound") { Instant = c => c.LastOutboundAt, At = w => w.LastOutboundAt },
        new("interactionsIn90Days") { Number = c => c.InteractionsIn90Days, Of = w => w.InteractionsIn90Days },
    ];

    public static CustomerWorth Of(Customer c) => new(
        c.LastInboundAt, c.LastOutboundAt, c.InteractionsIn90Days, c.OrderCount, c.FirstOrderAt, c.LastOrderAt, c.TotalSpent, c.Margin, c.AverageOrder,
        c.DaysBetweenOrders, c.OpenDeals, c.OpenDealsValue, c.OpenCases, c.RfmRecency, c.RfmFrequency, c.RfmMonetary,
            c.ServiceMinutes, c.ServiceCost, c.ContactCost, c.Profit, c.AlivePercent, c.ExpectedOrders, c.PredictedValue);

    public static WorthFact? Find(string key) => Facts.FirstOrDefault(fact => fact.Key == key);
}

/// <summary>One fact: a number, or an instant.</summary>
/// <param name="IsMoney">Minor units of the tenant's currency.</param>
public sealed record WorthFact(string Key, bool IsMoney = false)
{
    /// <summary>The column of a number; null for an instant.</summary>
    public Expression<Func<Customer, long?>>? Number { get; init; }

    public Func<CustomerWorth, long?>? Of { get; init; }

    /// <summary>The column of an instant; null for a number.</summary>
    public Expression<Func<Customer, DateTime?>>? Instant { get; init; }

    public Func<CustomerWorth, DateTime?>? At { get; init; }

    /// <summary>Found by the days of the tenant, by which cohorts and sales are counted; not by those of the member.</summary>
    public bool IsOfTenantDay { get; init; }
}
