using CrmWeb.Domain.Customers.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

public sealed record AbandonedImport(long Id, long TenantId, string FileKey);

/// <summary>Imports of any tenant that were begun and never run. They hold a file of people that nobody needs.</summary>
public static class AbandonedImports
{
    private static readonly string[] AnyTenant = [TenantScoping.TenantFilter];

    public static Task<List<AbandonedImport>> ImportsAbandonedBefore(this CrmDb db, DateTime begun, CancellationToken stop) =>
        Abandoned(db, begun).OrderBy(i => i.Id).Take(500).Select(i => new AbandonedImport(i.Id, i.TenantId, i.FileKey)).ToListAsync(stop);

    /// <summary>False when somebody went on with it meanwhile.</summary>
    public static async Task<bool> RemoveAbandoned(this CrmDb db, AbandonedImport import, DateTime begun, CancellationToken stop) =>
        await Abandoned(db, begun).Where(i => i.Id == import.Id).ExecuteDeleteAsync(stop) == 1;

    /// <summary>Those of the keys that an import of the tenant names.</summary>
    public static Task<List<string>> ImportFileKeys(this CrmDb db, long tenantId, IReadOnlyCollection<string> keys, CancellationToken stop) =>
        db.Imports.IgnoreQueryFilters(AnyTenant).Where(i => i.TenantId == tenantId && keys.Contains(i.FileKey)).Select(i => i.FileKey).ToListAsync(stop);

    private static IQueryable<Import> Abandoned(CrmDb db, DateTime begun) => db.Imports.IgnoreQueryFilters(AnyTenant).Where(i =>
        (i.State == ImportState.Mapping || i.State == ImportState.Checked) && i.CreatedAt < begun);
}
