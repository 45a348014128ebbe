using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>Answers within an hour, resolves within ten, for everybody; day and night.</summary>
    public static Task<long> SlaRule(TestTenant tenant, int? answer = 60, int? resolve = 600, Priority priority = Priority.Normal, long? tier = null) => tenant.Use(async db =>
    {
        var rule = new SlaRule(priority, tier);
        rule.Promise(answer, resolve);
        db.SlaRules.Add(rule);
        await db.SaveChangesAsync();
        return rule.Id;
    });

    public static Task<long> Tier(TestTenant tenant, string name = "Gold", int position = 1) => tenant.Use(async db =>
    {
        var tier = new ServiceTier(name, position);
        db.ServiceTiers.Add(tier);
        await db.SaveChangesAsync();
        return tier.Id;
    });

    public static Task<long> RootCause(TestTenant tenant, string name = "Broken in transit") => tenant.Use(async db =>
    {
        var reason = new Reason(ReasonFor.RootCause, name, 1);
        db.Reasons.Add(reason);
        await db.SaveChangesAsync();
        return reason.Id;
    });

    public static Task<long> Holiday(TestTenant tenant) => tenant.Use(async db =>
    {
        var holiday = new Holiday(new DateOnly(2030, 1, 1).AddDays(Number()), "Holiday");
        db.Holidays.Add(holiday);
        await db.SaveChangesAsync();
        return holiday.Id;
    });
}
