using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Profit;

/// <summary>What some customers brought and cost, in minor units of the tenant's currency. Sums are of what is known.</summary>
/// <param name="Key">As in the filter of the list; null for those without.</param>
/// <param name="Known">Customers of whom the profit is known.</param>
/// <param name="WithMargin">Customers of whom the margin is known.</param>
/// <param name="WithService">Customers of whom the cost of service is known.</param>
/// <param name="WithContact">Customers of whom the cost of contacts is known.</param>
/// <param name="Losing">Customers who cost more than they brought.</param>
public sealed record ProfitSum(
    string? Key, int Customers, int Known, int WithMargin, int WithService, int WithContact, int Losing, long Revenue, long Margin, long Service, long Contact, long Profit, long Loss, long Minutes)
{
    public static readonly ProfitSum None = new(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public long? MarginOrNull => WithMargin == 0 ? null : Margin;

    public long? ServiceOrNull => WithService == 0 ? null : Service;

    public long? ContactOrNull => WithContact == 0 ? null : Contact;

    public long? ProfitOrNull => Known == 0 ? null : Profit;

    /// <summary>What was spent on them.</summary>
    public long Effort => Service + Contact;

    /// <param name="sign">-1 takes away what was counted in it.</param>
    public ProfitSum Add(ProfitSum other, int sign = 1) => this with
    {
        Customers = Customers + (sign * other.Customers),
        Known = Known + (sign * other.Known),
        WithMargin = WithMargin + (sign * other.WithMargin),
        WithService = WithService + (sign * other.WithService),
        WithContact = WithContact + (sign * other.WithContact),
        Losing = Losing + (sign * other.Losing),
        Revenue = Revenue + (sign * other.Revenue),
        Margin = Margin + (sign * other.Margin),
        Service = Service + (sign * other.Service),
        Contact = Contact + (sign * other.Contact),
        Profit = Profit + (sign * other.Profit),
        Loss = Loss + (sign * other.Loss),
        Minutes = Minutes + (sign * other.Minutes),
    };
}

/// <summary>Customers summed up by one of their fields: from what is kept on their rows, by one grouped statement.</summary>
internal static class ProfitSums
{
    /// <summary>Groups that are read; the rest of a field that anything can be typed into is summed up as one.</summary>
    public const int MostGroups = 50;

    public static readonly IReadOnlyList<string> Bys = ["owner", "team", "stage", CustomerFilterFields.Tier, "country", "source", CustomerFilterFields.Segment];

    public static async Task<ProfitSum> All(IQueryable<Customer> customers, CancellationToken stop) =>
        (await Sum(customers, c => 1, _ => null, stop)).DefaultIfEmpty(ProfitSum.None).First();

    /// <summary>The largest groups, those with the most profit first.</summary>
    /// <param name="by">One of <see cref="Bys"/>.</param>
    public static async Task<List<ProfitSum>> By(IQueryable<Customer> customers, string by, CrmDb db, CancellationToken stop) => by switch
    {
        "owner" => await Sum(customers, c => c.OwnerId, Text, stop),
        "team" => await Sum(customers, c => c.TeamId, Text, stop),
        "stage" => await Sum(customers, c => c.Stage, stage => stage.ToString().ToLowerInvariant(), stop),
        CustomerFilterFields.Tier => await Sum(customers, c => c.EffectiveTierId, Text, stop),
        CustomerFilterFields.Segment => await BySegment(customers, db, stop),
        "country" => await Sum(customers, c => c.Country, country => country, stop),
        _ => await Sum(customers, c => c.Source, source => source, stop),
    };

    /// <summary>Whoever is in several counts in each of them; last those who are in none.</summary>
    private static async Task<List<ProfitSum>> BySegment(IQueryable<Customer> customers, CrmDb db, CancellationToken stop)
    {
        var within = db.InSegments([]);
        var stays = db.Memberships.Where(m => m.LeftAt == null && db.Segments.Any(s => s.Id == m.SegmentId));
        var groups = await Sum(stays.Join(customers, m => m.CustomerId, c => c.Id, (m, c) => new { m.SegmentId, Customer = c }).GroupBy(row => (long?)row.SegmentId, row => row.Customer), Text, stop);
        var none = await All(customers.Where(c => !within.Contains(c.Id)), stop);
        return none.Customers == 0 ? groups : [.. groups, none];
    }

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static Task<List<ProfitSum>> Sum<T>(IQueryable<Customer> customers, Expression<Func<Customer, T>> by, Func<T, string?> word, CancellationToken stop) => Sum(customers.GroupBy(by), word, stop);

    private static async Task<List<ProfitSum>> Sum<T>(IQueryable<IGrouping<T, Customer>> groups, Func<T, string?> word, CancellationToken stop)
    {
        var sums = await groups.Select(g => new
        {
            g.Key,
            Customers = g.Count(),
            Known = g.Count(c => c.Profit != null),
            WithMargin = g.Count(c => c.Margin != null),
            WithService = g.Count(c => c.ServiceCost != null),
            WithContact = g.Count(c => c.ContactCost != null),
            Losing = g.Count(c => c.Profit < 0),
            Revenue = g.Sum(c => c.TotalSpent),
            Margin = g.Sum(c => c.Margin ?? 0),
            Service = g.Sum(c => c.ServiceCost ?? 0),
            Contact = g.Sum(c => c.ContactCost ?? 0),
            Profit = g.Sum(c => c.Profit ?? 0),
            Loss = g.Sum(c => c.Profit < 0 ? c.Profit ?? 0 : 0),
            Minutes = g.Sum(c => c.ServiceMinutes),
        }).OrderByDescending(g => g.Customers).Take(MostGroups).ToListAsync(stop);
        // the filter of the list makes no difference between large and small letters
        return [.. sums.Select(g => new ProfitSum(word(g.Key), g.Customers, g.Known, g.WithMargin, g.WithService, g.WithContact, g.Losing, g.Revenue, g.Margin, g.Service, g.Contact, g.Profit, g.Loss, g.Minutes))
            .GroupBy(sum => sum.Key, StringComparer.OrdinalIgnoreCase).Select(same => same.Aggregate((a, b) => a.Add(b)))
            .OrderByDescending(sum => sum.Profit).ThenByDescending(sum => sum.Revenue).ThenByDescending(sum => sum.Customers)];
    }
}
