using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Removes imports that were begun and left lying, with their files.</summary>
public sealed class ImportPurge(CrmDb db, ImportFiles files, TimeProvider clock)
{
    public async Task Purge(CancellationToken stop)
    {
        var begun = clock.GetUtcNow().UtcDateTime - Import.KeptUnrun;
        foreach (var import in await db.ImportsAbandonedBefore(begun, stop))
        {
            if (await db.RemoveAbandoned(import, begun, stop)) files.Delete(import.TenantId, import.FileKey);
        }
    }
}
