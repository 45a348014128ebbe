using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Service;

/// <summary>When the tenant works, and what it promises whom.</summary>
public sealed record ServiceClocks(BusinessCalendar Calendar, IReadOnlyList<SlaRule> Rules)
{
    public SlaClock For(Priority priority, long? serviceTierId) => SlaClock.Of(Calendar, SlaRule.For(Rules, priority, serviceTierId));

    /// <summary>For a case of this customer.</summary>
    public SlaClock For(Priority priority, Customer customer) => For(priority, customer.EffectiveTierId);

    /// <summary>For a case whose customer is loaded.</summary>
    public SlaClock For(Case its) => For(its.Priority, its.Customer!);

    /// <summary>As the tables stand; a tenant that said no opening times works day and night.</summary>
    public static async Task<ServiceClocks> Read(CrmDb db, CancellationToken stop)
    {
        var week = await db.OpeningTimes.AsNoTracking().ToListAsync(stop);
        var holidays = await db.Holidays.Select(h => h.Day).ToListAsync(stop);
        return new(CalendarOf(await Zone(db, stop), week, holidays), await db.SlaRules.AsNoTracking().ToListAsync(stop));
    }

    /// <summary>Where the tenant is; UTC where this machine does not know it.</summary>
    public static async Task<TimeZoneInfo> Zone(CrmDb db, CancellationToken stop) =>
        WallClock.ZoneOf(await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => t.TimeZone).SingleAsync(stop));

    public static BusinessCalendar CalendarOf(TimeZoneInfo zone, IReadOnlyCollection<OpeningTime> week, IEnumerable<DateOnly> holidays)
    {
        var all = holidays.ToList();
        return week.Count > 0 ? new(zone, week, all) : BusinessCalendar.Always(zone, all);
    }
}
