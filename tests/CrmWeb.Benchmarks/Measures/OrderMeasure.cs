using CrmWeb.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>Placing an order by the API, with what is kept on the customer of it, beside an endpoint that only inserts the order and its line.</summary>
internal static class OrderMeasure
{
    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, 10_000, 10_000);
        var customers = await installation.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.Id).Take(200).ToListAsync());
        var key = await installation.ApiKey();
        await using var ours = await Server.Product(installation);
        await using var bare = await Server.Bare(installation);
        byte[][] requests =
        [
            .. customers.Select(id => Load.ApiPost(ours.Address, "/orders", key,
                $$"""{"customerId":{{id}},"channel":"web","lines":[{"description":"Benchmark","quantity":2,"unitPrice":12.50}]}""")),
        ];
        byte[][] bareRequests = [.. customers.Select(id => Load.Post(bare.Address, "/bare/orders", "", $"customerId={id}&description=Benchmark&quantity=2&unitPrice=1250"))];
        var (a, b) = await Rounds.Run(
            () => Load.Run(ours.Address, requests, Wanted.Connections, wanted.Round),
            () => Load.Run(bare.Address, bareRequests, Wanted.Connections, wanted.Round));
        report.Add(new Row("place an order by the API", provider, a, b, "posts/s", 0.5, AtLeast: true));
    }
}
