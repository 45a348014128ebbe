using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Shared;

/// <summary>The frame of a page is drawn once and kept: never for somebody else, another tenant, other rights or another language.</summary>
public class FrameTests
{
    [Fact]
    public async Task Frame_OtherRightsInTheSamePlace_ShowsWhatTheMemberMay()
    {
        var tenant = await Make.Tenant();
        var (admin, viewer) = (await tenant.Admin.Browser(), await (await Make.Member(tenant, Role.Viewer)).Browser());

        for (var i = 0; i < 2; i++)
        {
            Assert.Contains("/settings/members", Links(await admin.Get("/customers")), StringComparison.Ordinal);
            Assert.DoesNotContain("/settings/", Links(await viewer.Get("/customers")), StringComparison.Ordinal);
            Assert.DoesNotContain("/interactions/new", (await viewer.Get("/customers")).Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Frame_RolesAndNamesChanged_ChangesWithTheNextPage()
    {
        var tenant = await Make.Tenant();
        var member = await Make.Member(tenant, Role.Admin);
        var browser = await member.Browser();
        Assert.Contains("/settings/members", Links(await browser.Get("/today")), StringComparison.Ordinal);

        await tenant.Use(db => db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Role.Viewer).SetProperty(m => m.Name, "Mira Renamed")));

        var after = await browser.Get("/today");
        Assert.DoesNotContain("/settings/", Links(after), StringComparison.Ordinal);
        Assert.Equal("Mira Renamed", after.Find(".crm-member-name")!.TextContent);
    }

    [Fact]
    public async Task T6_FramesOfTwoTenants_StayApart()
    {
        var (a, b) = (await Make.Tenant(), await Make.Tenant());
        var (ann, bob) = (await a.Admin.Browser(), await b.Admin.Browser());
        for (var i = 0; i < 3; i++)
        {
            foreach (var path in new[] { "/customers", "/tasks" })
            {
                var (hers, his) = (await ann.Get(path), await bob.Get(path));
                Assert.DoesNotContain($"/t/{b.Slug}", hers.Body, StringComparison.Ordinal);
                Assert.DoesNotContain($"/t/{a.Slug}", his.Body, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Frame_AnotherLanguageThemeAndPlace_IsDrawnForThem()
    {
        var browser = await (await Make.Tenant()).Admin.Browser();
        Assert.Equal("Customers", Here(await browser.Get("/customers?lang=en")));
        Assert.Equal("مشتریان", Here(await browser.Get("/customers?lang=fa")));
        Assert.Equal("Tasks", Here(await browser.Get("/tasks?lang=en")));
        Assert.Equal("dark", (await browser.Get("/tasks?theme=dark")).Find("[data-theme-switch] [aria-pressed=true]")!.GetAttribute("value"));
        Assert.Equal("light", (await browser.Get("/tasks?theme=light")).Find("[data-theme-switch] [aria-pressed=true]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task AboveTheCustomers_OtherRightsOrColumns_IsDrawnForThem()
    {
        var tenant = await Make.Tenant();
        await Make.Customer(tenant);
        var (admin, viewer) = (await tenant.Admin.Browser(), await (await Make.Member(tenant, Role.Viewer)).Browser());
        for (var i = 0; i < 2; i++)
        {
            Assert.Contains("/customers/new", (await admin.Get("/customers")).Find(".crm-page-head")!.OuterHtml, StringComparison.Ordinal);
            Assert.DoesNotContain("/customers/new", (await viewer.Get("/customers")).Find(".crm-page-head")!.OuterHtml, StringComparison.Ordinal);
        }

        await admin.Get("/customers?columns=name&columns=city");
        var chosen = (await admin.Get("/customers")).Html.QuerySelectorAll("#columns input[type=checkbox][checked]").Select(box => box.GetAttribute("value"));
        Assert.Equal(["city"], chosen);
    }

    private static string Links(Page page) => page.Find(".crm-nav")!.OuterHtml;

    private static string Here(Page page) => page.Find(".crm-nav [aria-current=page]")!.TextContent.Trim();
}
