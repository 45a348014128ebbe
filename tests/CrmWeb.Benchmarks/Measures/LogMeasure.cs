using CrmWeb.Data.Providers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>Logging an interaction through the form's address, beside an endpoint that only inserts.</summary>
internal static class LogMeasure
{
    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, 10_000, 10_000);
        var (member, customers) = await installation.Use(async db =>
            (await db.Members.Select(m => m.Id).FirstAsync(), await db.Customers.OrderBy(c => c.Id).Select(c => c.Id).Take(200).ToListAsync()));
        await using var ours = await Server.Product(installation);
        await using var bare = await Server.Bare(installation);
        var browser = await SignedIn.As(installation);
        byte[][] requests =
        [
            .. customers.Select(id => Load.Post(ours.Address, "/t/bench/interactions/new", browser.Cookie,
                $"__RequestVerificationToken={Uri.EscapeDataString(browser.Token)}&CustomerId={id}&Channel=Call&Direction=Outbound&Outcome=Reached&Subject=Benchmark")),
        ];
        byte[][] bareRequests = [.. customers.Select(id => Load.Post(bare.Address, "/bare/interactions", "", $"customerId={id}&channel=0&subject=Benchmark&memberId={member}"))];
        var (a, b) = await Rounds.Run(
            () => Load.Run(ours.Address, requests, Wanted.Connections, wanted.Round),
            () => Load.Run(bare.Address, bareRequests, Wanted.Connections, wanted.Round));
        report.Add(new Row("log an interaction", provider, a, b, "posts/s", 0.5, AtLeast: true));
    }
}
