using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The page of a customer with 5,000 entries on the timeline, beside its bare twin.</summary>
internal static class CustomerPageMeasure
{
    private const int Entries = 5_000;

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
        const string name = "Busy Customer";
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
        return customer.Id;
    });
}
