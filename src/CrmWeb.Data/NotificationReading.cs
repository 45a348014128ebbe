using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>What a member is told, as they may see it now.</summary>
public static class NotificationReading
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    /// <summary>
    /// Of the member of this scope. Customers that were archived are told of; contacts and tasks that were taken back are not, unless there were more of
    /// them. What they may not see is left out by the filter.
    /// </summary>
    public static IQueryable<Notification> Heard(this CrmDb db) => db.Told().Where(n =>
        (n.InteractionId == null || n.Count > 1 || db.Interactions.Any(i => i.Id == n.InteractionId && i.DeletedAt == null))
        && (n.TaskId == null || db.Tasks.Any(t => t.Id == n.TaskId && t.DeletedAt == null))
        && (n.CaseId == null || db.Cases.Any(c => c.Id == n.CaseId && c.DeletedAt == null)));

    /// <summary>Likewise, with what was taken back: for marking them all.</summary>
    public static IQueryable<Notification> Told(this CrmDb db) => db.Notifications.IgnoreQueryFilters(Away);

    /// <summary>Marks rows of the member of this scope as read or not; answers how many changed.</summary>
    public static async Task<int> MarkNotifications(this CrmDb db, IQueryable<Notification> rows, DateTime? readAt, CancellationToken stop)
    {
        await using var own = await db.OwnTransaction(stop);
        var marked = await rows.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, readAt), stop);
        if (marked > 0) await db.NotificationsChange([db.ActorId], stop);
        if (own is not null) await own.CommitAsync(stop);
        return marked;
    }

    /// <summary>What is remembered of these members' notifications is old from now on.</summary>
    internal static async Task NotificationsChange(this CrmDb db, IReadOnlyCollection<long> members, CancellationToken stop)
    {
        await db.HoldMembers(members, stop);
        await db.Members.Where(m => members.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.NotificationsVersion, m => m.NotificationsVersion + 1), stop);
    }
}
