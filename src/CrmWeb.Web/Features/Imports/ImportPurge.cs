using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Removes imports that were begun and left lying, with their files, and files that no import names.</summary>
public sealed class ImportPurge(CrmDb db, ImportFiles files, TimeProvider clock)
{
    public async Task Purge(CancellationToken stop)
    {
        var begun = clock.GetUtcNow().UtcDateTime - Import.KeptUnrun;
        foreach (var import in await db.ImportsAbandonedBefore(begun, stop))
        {
            if (await db.RemoveAbandoned(import, begun, stop)) files.Delete(import.TenantId, import.FileKey);
        }

        await files.Sweep(clock.GetUtcNow().UtcDateTime, (tenant, keys) => db.ImportFileKeys(tenant, keys, stop));
    }
}
