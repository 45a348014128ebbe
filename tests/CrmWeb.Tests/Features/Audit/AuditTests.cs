using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Audit;

public sealed class AuditTests
{
    [Theory]
    [InlineData("", true, true)]
    [InlineData("?record=customer", true, false)]
    [InlineData("?record=team", false, true)]
    [InlineData("?field=city", true, false)]
    [InlineData("?field=stage", false, false)]
    [InlineData("?via=import", false, false)]
    [InlineData("?via=import&via.op=none", true, true)]
    [InlineData("?act=created", false, true)]
    [InlineData("?at=1&at.op=last-days", true, true)]
    [InlineData("?at=2020-01-01&at.op=before", false, false)]
    [InlineData("?member=987654321", false, false)]
    [InlineData("?id=987654321", false, false)]
    [InlineData("?cause.op=filled", false, false)]
    [InlineData("?member=x&record=x&id=x&at=x&via=99&customer=x&after=x", false, false)]
    public async Task Audit_Filtered_ShowsWhatMatches(string address, bool city, bool team)
    {
        var (acme, _) = await Filled();
        var browser = await acme.Admin.Browser();
        foreach (var page in new[] { await browser.Get("/settings/audit" + address), await browser.Get("/settings/audit.csv" + address) })
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Equal(city, page.Body.Contains("Ulm-town", StringComparison.Ordinal));
            Assert.Equal(team, page.Body.Contains("North-team", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Audit_OfOneCustomer_ShowsThatOne()
    {
        var (acme, id) = await Filled();
        var browser = await acme.Admin.Browser();
        Assert.Contains("Ulm-town", (await browser.Get($"/settings/audit?customer={id}")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Ulm-town", (await browser.Get($"/settings/audit?customer={id + 1000}")).Body, StringComparison.Ordinal);
        Assert.Contains("Ulm-town", (await browser.Get($"/settings/audit?record=customer&id={id}&member={acme.Admin.Id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ManyChanges_PagesByKey()
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 60; i++) await Make.Customer(acme, $"cust-{i}-");
        var browser = await acme.Admin.Browser();
        var first = await browser.Get("/settings/audit?record=customer");
        Assert.Contains("cust-59-", first.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("cust-3-", first.Body, StringComparison.Ordinal);
        var next = first.Find("a[href*='after=']")!.GetAttribute("href")!;
        var second = await browser.Get(next[next.IndexOf("/settings", StringComparison.Ordinal)..]);
        Assert.Contains("cust-3-", second.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("cust-59-", second.Body, StringComparison.Ordinal);
        Assert.Equal(61, (await browser.Get("/settings/audit.csv?record=customer")).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    /// <summary>A manager who sees only their own customers reads nothing of others', and nothing of members and settings.</summary>
    [Fact]
    public async Task Audit_MemberWhoSeesTheirOwn_ReadsOnlyThose()
    {
        var (acme, _) = await Filled();
        var manager = await Make.Member(acme, Role.Manager);
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, Visibility.Own));
            return db.SaveChangesAsync();
        });
        await Make.Customer(acme, "Own-customer", d => d with { OwnerId = manager.Id });
        await Make.Task(acme, acme.Admin, "Hidden-task");
        await Make.Task(acme, manager, "Own-task");
        var browser = await manager.Browser();
        foreach (var page in new[] { await browser.Get("/settings/audit"), await browser.Get("/settings/audit.csv") })
        {
            Assert.Contains("Own-customer", page.Body, StringComparison.Ordinal);
            Assert.Contains("Own-task", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Ulm-town", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Ann-customer", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Hidden-task", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("North-team", page.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task T16_Export_IsHarmlessInASpreadsheet()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "=1+1", d => d with { City = "@x" });
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            customer.Change(CustomerDetails.Of(customer) with { City = "+2" }, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var file = (await (await acme.Admin.Browser()).Get("/settings/audit.csv?record=customer")).Body;
        Assert.Contains(",'=1+1,", file, StringComparison.Ordinal);
        Assert.Contains(",'@x,'+2,", file, StringComparison.Ordinal);
    }

    private static async Task<(TestTenant Acme, long Customer)> Filled()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "Ann-customer", d => d with { City = "Bonn" });
        await Make.Team(acme, "North-team");
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/{id}/edit", new { Name = "Ann-customer", City = "Ulm-town", Kind = "Person", Stage = "Lead", Version = 0 });
        return (acme, id);
    }
}
