using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>What rules ask: the rows that hang on customers, and the day where the tenant is, wherever whoever asks may be.</summary>
public static class SegmentSources
{
    public static async Task<RuleSources> RuleSources(this CrmDb db, CancellationToken stop)
    {
        var id = db.Current.Id;
        var tenant = await db.Tenants.Where(t => t.Id == id).Select(t => new { t.TimeZone, t.Currency, t.Country }).SingleAsync(stop);
        return db.RuleSources(tenant.TimeZone, tenant.Currency, tenant.Country, db.Now);
    }

    /// <summary>The rows are those that the query sees which asks for them.</summary>
    public static RuleSources RuleSources(this CrmDb db, string timeZone, string currency, string? country, DateTime now)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        return new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone)), day => Start(day, zone), currency, country)
        {
            Interactions = db.Interactions,
            Orders = db.Orders,
            OrderLines = db.OrderLines,
            Deals = db.Deals,
            Cases = db.Cases,
            Tasks = db.Tasks,
            CustomValues = db.CustomValues,
            MembersOf = segment => db.MembersOf(segment),
        };
    }

    /// <summary>The ids of who is in a segment, of those whom the query sees that asks for them.</summary>
    public static IQueryable<long> MembersOf(this CrmDb db, long segmentId) => db.Memberships.Where(m => m.SegmentId == segmentId && m.LeftAt == null).Select(m => m.CustomerId);

    /// <summary>All customers of the tenant but for those that are put away, whoever asks: memberships are the tenant's.</summary>
    internal static IQueryable<Customer> EveryCustomer(this CrmDb db) => db.Customers.IgnoreQueryFilters([TenantScoping.VisibilityFilter]);

    private static DateTime Start(DateOnly day, TimeZoneInfo zone) =>
        day <= DateOnly.MinValue.AddDays(1) || day >= DateOnly.MaxValue.AddDays(-1)
            ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
            : WallClock.ToUtc(day.ToDateTime(TimeOnly.MinValue), zone);
}
