using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Whether sales or service name a team, be it put away or hidden from the member: such a team cannot go.</summary>
public static class TeamsNamed
{
    public static async Task<bool> HasWorkOf(this CrmDb db, long teamId, CancellationToken stop) =>
        await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(deal => deal.TeamId == teamId, stop)
        || await db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(its => its.TeamId == teamId, stop)
        || await db.ForecastSnapshots.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(kept => kept.TeamId == teamId, stop);
}
