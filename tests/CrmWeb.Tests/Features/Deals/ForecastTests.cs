using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Features.Deals.Forecast;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Deals;

public sealed class ForecastTests
{
    private static readonly DateTime Wednesday = new(2030, 5, 15, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Show_EveryNumber_IsTheSumOfTheDealsBehindIt()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Wednesday;
        var tenant = await Make.Tenant(host);
        var (customer, stages, team) = (await Make.Customer(tenant), await Make.Pipeline(tenant, null, 10, 50, 90), await Make.Team(tenant, "Trade"));
        var random = new Random(7);
        var browser = await tenant.Admin.Browser();
        for (var i = 0; i < 40; i++)
        {
            var id = await Make.Deal(tenant, customer, stages[random.Next(3)], d => d with
            {
                Amount = random.Next(9) == 0 ? null : random.Next(1, 50) * 100_00,
                CloseOn = new DateOnly(2030, 5, 1).AddDays(random.Next(90)),
                Category = random.Next(3) == 0 ? (ForecastCategory)random.Next(4) : null,
                OwnerId = random.Next(4) == 0 ? null : tenant.Admin.Id,
                TeamId = random.Next(2) == 0 ? team : null,
            });
            if (random.Next(4) == 0) await browser.Post($"/deals/{id}/won");
        }

        foreach (var path in new[] { "/reports/forecast", "/reports/forecast?month=2030-06", "/reports/forecast?owner=me", $"/reports/forecast?team={team}&month=2030-06" })
        {
            var page = await browser.Get(path);
            var links = page.Html.QuerySelectorAll("tbody td a[href*='/deals?']").Where(a => !a.GetAttribute("href")!.Contains("weighted", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(links);
            foreach (var link in links)
            {
                var number = link.TextContent.Trim();
                var list = await browser.Get(link.GetAttribute("href")![$"/t/{tenant.Slug}".Length..]);
                Assert.Contains(number == "0 EUR" && list.Find("tbody") is null ? "No deal fits" : $"Sum: {number}", list.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Show_Weighted_IsTheAmountTimesTheProbability()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Wednesday;
        var tenant = await Make.Tenant(host);
        var (customer, stages) = (await Make.Customer(tenant), await Make.Pipeline(tenant, null, 25, 90));
        var may = new DateOnly(2030, 5, 31);
        await Make.Deal(tenant, customer, stages[0], d => d with { Amount = 1_000_00, CloseOn = may });
        await Make.Deal(tenant, customer, stages[1], d => d with { Amount = 100_00, CloseOn = may, Category = ForecastCategory.Commit });
        await Make.Deal(tenant, customer, stages[1], d => d with { Amount = 7_000_00, CloseOn = may, Category = ForecastCategory.Omitted });
        var page = await (await tenant.Admin.Browser()).Get("/reports/forecast");
        Assert.Equal(["340 EUR", "1,100 EUR", "0 EUR", "100 EUR", "0 EUR"], page.Html.QuerySelector("tbody tr")!.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task R3_Keep_AskedOnManyNodesAndDays_KeepsOneAWeek()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Wednesday;
        var tenant = await Make.Tenant(host);
        var stages = await Make.Pipeline(tenant, null, 50);
        await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { CloseOn = new DateOnly(2030, 6, 1) });
        await using var node = host.AnotherNode();
        node.Clock.Now = Wednesday;
        foreach (var each in new[] { host, node })
        {
            await tenant.Use(async db =>
            {
                db.Jobs.Add(new Job(ForecastJob.JobKind, "", tenant.Admin.Id, Wednesday));
                return await db.SaveChangesAsync();
            });
        }

        await Task.WhenAll(Run(host), Run(node));
        Assert.Equal(new DateOnly(2030, 5, 13), await tenant.Use(db => db.ForecastSnapshots.Select(s => s.TakenOn).SingleAsync()));
        var kept = await tenant.Use(db => db.ForecastSnapshots.SingleAsync());
        Assert.Equal((new DateOnly(2030, 6, 1), 500_00L, 1_000_00L, 0L, 1), (kept.Month, kept.Weighted, kept.Open, kept.Won, kept.Deals));

        // the next days of the week keep nothing, the next Monday does
        for (var day = 0; day < 8; day++)
        {
            host.Clock.Now = host.Clock.Now.AddDays(1);
            await host.Services.GetRequiredService<Schedule>().Daily(CancellationToken.None);
            await Run(host);
        }

        Assert.Equal([new DateOnly(2030, 5, 13), new DateOnly(2030, 5, 20)], await tenant.Use(db => db.ForecastSnapshots.Select(s => s.TakenOn).Order().ToListAsync()));
    }

    [Fact]
    public async Task Accuracy_OfAMonthThatIsOver_IsToldFromTheForecastAtItsStart()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Wednesday;
        var tenant = await Make.Tenant(host);
        var stages = await Make.Pipeline(tenant, null, 50);
        var pipeline = await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync());
        await tenant.Use(async db =>
        {
            // April 2030 began on a Monday; that of the week after is not its start
            db.ForecastSnapshots.AddRange(
                new ForecastSnapshot(new(2030, 4, 1), new(2030, 4, 1), pipeline, tenant.Admin.Id, null) { Weighted = 500_00, Won = 100_00 },
                new ForecastSnapshot(new(2030, 4, 1), new(2030, 4, 1), pipeline, null, null) { Weighted = 300_00 },
                new ForecastSnapshot(new(2030, 4, 8), new(2030, 4, 1), pipeline, null, null) { Weighted = 1 },
                new ForecastSnapshot(new(2030, 2, 25), new(2030, 3, 1), pipeline, null, null) { Weighted = 5_00 });
            return await db.SaveChangesAsync();
        });
        host.Clock.Now = new DateTime(2030, 4, 20, 10, 0, 0, DateTimeKind.Utc);
        var browser = await tenant.Admin.Browser();
        await browser.Post($"/deals/{await Make.Deal(tenant, await Make.Customer(tenant), stages[0])}/won");
        host.Clock.Now = Wednesday;
        var page = await (await tenant.Admin.Browser()).Get("/reports/forecast?month=2030-04");
        var past = page.Html.QuerySelectorAll("table").Last().QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()))).ToList();
        // 1 − |900 − 1000| / 1000
        Assert.Equal("900 EUR|1,000 EUR|90%", past[0]);
        Assert.Equal("5 EUR|0 EUR|not available", past[1]);
        Assert.Equal("—|0 EUR|not available", past[2]);
        Assert.Contains("900 EUR", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Visibility.Own, "400 EUR", "4,000 EUR")]
    [InlineData(Visibility.Team, "500 EUR", "5,000 EUR")]
    [InlineData(Visibility.All, "700 EUR", "7,000 EUR")]
    public async Task Show_MemberWhoSeesSome_SumsWhatWasKeptOfTheirCustomers(Visibility sees, string kept, string now)
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Wednesday;
        var tenant = await Make.Tenant(host);
        var (stages, sales) = (await Make.Pipeline(tenant, null, 10), await Make.Member(tenant, Role.Sales));
        var team = await Make.Team(tenant, "North", sales);
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, sees));
            return await db.SaveChangesAsync();
        });
        var (own, ours, others) = (await Make.Customer(tenant, with: c => c with { OwnerId = sales.Id }), await Make.Customer(tenant, with: c => c with { TeamId = team }), await Make.Customer(tenant));
        // whose deal it is decides nothing: it is seen where its customer is
        foreach (var (customer, amount) in new[] { (own, 4_000_00), (ours, 1_000_00), (others, 2_000_00) })
            await Make.Deal(tenant, customer, stages[0], d => d with { Amount = amount, CloseOn = new DateOnly(2030, 5, 20), OwnerId = customer == own ? null : sales.Id });
        await tenant.Use(async db =>
        {
            db.Jobs.Add(new Job(ForecastJob.JobKind, "", tenant.Admin.Id, Wednesday));
            return await db.SaveChangesAsync();
        });
        await Run(host);
        var page = await (await sales.Browser()).Get("/reports/forecast");
        Assert.Equal(now, page.Html.QuerySelector("tbody tr")!.QuerySelectorAll("td")[1].TextContent.Trim());
        var week = page.Html.QuerySelectorAll("table").Single(table => table.QuerySelector("caption")!.TextContent.Contains("week by week", StringComparison.Ordinal));
        Assert.Equal(kept, week.QuerySelector("tbody td")!.TextContent.Trim());
        Assert.Contains("Won now: ", page.Text, StringComparison.Ordinal);
    }

    private static async Task Run(CrmHost host)
    {
        while (await host.Services.GetRequiredService<JobRunner>().RunNext(CancellationToken.None)) { }
    }
}
