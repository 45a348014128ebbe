using CrmWeb.Data.Providers;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>The rows that rules ask for, as whoever asks sees them: all at once for the database, or one customer's in memory.</summary>
public static class RuleRows
{
    /// <param name="db">Filtered by what the actor sees.</param>
    /// <param name="now">UTC.</param>
    /// <param name="zone">Of the tenant: its days begin there.</param>
    /// <param name="currency">Of the tenant.</param>
    /// <param name="phoneCountry">Of the tenant.</param>
    /// <param name="membersOf">The ids of the customers that are in a segment.</param>
    public static RuleSources RuleSources(this CrmDb db, DateTime now, TimeZoneInfo zone, string currency, string? phoneCountry, Func<long, IQueryable<long>> membersOf) =>
        new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, zone)), day => StartOf(day, zone), currency, phoneCountry)
        {
            Interactions = db.Seen(db.Interactions),
            Orders = db.Seen(db.Orders),
            OrderLines = db.Seen(db.OrderLines),
            Deals = db.Seen(db.Deals),
            Cases = db.Seen(db.Cases),
            Tasks = db.Seen(db.Tasks),
            CustomValues = db.Seen(db.CustomValues),
            Tags = db.Seen(db.CustomerTags),
            IsLiteral = db is SqliteCrmDb,
            MembersOf = membersOf,
        };

    /// <summary>The UTC instant at which a calendar day begins in a time zone.</summary>
    public static DateTime StartOf(DateOnly day, TimeZoneInfo zone) => day <= DateOnly.MinValue.AddDays(1) || day >= DateOnly.MaxValue.AddDays(-1)
        ? day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
        : WallClock.ToUtc(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>Customers with what a rule reads of them, in the order of their ids; who is not there or not seen is left out.</summary>
    /// <param name="db">Filtered by what the actor sees.</param>
    /// <param name="ids">Of a few customers: all that hangs on them is read.</param>
    /// <param name="uses">What the rule reads.</param>
    /// <param name="membersOf">The ids of the customers that are in a segment.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<IReadOnlyList<RuleSubject>> RuleSubjects(
        this CrmDb db, IReadOnlyCollection<long> ids, RuleUses uses, Func<long, IQueryable<long>> membersOf, CancellationToken stop)
    {
        List<long> asked = [.. ids];
        var customers = await db.Customers.AsNoTrackingWithIdentityResolution().AsSplitQuery()
            .Include(c => c.ContactPoints).Include(c => c.Tags).Include(c => c.CustomValues).Include(c => c.Owner)
            .Include(c => c.Organisation).ThenInclude(o => o!.ContactPoints).Include(c => c.Organisation).ThenInclude(o => o!.CustomValues)
            .Where(c => asked.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync(stop);
        var (hasContacts, hasOrders) = (uses.Collections.Contains("interactions") || uses.Collections.Contains("plannedInteractions"), uses.Collections.Contains("orders") || uses.Collections.Contains("returnedOrders") || uses.Collections.Contains("lines"));
        var interactions = !hasContacts ? [] : await db.Interactions.AsNoTracking().Where(i => asked.Contains(i.CustomerId)).ToListAsync(stop);
        var orders = !hasOrders ? [] : await db.Orders.AsNoTrackingWithIdentityResolution().AsSplitQuery().Include(o => o.Lines).ThenInclude(l => l.Product).Where(o => asked.Contains(o.CustomerId)).ToListAsync(stop);
        var deals = !uses.Collections.Contains("deals") ? [] : await db.Deals.AsNoTracking().Where(d => asked.Contains(d.CustomerId)).ToListAsync(stop);
        var cases = !uses.Collections.Contains("cases") ? [] : await db.Cases.AsNoTracking().Where(x => asked.Contains(x.CustomerId)).ToListAsync(stop);
        var tasks = !uses.Collections.Contains("tasks") ? [] : await db.Tasks.AsNoTracking().Where(t => t.CustomerId != null && asked.Contains(t.CustomerId.Value)).ToListAsync(stop);
        var members = new List<(long Segment, long Customer)>();
        foreach (var segment in uses.Segments) members.AddRange((await membersOf(segment).Where(id => asked.Contains(id)).ToListAsync(stop)).Select(id => (segment, id)));
        return [.. customers.Select(c => new RuleSubject(c)
        {
            Interactions = interactions.FindAll(i => i.CustomerId == c.Id),
            Orders = orders.FindAll(o => o.CustomerId == c.Id),
            Deals = deals.FindAll(d => d.CustomerId == c.Id),
            Cases = cases.FindAll(x => x.CustomerId == c.Id),
            Tasks = tasks.FindAll(t => t.CustomerId == c.Id),
            Segments = members.Where(m => m.Customer == c.Id).Select(m => m.Segment).ToHashSet(),
        })];
    }
}
