using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>One answer to "why?". Answers its id.</summary>
    public static Task<long> Reason(TestTenant tenant, ReasonFor why, string? name = null) => tenant.Use(async db =>
    {
        var reason = new Reason(why, name ?? $"Reason {Number()}", 0);
        db.Reasons.Add(reason);
        await db.SaveChangesAsync();
        return reason.Id;
    });

    /// <summary>What a currency is worth in euros from a day on. Answers its id.</summary>
    public static Task<long> Rate(TestTenant tenant, string currency, DateOnly day, decimal rate) => tenant.Use(async db =>
    {
        var row = new ExchangeRate(currency, day, rate);
        db.ExchangeRates.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    });
}
