using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The page of a customer with 5,000 contacts, and orders, deals and cases among them, on the timeline, beside a bare twin that shows the contacts.</summary>
internal static class CustomerPageMeasure
{
    private const int Entries = 5_000;
    private const int Sales = 200;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, 10_000, 10_000);
        var id = await BusyCustomer(installation);
        await using var ours = await Server.Product(installation);
        await using var bare = await Server.Bare(installation);
        var browser = await SignedIn.As(installation);
        byte[][] request = [Load.Get(ours.Address, $"/t/bench/customers/{id}", browser.Cookie)];
        byte[][] bareRequest = [Load.Get(bare.Address, $"/bare/customers/{id}", "")];
        var (a, b) = await Rounds.Run(
            () => Load.Run(ours.Address, request, Wanted.Connections, wanted.Round),
            () => Load.Run(bare.Address, bareRequest, Wanted.Connections, wanted.Round));
        report.Add(new Row($"customer page, {Entries:N0} entries", provider, a, b, "pages/s", 0.4, AtLeast: true));
    }

    private static Task<long> BusyCustomer(Installation installation) => installation.Use(async db =>
    {
        const string name = "Busy Buyer";
        if (await db.Customers.Where(c => c.Name == name).Select(c => (long?)c.Id).FirstOrDefaultAsync() is { } known) return known;

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var member = await db.Members.Select(m => m.Id).FirstAsync();
        var customer = new Customer(new CustomerDetails { Name = name, Email = "busy@example.org", City = "Utrecht" }, now);
        db.Customers.Add(customer);
        await db.SaveChangesAsync();
        for (var i = 0; i < Entries; i++)
        {
            customer.Log(new InteractionDetails { Channel = (Channel)(i % 6), OccurredAt = now.AddHours(-i), Subject = $"Contact {i}", Body = "We spoke about the next delivery and agreed on a date." }, member, now);
        }

        await db.SaveChangesAsync();
        await Sell(db, customer, member, now);
        return customer.Id;
    });

    private static async Task Sell(CrmDb db, Customer customer, long member, DateTime now)
    {
        var money = Conversion.None(await db.Tenants.Where(t => t.Id == db.Current.Id).Select(t => t.Currency).SingleAsync());
        var stage = new Stage(new Pipeline("Page", 8), new StageDetails("Open", 50, ForecastCategory.Pipeline), 0);
        db.Stages.Add(stage);
        await db.SaveChangesAsync();
        for (var i = 0; i < Sales; i++)
        {
            var line = new OrderLineDetails { Description = "Benchmark", Quantity = 1, Total = 1250 };
            db.Orders.Add(new Order(customer, new OrderDetails { PlacedAt = now.AddHours(-7 * i), Conversion = money, Lines = [line] }, member, now));
            if (i % 10 != 0) continue;
            db.Deals.Add(new Deal(customer, stage, new DealDetails { Name = $"Deal {i}", Amount = 1000, Conversion = money, OwnerId = member }, member, now.AddHours(-11 * i)));
            db.Cases.Add(new Case(customer, new CaseDetails { Subject = $"Case {i}" }, SlaClock.Of(BusinessCalendar.Always(TimeZoneInfo.Utc), null), member, now.AddHours(-13 * i)));
        }

        await db.SaveChangesAsync();
    }
}
