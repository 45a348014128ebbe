using System.Linq.Expressions;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Rows of any tenant that nobody looks at any more. How long each is kept stands on its entity. A mail goes as soon as it is sent or given up.</summary>
public static class OldRows
{
    // few at a time, so that nobody waits for the locks
    private const int Batch = 500;

    private static readonly string[] AnyTenant = [TenantScoping.TenantFilter];
    private static readonly string[] AnyMember = [TenantScoping.TenantFilter, TenantScoping.VisibilityFilter];

    public static async Task RemoveOldRows(this CrmDb db, DateTime now, CancellationToken stop)
    {
        var (expired, ended, finished) = (now - Registration.KeptExpired, now - UserSession.Kept, now - Job.KeptFinished);
        await Remove(db.Registrations.Where(r => r.ExpiresAt < expired), r => r.ExpiresAt, stop);
        await Remove(db.UserSessions.Where(s => s.EndedAt < ended), s => s.EndedAt!.Value, stop);
        await Remove(db.UserSessions.Where(s => s.LastSeenAt < ended), s => s.LastSeenAt, stop);
        var offered = now - Invitation.KeptExpired;
        await Remove(db.Invitations.IgnoreQueryFilters(AnyTenant).Where(i => i.ExpiresAt < offered), i => i.ExpiresAt, stop);
        var answered = now - IdempotencyKey.Kept;
        await Remove(db.IdempotencyKeys.IgnoreQueryFilters(AnyTenant).Where(k => k.CreatedAt < answered), k => k.CreatedAt, stop);
        var heard = now - Notification.Kept;
        await Remove(db.Notifications.IgnoreQueryFilters(AnyMember).Where(n => n.At < heard), n => n.At, stop);
        var dead = now - ApiKey.Kept;
        var keys = db.ApiKeys.IgnoreQueryFilters(AnyTenant).Where(k => !db.IdempotencyKeys.IgnoreQueryFilters(AnyTenant).Any(a => a.TenantId == k.TenantId && a.ApiKeyId == k.Id));
        await Remove(keys.Where(k => k.ExpiresAt < dead), k => k.ExpiresAt!.Value, stop);
        await Remove(keys.Where(k => k.RevokedAt < dead), k => k.RevokedAt!.Value, stop);
        // what two customers said before they were one: when they cannot be two again, nobody needs it
        var merged = now - Merge.Undoable - Merge.KeptAfter;
        await Remove(db.Merges.IgnoreQueryFilters([TenantScoping.TenantFilter, .. TenantScoping.Unseen]).Where(m => m.At < merged), m => m.At, stop);
        var begun = now - BulkEdit.KeptUnrun;
        var (imports, edits) = (db.Imports.IgnoreQueryFilters(AnyTenant), db.BulkEdits.IgnoreQueryFilters(AnyTenant));
        await Remove(edits.Where(e => e.State == BulkState.Draft && e.CreatedAt < begun), e => e.CreatedAt, stop);
        await Remove(
            db.Jobs.IgnoreQueryFilters(AnyTenant).Where(j => j.FinishedAt < finished && !imports.Any(i => i.JobId == j.Id) && !edits.Any(e => e.JobId == j.Id)),
            j => j.FinishedAt!.Value, stop);
    }

    private static async Task Remove<T>(IQueryable<T> old, Expression<Func<T, DateTime>> age, CancellationToken stop)
    {
        while (await old.OrderBy(age).Take(Batch).ExecuteDeleteAsync(stop) == Batch) { }
    }
}
