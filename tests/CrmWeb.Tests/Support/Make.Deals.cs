using CrmWeb.Domain.Customers;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>Answers its id.</summary>
    public static Task<long> Reason(TestTenant tenant, ReasonFor why, string? name = null) => tenant.Use(async db =>
    {
        var reason = new Reason(why, name ?? $"Reason {Number()}", 1);
        db.Reasons.Add(reason);
        await db.SaveChangesAsync();
        return reason.Id;
    });
}
