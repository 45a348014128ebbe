using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Writes about members that must not cross each other.</summary>
public static class MembersHeld
{
    /// <summary>
    /// Until the transaction ends, nobody else in this tenant passes here: what is counted afterwards (is there another admin?) stays true until the
    /// commit. A statement that changes nothing takes the lock of the tenant's row; it works alike on every engine.
    /// </summary>
    /// <exception cref="InvalidOperationException">No transaction is open.</exception>
    public static async Task HoldTenant(this CrmDb db, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Holding a tenant needs a transaction.");
        await db.Tenants.Where(t => t.Id == db.TenantId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Slug, t => t.Slug), stop);
    }

    /// <summary>Notes that a member asked for a page. Past the tracked row: a form that is open elsewhere does not become stale by it.</summary>
    public static Task<int> SeeMember(this CrmDb db, long memberId, DateTime now) =>
        db.Members.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.LastSeenAt, now), CancellationToken.None);

    /// <summary>Notes that a key of the API was used.</summary>
    public static Task<int> SeeApiKey(this CrmDb db, long keyId, DateTime now) =>
        db.ApiKeys.Where(k => k.Id == keyId).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), CancellationToken.None);

    /// <summary>Whether somebody else could still administer the tenant. Ask after <see cref="HoldTenant"/>.</summary>
    public static Task<bool> HasAdminBeside(this CrmDb db, long memberId, CancellationToken stop) =>
        db.Members.AnyAsync(m => m.Id != memberId && m.DeactivatedAt == null && (m.Roles & Role.Admin) != Role.None, stop);
}
