using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>A member for whom a mail about notifications is due.</summary>
public sealed record DueNotifications(long TenantId, long MemberId);

/// <summary>
/// Notifications that wait for a mail are rows that are due. A node claims all of a member by a conditional update, in the transaction that puts the mail
/// into the queue: whichever node comes second finds nothing.
/// </summary>
public static class NotificationMailing
{
    private const int Most = 200;

    private static readonly string[] AnyMember = [TenantScoping.TenantFilter, TenantScoping.VisibilityFilter];

    /// <summary>Of any tenant; who waits longest comes first.</summary>
    public static Task<List<DueNotifications>> DueNotifications(this CrmDb db, DateTime now, CancellationToken stop) =>
        db.Notifications.IgnoreQueryFilters(AnyMember).Where(n => n.MailDueAt <= now)
            .GroupBy(n => new { n.TenantId, n.MemberId }).OrderBy(g => g.Min(n => n.MailDueAt)).Take(Most).Select(g => new DueNotifications(g.Key.TenantId, g.Key.MemberId)).ToListAsync(stop);

    /// <summary>
    /// Takes what is due of the member of this scope, be it to be seen or not; answers the ids of what is unread. Null when another node was first: nothing
    /// may be committed then. Needs an open transaction, in which the mail is written.
    /// </summary>
    public static async Task<long[]?> ClaimNotifications(this CrmDb db, DateTime now, CancellationToken stop)
    {
        var me = db.ActorId;
        var rows = db.Notifications.IgnoreQueryFilters(TenantScoping.Unseen).Where(n => n.MemberId == me && n.MailDueAt <= now);
        var due = await rows.OrderBy(n => n.Id).Select(n => new { n.Id, n.ReadAt }).ToListAsync(stop);
        long[] ids = [.. due.Select(n => n.Id)];
        var claimed = await rows.Where(n => ids.Contains(n.Id)).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDueAt, (DateTime?)null).SetProperty(n => n.MailedAt, now), stop);
        return claimed == ids.Length && claimed > 0 ? [.. due.Where(n => n.ReadAt is null).Select(n => n.Id)] : null;
    }

    /// <summary>For a member who comes in no more: what waited for them waits no longer.</summary>
    public static async Task DropNotificationMails(this CrmDb db, DueNotifications due, DateTime now, CancellationToken stop) =>
        await db.Notifications.IgnoreQueryFilters(AnyMember).Where(n => n.TenantId == due.TenantId && n.MemberId == due.MemberId && n.MailDueAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDueAt, (DateTime?)null), stop);

    /// <summary>After a member chose anew: what waits in <paramref name="kinds"/> comes at another time, or not at all.</summary>
    public static Task<int> MoveNotificationMails(this CrmDb db, IReadOnlyCollection<NotificationKind> kinds, DateTime? dueAt, CancellationToken stop) =>
        db.Notifications.IgnoreQueryFilters(TenantScoping.Unseen).Where(n => n.MemberId == db.ActorId && n.MailDueAt != null && kinds.Contains(n.Kind)).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDueAt, dueAt), stop);
}
