using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>What rules ask: the rows that hang on customers, and the day where the tenant is, wherever whoever asks may be.</summary>
public static class SegmentSources
{
    /// <summary>For rules that are asked of the whole tenant, or by whoever has no pass with its settings.</summary>
    public static async Task<RuleSources> RuleSources(this CrmDb db, CancellationToken stop)
    {
        var id = db.Current.Id;
        var tenant = await db.Tenants.Where(t => t.Id == id).Select(t => new { t.TimeZone, t.Currency, t.Country }).SingleAsync(stop);
        return db.RuleSources(db.Now, WallClock.ZoneOf(tenant.TimeZone), tenant.Currency, tenant.Country, segment => db.MembersOf(segment));
    }

    /// <summary>What the fields in stored rules mean, be they out of use. Names they have none.</summary>
    public static async Task<RuleWorld> StoredWorld(this CrmDb db, string currency, CancellationToken stop)
    {
        var custom = await db.LoadCustomFields(stop);
        return new(currency, custom)
        {
            Retired = await db.CustomFields.AsNoTracking().Include(f => f.Options).Where(f => f.RetiredAt != null).ToListAsync(stop),
            Rhythm = await db.ContactRhythm(stop),
        };
    }

    /// <summary>The names of the segments whose rules ask for a tag.</summary>
    public static async Task<List<string>> SegmentsOfTag(this CrmDb db, long tagId, CancellationToken stop)
    {
        var segments = await db.Segments.Where(s => s.Rule != null).OrderBy(s => s.NameNormal).Select(s => new { s.Name, s.Rule }).ToListAsync(stop);
        if (segments.Count == 0) return [];
        var world = await db.StoredWorld((await db.RuleSources(stop)).Currency, stop);
        return [.. segments.Where(s => SegmentRule.TryStored(s.Rule!, world, out var rule) && rule.Root.Walk().OfType<RuleNode.HasTag>().Any(has => has.TagIds.Contains(tagId))).Select(s => s.Name)];
    }

    /// <summary>The ids of who is in a segment, of those whom the query sees that asks for them.</summary>
    public static IQueryable<long> MembersOf(this CrmDb db, long segmentId) => db.Memberships.Where(m => m.SegmentId == segmentId && m.LeftAt == null).Select(m => m.CustomerId);

    /// <summary>The ids of who is in one of these segments, or in any where none is named. Who is in a deleted one does not count.</summary>
    public static IQueryable<long> InSegments(this CrmDb db, IReadOnlyList<long> segmentIds)
    {
        var members = segmentIds.Count == 0 ? db.Memberships : db.Memberships.Where(m => segmentIds.Contains(m.SegmentId));
        return members.Where(m => m.LeftAt == null && db.Segments.Any(s => s.Id == m.SegmentId)).Select(m => m.CustomerId);
    }

    /// <summary>All customers of the tenant but for those that are put away, whoever asks: memberships are the tenant's.</summary>
    internal static IQueryable<Customer> EveryCustomer(this CrmDb db) => db.Customers.IgnoreQueryFilters([TenantScoping.VisibilityFilter]);
}
