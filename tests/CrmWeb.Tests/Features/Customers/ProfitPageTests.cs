using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Who brings what and what is spent on them, from what is kept on the customers that the reader sees.</summary>
public sealed class ProfitPageTests
{
    [Fact]
    public async Task Show_CostsAndOrders_SumsThemUpByOwner()
    {
        var tenant = await Tenant();
        var page = await (await tenant.Admin.Browser()).Get("/reports/profitability?by=stage");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        // 60 and 100 of margin; two calls of half an hour at 40 with 1 each
        foreach (var text in (string[])["250 EUR", "160 EUR", "40 EUR", "2 EUR", "118 EUR"]) Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.Contains("stage=lead", page.Body, StringComparison.Ordinal);
        // what a number opens does not change the columns that somebody chose for their list
        var list = await (await tenant.Admin.Browser()).Get("/customers?sort=-profit&columns=name,profit&then=2");
        Assert.DoesNotContain(list.Response.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(value => value.Contains("profit", StringComparison.Ordinal)));
        foreach (var by in (string[])["owner", "team", "serviceTier", "country", "source", "nonsense"])
            Assert.Equal(HttpStatusCode.OK, (await (await tenant.Admin.Browser()).Get($"/reports/profitability?by={by}&profit=1&profit.op=at-least&created=x")).Status);
    }

    [Fact]
    public async Task Show_NothingSet_IsNotAvailable()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        Assert.Contains("No customers here", (await admin.Get("/reports/profitability")).Text, StringComparison.Ordinal);
        await Make.Order(tenant, await Make.Customer(tenant), 10_00);
        var page = await admin.Get("/reports/profitability");
        Assert.Contains("Nobody said yet what service costs", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Effort against profit", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WhoSeesTheirOwn_SumsUpThoseAlone()
    {
        var tenant = await Tenant();
        var member = await Make.Member(tenant, Role.Sales);
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            await db.SaveChangesAsync();
            return await db.Customers.Where(c => c.Name == "Big").ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnerId, member.Id));
        });
        var page = await (await member.Browser()).Get("/reports/profitability");
        Assert.Contains("150 EUR", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("250 EUR", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Small", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Groups_StandInTheFile()
    {
        var tenant = await Tenant();
        var file = await (await tenant.Admin.Browser()).Get("/reports/profitability.csv?by=stage");
        Assert.Contains("Lead,2,2,0,250,160,60,40,2,118,EUR", file.Body.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByProfit_LossesAndUnknownInOrder()
    {
        var tenant = await Tenant();
        await Make.Customer(tenant, "Nothing");
        var admin = await tenant.Admin.Browser();
        var page = await admin.Get("/customers?sort=-profit&columns=name,profit,serviceCost,contactCost,serviceMinutes");
        int At(string name) => page.Text.IndexOf(name, StringComparison.Ordinal);
        Assert.True(At("Big") > 0 && At("Big") < At("Small") && At("Small") < At("Nothing"));
        Assert.DoesNotContain("Nothing", (await admin.Get("/customers?profit.op=filled&columns=name,profit")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Small", (await admin.Get("/customers?profit=60&profit.op=at-least")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worth_CostsAndChannels_AreTold()
    {
        var tenant = await Tenant();
        var big = await tenant.Use(db => db.Customers.Where(c => c.Name == "Big").Select(c => c.Id).SingleAsync());
        var page = await (await tenant.Admin.Browser()).Get($"/customers/{big}/worth");
        foreach (var text in (string[])["21 EUR", "79 EUR", "Contacts by channel", "0.5 hours"]) Assert.Contains(text, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_MoreCustomers_AsksAsOften()
    {
        var (host, sql) = await SqlCount.Host();
        await using var own = host;
        var tenant = await Make.Tenant(host);
        await Make.Cost(tenant, Role.Admin, 1);
        await Make.Order(tenant, await Make.Customer(tenant), 10_00);
        var admin = await tenant.Admin.Browser();
        await admin.Get("/reports/profitability");
        var few = await sql.Of(() => admin.Get("/reports/profitability"));
        for (var i = 0; i < 15; i++) await Make.Order(tenant, await Make.Customer(tenant), 10_00);
        Assert.InRange(await sql.Of(() => admin.Get("/reports/profitability")), 1, few + 1);
    }

    private static async Task<TestTenant> Tenant()
    {
        var tenant = await Make.Tenant();
        await Make.Cost(tenant, Role.Admin, 40_00);
        await Make.Cost(tenant, Channel.Call, 1_00);
        foreach (var (name, total, cost) in new[] { ("Small", 100_00L, 40_00L), ("Big", 150_00L, 50_00L) })
        {
            var customer = await Make.Customer(tenant, name);
            await Make.Order(tenant, customer, total, with: d => d with { Lines = [d.Lines[0] with { UnitCost = cost }] });
            await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = tenant.Host.Clock.Now.AddDays(-1), Channel = Channel.Call, Minutes = 30 });
        }

        return tenant;
    }
}
