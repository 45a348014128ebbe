using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>
/// External ids are unique in a tenant, archived and invisible customers included: whoever writes one must know whether it is taken. Answers the
/// ids alone, nothing of the customers that have them.
/// </summary>
public static class ExternalIds
{
    public static Task<Dictionary<string, long>> TakenExternalIds(this CrmDb db, IReadOnlyCollection<string> ids, CancellationToken stop) =>
        db.Customers.IgnoreQueryFilters(TenantScoping.Unseen)
            .Where(c => c.ExternalId != null && ids.Contains(c.ExternalId))
            .Select(c => new { ExternalId = c.ExternalId!, c.Id })
            .ToDictionaryAsync(c => c.ExternalId, c => c.Id, StringComparer.Ordinal, stop);
}
