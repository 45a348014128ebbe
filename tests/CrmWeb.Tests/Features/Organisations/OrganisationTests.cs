using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Organisations;

public class OrganisationTests
{
    private static readonly object Valid = new { Name = "New name", TimeZone = "Asia/Tehran", Language = "fa", Country = "IR", Currency = "IRR", Version = 0 };

    [Theory]
    [InlineData("/settings/organisation")]
    [InlineData("/settings/organisation/visibility")]
    [InlineData("/settings/organisation/cadence")]
    public async Task AnyPage_NotAdmin_IsForbidden(string path)
    {
        var acme = await Make.Tenant();
        var manager = await (await Make.Member(acme, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Post(path, Valid)).Status);
    }

    [Fact]
    public async Task Save_Valid_ChangesTheTenantAndShowsItAgain()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/organisation", Valid)).Status);
        var tenant = await Read(acme);
        Assert.Equal(("New name", "Asia/Tehran", "fa", "IR", "IRR"), (tenant.Name, tenant.TimeZone, tenant.Language, tenant.Country, tenant.Currency));
        var page = await admin.Get("/settings/organisation");
        Assert.Equal(("Asia/Tehran", "IRR", "1"), (page.Value("TimeZone"), page.Value("Currency"), page.Value("Version")));
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("TimeZone", "Mars/Olympus")]
    [InlineData("Language", "xx")]
    [InlineData("Country", "Atlantis")]
    [InlineData("Currency", "GOLD")]
    public async Task Save_Invalid_ShowsErrorAndKeepsWhatWasTyped(string field, string value)
    {
        var acme = await Make.Tenant();
        var form = Valid.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(Valid)!.ToString()!, StringComparer.Ordinal);
        form[field] = value;
        var page = await (await acme.Admin.Browser()).Post("/settings/organisation", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(field));
        if (field != "Name") Assert.Equal("New name", page.Value("Name"));
        Assert.Equal("UTC", (await Read(acme)).TimeZone);
    }

    [Fact]
    public async Task Save_OldVersion_ShowsBothAndLosesNothing()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/organisation", Valid);
        var page = await admin.Post("/settings/organisation", new { Name = "Mine", TimeZone = "UTC", Language = "en", Country = "", Currency = "EUR", Version = 0 });
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("New name", page.Text, StringComparison.Ordinal);
        Assert.Equal("Mine", page.Value("Name"));
        Assert.Equal("New name", (await Read(acme)).Name);
    }

    [Fact]
    public async Task T11_Save_FieldsThatAreNotOfTheForm_AreNotBound()
    {
        var acme = await Make.Tenant();
        await (await acme.Admin.Browser()).Post("/settings/organisation", new
        {
            Name = "N",
            TimeZone = "UTC",
            Language = "en",
            Currency = "EUR",
            Version = 0,
            Slug = "stolen",
            Id = 1,
            TenantId = 1,
            CreatedAt = "2000-01-01",
        });
        var tenant = await Read(acme);
        Assert.Equal(("N", acme.Slug), (tenant.Name, tenant.Slug));
        Assert.NotEqual(2000, tenant.CreatedAt.Year);
    }

    [Fact]
    public async Task Visibility_ShowsTheEffectAndHoldsWithTheNextRequest()
    {
        var acme = await Make.Tenant();
        var sales = await Make.Member(acme, Role.Sales);
        var team = await Make.Team(acme, null, sales);
        await Make.Customer(acme, "Own", d => d with { OwnerId = sales.Id });
        await Make.Customer(acme, "Team's", d => d with { TeamId = team });
        await Make.Customer(acme, "Nobody's");
        var (admin, browser) = (await acme.Admin.Browser(), await sales.Browser());

        var page = await admin.Get("/settings/organisation/visibility");
        Assert.Contains("Sees 2 of 3 customers now.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Their own (1)", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nobody's", (await browser.Get("/customers")).Text, StringComparison.Ordinal);

        await admin.Post("/settings/organisation/visibility", Sees("All"));
        Assert.Contains("Nobody's", (await browser.Get("/customers")).Text, StringComparison.Ordinal);
        await admin.Post("/settings/organisation/visibility", Sees("Own"));
        Assert.DoesNotContain("Team's", (await browser.Get("/customers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visibility_Invalid_ChangesNothing()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post("/settings/organisation/visibility", Sees("9"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post("/settings/organisation/visibility")).Status);
        Assert.Equal(0, await acme.Use(db => db.RoleVisibilities.CountAsync()));
    }

    [Fact]
    public async Task T11_Visibility_OfTheAdmin_CannotBeSet()
    {
        var acme = await Make.Tenant();
        await (await acme.Admin.Browser()).Post("/settings/organisation/visibility", new { Admin = "Own", Manager = "All", Marketer = "All", Sales = "Own", Service = "All", Viewer = "All" });
        Assert.Equal(Role.Sales, Assert.Single(await acme.Use(db => db.RoleVisibilities.Select(r => r.Role).ToListAsync())));
    }

    [Fact]
    public async Task Cadence_Valid_IsSavedAndEmptiedAgain()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        await admin.Post("/settings/organisation/cadence", new { Lead = 14, Customer = 60, Loyal = "" });
        Assert.Equal([(LifecycleStage.Lead, 14), (LifecycleStage.Customer, 60)], await Cadences(acme));
        Assert.Equal("60", (await admin.Get("/settings/organisation/cadence")).Value("Customer"));

        await admin.Post("/settings/organisation/cadence", new { Lead = "", Customer = 30 });
        Assert.Equal([(LifecycleStage.Customer, 30)], await Cadences(acme));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("3651")]
    [InlineData("soon")]
    public async Task Cadence_Invalid_ShowsError(string days)
    {
        var acme = await Make.Tenant();
        var page = await (await acme.Admin.Browser()).Post("/settings/organisation/cadence", new { Lead = days, Prospect = 10 });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor("Lead"));
        Assert.Equal("10", page.Value("Prospect"));
        Assert.Empty(await Cadences(acme));
    }

    private static object Sees(string sales) => new { Manager = "All", Marketer = "All", Sales = sales, Service = "All", Viewer = "All" };

    private static Task<Tenant> Read(TestTenant acme) => acme.Use(db => db.Tenants.SingleAsync(t => t.Id == acme.Id));

    private static async Task<List<(LifecycleStage, int)>> Cadences(TestTenant acme) =>
        [.. (await acme.Use(db => db.ContactCadences.OrderBy(c => c.Stage).ToListAsync())).Select(c => (c.Stage, c.Days))];

    [Fact]
    public async Task Save_CurrencyWhileMoneyIsKeptInIt_IsRefusedAtTheField()
    {
        var acme = await Make.Tenant();
        await Make.Order(acme, await Make.Customer(acme));
        var page = await (await acme.Admin.Browser()).Post("/settings/organisation", new { Name = "Mine", TimeZone = "UTC", Language = "en", Country = "", Currency = "USD", Version = 0 });
        Assert.Contains("can be changed only while there are none", page.ErrorFor("Currency"), StringComparison.Ordinal);
        Assert.Equal("EUR", await acme.Use(db => db.Tenants.Where(t => t.Slug == acme.Slug).Select(t => t.Currency).SingleAsync()));
    }
}
