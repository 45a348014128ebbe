using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Duplicates;

/// <summary>Which tenants are to be looked through in a night, and on whose behalf.</summary>
public static class NightlyScans
{
    // less than a day, so that a night is not skipped when one begins a little earlier than the last
    private static readonly TimeSpan Between = TimeSpan.FromHours(20);
    private static readonly string[] Everything = [TenantScoping.TenantFilter, .. TenantScoping.Unseen];

    /// <summary>Tenants with customers that had no such job lately, each with an admin who is active.</summary>
    public static async Task<List<(long TenantId, long MemberId)>> TenantsToScan(this CrmDb db, string jobKind, string payload, DateTime now, CancellationToken stop)
    {
        var since = now - Between;
        var due = await db.Tenants.Where(t => db.Customers.IgnoreQueryFilters(Everything).Any(c => c.TenantId == t.Id)
                && !db.Jobs.IgnoreQueryFilters(Everything).Any(j => j.TenantId == t.Id && j.Kind == jobKind && j.Payload == payload && j.CreatedAt > since))
            .Select(t => new
            {
                t.Id,
                Admin = db.Members.IgnoreQueryFilters(Everything).Where(m => m.TenantId == t.Id && m.DeactivatedAt == null && (m.Roles & Role.Admin) == Role.Admin).Min(m => (long?)m.Id),
            }).ToListAsync(stop);
        return [.. due.Where(tenant => tenant.Admin is not null).Select(tenant => (tenant.Id, tenant.Admin!.Value))];
    }
}
