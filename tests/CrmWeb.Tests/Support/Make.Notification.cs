using CrmWeb.Domain.Customers;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A notification that a member has not read. Answers its id.</summary>
    public static Task<long> Notification(TestMember to, NotificationKind kind, long? customerId = null, DateTime? mailDueAt = null) => to.Tenant.Use(async db =>
    {
        var notification = new Notification(to.Id, kind, to.Tenant.Admin.Id, to.Tenant.Host.Clock.Now) { CustomerId = customerId, Count = 1, MailDueAt = mailDueAt };
        db.Notifications.Add(notification);
        await db.SaveChangesAsync();
        return notification.Id;
    });
}
