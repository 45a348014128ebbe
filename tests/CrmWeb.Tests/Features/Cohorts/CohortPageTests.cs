using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Cohorts;

public sealed class CohortPageTests
{
    [Fact]
    public async Task Show_NoOrders_SaysSo()
    {
        var page = await (await (await Make.Tenant()).Admin.Browser()).Get("/reports/cohorts");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("No orders yet", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_TwoOfFourBuyAgain_IsHalf()
    {
        var tenant = await Make.Tenant();
        var begin = new DateTime(tenant.Host.Clock.Now.Year, tenant.Host.Clock.Now.Month, 15, 12, 0, 0, DateTimeKind.Utc).AddMonths(-3);
        for (var i = 0; i < 4; i++)
        {
            var customer = await Make.Customer(tenant);
            await Make.Order(tenant, customer, at: begin);
            if (i < 2) await Make.Order(tenant, customer, at: begin.AddMonths(1));
        }

        var admin = await tenant.Admin.Browser();
        var first = begin.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var page = await admin.Get($"/reports/cohorts?from={first}&months=6");
        Assert.Contains("50%", page.Text, StringComparison.Ordinal);
        Assert.Contains($"firstOrder={first}-01", page.Body, StringComparison.Ordinal);
        // months that did not come have no share, and no row
        Assert.Equal(4, page.Html.QuerySelectorAll(".crm-heat tbody tr").Length);
        Assert.Equal(3, page.Html.QuerySelectorAll(".crm-heat tbody tr:first-child td[class]").Length);
        Assert.Contains($"{first},4,2,0,0,,,", (await admin.Get($"/reports/cohorts.csv?from={first}&months=6")).Body.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/reports/cohorts?from=nonsense&months=999")).Status);
    }

    [Fact]
    public async Task Show_MemberInAnotherZone_FindsWhomTheTenantCounts()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db => await db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.TimeZone, "Asia/Tokyo")));
        await tenant.Use(async db => await db.Members.ExecuteUpdateAsync(set => set.SetProperty(m => m.TimeZone, "America/Los_Angeles")));
        // in Tokyo it is the first of the month, in Los Angeles the day before
        var now = tenant.Host.Clock.Now;
        var month = new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(-2);
        await Make.Order(tenant, await Make.Customer(tenant, "Aiko"), at: month.AddHours(-6));
        var admin = await tenant.Admin.Browser();
        var page = await admin.Get($"/reports/cohorts?from={month:yyyy-MM}&months=6");
        var link = page.Html.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!).First(href => href.Contains("firstOrder=", StringComparison.Ordinal));
        Assert.Contains($"firstOrder={month:yyyy-MM}-01", link, StringComparison.Ordinal);
        Assert.Contains("Aiko", (await admin.Get(link[$"/t/{tenant.Slug}".Length..])).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Aiko", (await admin.Get($"/customers?lastOrder={month.AddDays(-1):yyyy-MM-dd}")).Find("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WhoSeesTheirOwn_CountsThoseAlone()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        await Make.Order(tenant, await Make.Customer(tenant));
        var page = await (await (await Make.Member(tenant, Role.Sales)).Browser()).Get("/reports/cohorts");
        Assert.Contains("No orders yet", page.Text, StringComparison.Ordinal);
    }
}
