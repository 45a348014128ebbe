using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared.Files;

namespace CrmWeb.Web.Features.Attachments;

/// <summary>Ends deleted files whose time in the recycle bin is over, the row before the bytes; and sweeps bytes away that no row names.</summary>
public sealed class AttachmentPurge(IServiceScopeFactory scopes, AttachmentFiles files, TimeProvider clock)
{
    public async Task Purge(CancellationToken stop)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = now - Attachment.KeptDeleted;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        foreach (var tenant in await db.TenantsWithDeletedAttachments(before, stop)) await Purge(tenant, before, stop);
        await files.Sweep(now, (tenant, names) => db.AttachedNames(tenant, names, stop));
    }

    private async Task Purge(long tenant, DateTime before, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        db.Current.Enter(tenant, Actor.System);
        db.Current.Through(Via.Job);
        while (await db.DeletedAttachments(before, stop) is { Count: > 0 } expired)
        {
            foreach (var file in expired)
            {
                if (await db.RemoveDeleted(file, before, stop)) files.Delete(tenant, file.StoredName);
            }
        }
    }
}
