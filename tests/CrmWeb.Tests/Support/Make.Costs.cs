using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>What an hour of a role costs, in cents, from a day on, or since ever. Nothing follows from it yet. Answers its id.</summary>
    public static Task<long> Cost(TestTenant tenant, Role role, long amount, DateOnly? day = null) => Cost(tenant, CostRate.Of(role, day ?? CostRate.Always, At(day), amount));

    /// <summary>Likewise of a contact by a channel.</summary>
    public static Task<long> Cost(TestTenant tenant, Channel channel, long amount, DateOnly? day = null) => Cost(tenant, CostRate.Of(channel, day ?? CostRate.Always, At(day), amount));

    private static DateTime At(DateOnly? day) => (day ?? CostRate.Always).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static Task<long> Cost(TestTenant tenant, CostRate rate) => tenant.Use(async db =>
    {
        db.CostRates.Add(rate);
        await db.SaveChangesAsync();
        return rate.Id;
    });
}
