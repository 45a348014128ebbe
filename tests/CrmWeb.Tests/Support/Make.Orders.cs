using CrmWeb.Domain.Sales;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>What a currency is worth in euros from a day on. Answers its id.</summary>
    public static Task<long> Rate(TestTenant tenant, string currency, DateOnly day, decimal rate) => tenant.Use(async db =>
    {
        var row = new ExchangeRate(currency, day, rate);
        db.ExchangeRates.Add(row);
        await db.SaveChangesAsync();
        return row.Id;
    });
}
