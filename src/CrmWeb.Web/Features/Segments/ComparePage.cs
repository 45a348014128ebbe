using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Two segments beside each other, by every number that is kept of customers.</summary>
public sealed record ComparePage(IReadOnlyList<RuleName> Segments, long? A, long? B, SegmentMeasures? OfA, SegmentMeasures? OfB)
{
    internal static async Task<ComparePage> Read(CrmDb db, IReadOnlyList<RuleName> segments, long? a, long? b, CancellationToken stop) =>
        new(segments, a, b, a is { } one ? await SegmentMeasures.Read(db, one, stop) : null, b is { } other ? await SegmentMeasures.Read(db, other, stop) : null);
}

/// <summary>Means over the customers of a segment, by the keys of <see cref="CustomerWorth.Facts"/>; what nobody has is not there.</summary>
public sealed record SegmentMeasures(int Customers, IReadOnlyDictionary<string, double> Means)
{
    internal static async Task<SegmentMeasures> Read(CrmDb db, long id, CancellationToken stop)
    {
        var members = db.MembersOf(id);
        var all = await db.Customers.Where(c => members.Contains(c.Id)).GroupBy(c => c.TenantId).Select(g => new
        {
            Count = g.Count(),
            TotalSpent = g.Average(c => (double?)c.TotalSpent),
            OrderCount = g.Average(c => (double?)c.OrderCount),
            AverageOrder = g.Average(c => (double?)c.AverageOrder),
            Margin = g.Average(c => (double?)c.Margin),
            Profit = g.Average(c => (double?)c.Profit),
            ServiceCost = g.Average(c => (double?)c.ServiceCost),
            ContactCost = g.Average(c => (double?)c.ContactCost),
            ServiceMinutes = g.Average(c => (double?)c.ServiceMinutes),
            DaysBetween = g.Average(c => (double?)c.DaysBetweenOrders),
            Recency = g.Average(c => (double?)c.RfmRecency),
            Frequency = g.Average(c => (double?)c.RfmFrequency),
            Monetary = g.Average(c => (double?)c.RfmMonetary),
            Predicted = g.Average(c => (double?)c.PredictedValue),
            Alive = g.Average(c => (double?)c.AlivePercent),
            OpenDeals = g.Average(c => (double?)c.OpenDeals),
            OpenDealsValue = g.Average(c => (double?)c.OpenDealsValue),
            OpenCases = g.Average(c => (double?)c.OpenCases),
            Contacts = g.Average(c => (double?)c.InteractionsIn90Days),
        }).SingleOrDefaultAsync(stop);
        if (all is null) return new(0, new Dictionary<string, double>());
        (string Key, double? Mean)[] means =
        [
            ("totalSpent", all.TotalSpent), ("orderCount", all.OrderCount), ("averageOrder", all.AverageOrder), ("margin", all.Margin), ("profit", all.Profit), ("serviceCost", all.ServiceCost),
            ("contactCost", all.ContactCost), ("serviceMinutes", all.ServiceMinutes), ("daysBetweenOrders", all.DaysBetween), ("rfmRecency", all.Recency), ("rfmFrequency", all.Frequency),
            ("rfmMonetary", all.Monetary), ("predictedValue", all.Predicted), ("alivePercent", all.Alive), ("openDeals", all.OpenDeals), ("openDealsValue", all.OpenDealsValue), ("openCases", all.OpenCases), ("interactionsIn90Days", all.Contacts),
        ];
        return new(all.Count, means.Where(one => one.Mean is not null).ToDictionary(one => one.Key, one => one.Mean!.Value, StringComparer.Ordinal));
    }
}
