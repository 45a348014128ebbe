using System.Net;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Products.Dream;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Products;

public sealed class DreamSectorTests
{
    [Fact]
    public async Task Criteria_Sales_IsForbidden_AndReadsTheMoves()
    {
        var tenant = await Make.Tenant();
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        Assert.Equal(HttpStatusCode.OK, (await sales.Get("/products/dream-sector")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.Get("/products/dream-sector/criteria")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.Post("/products/dream-sector/criteria", Form(0))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.Get("/products/dream-sector.csv")).Status);
        // proposed, and nothing more
        Assert.Contains("This is a proposal", (await (await tenant.Admin.Browser()).Get("/products/dream-sector/criteria")).Text, StringComparison.Ordinal);
        Assert.Null(await tenant.Use(db => db.Tenants.Where(t => t.Id == tenant.Id).Select(t => t.DreamSector).SingleAsync()));
    }

    [Theory]
    [InlineData("Enter", "0", "Enter")]
    [InlineData("Enter", "", "Enter")]
    [InlineData("Leave", "61", "Leave")]
    [InlineData("Rows[0].Weight", "101", "Rows_0__Weight")]
    [InlineData("Rows[0].None", "much", "Rows_0__None")]
    [InlineData("Rows[0].Full", "0", "Rows_0__Full")]
    [InlineData("Rows[0].Full", "1.00001", "Rows_0__Full")]
    public async Task Save_Wrong_SaysItAtTheField(string field, string value, string at)
    {
        var tenant = await Make.Tenant();
        var form = Form(await Version(tenant));
        form[field] = value;
        var page = await (await tenant.Admin.Browser()).Post("/products/dream-sector/criteria", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(at));
        Assert.Null(await tenant.Use(db => db.Tenants.Where(t => t.Id == tenant.Id).Select(t => t.DreamSector).SingleAsync()));
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_KeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var (admin, version) = (await tenant.Admin.Browser(), await Version(tenant));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/products/dream-sector/criteria", Form(version))).Status);
        var mine = Form(version);
        mine["Enter"] = "77";
        var page = await admin.Post("/products/dream-sector/criteria", mine);
        Assert.Equal((HttpStatusCode.Conflict, "77"), (page.Status, page.Value("Enter")));
        mine["Version"] = page.Value("Version")!;
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/products/dream-sector/criteria", mine)).Status);
        Assert.Contains("Dream sector", (await admin.Get("/settings/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Night_ProductsEnterAndLeave_OnceEach_WithReasons()
    {
        await using var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        var (good, poor) = (await Make.Product(tenant, "Good"), await Make.Product(tenant, "Poor"));
        await Sell(tenant, await Make.Customer(tenant), (good, 10, 1_00), (poor, 10, 9_50));
        var admin = await tenant.Admin.Browser();
        var form = Form(await Version(tenant));
        // looked at before it is saved
        form["act"] = "preview";
        var preview = await admin.Post("/products/dream-sector/criteria", form);
        Assert.Contains("Would enter: 1 Good", preview.Text, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.Use(db => db.ProductStandings.CountAsync()));
        form.Remove("act");
        await admin.Post("/products/dream-sector/criteria", form);
        await Run(tenant);
        await Judge(tenant);
        var standings = await tenant.Use(db => db.ProductStandings.ToDictionaryAsync(s => s.ProductId));
        Assert.Equal((true, 1000, false, 100), (standings[good].IsIn, standings[good].Score, standings[poor].IsIn, standings[poor].Score));
        Assert.Equal("Margin*1=90:1", standings[good].Reasons);
        Assert.Equal((good, true), Assert.Single(await tenant.Use(db => db.ProductMoves.Select(m => new { m.ProductId, m.Entered }).ToListAsync())) is var move ? (move.ProductId, move.Entered) : default);
        Assert.Equal(["Good"], (await admin.Get("/products?dream=true")).Texts(".crm-row-link"));
        Assert.Contains("Entered", (await admin.Get("/products/dream-sector")).Text, StringComparison.Ordinal);
        Assert.Contains("Good,", (await admin.Get("/products/dream-sector.csv")).Body, StringComparison.Ordinal);
        Assert.Contains("1.0 of 1 points", (await admin.Get($"/products/{good}")).Text, StringComparison.Ordinal);
        // between the two scores it stays; below them it goes
        await Sell(tenant, await Make.Customer(tenant), (good, 10, 9_00));
        host.Clock.Now = host.Clock.Now.AddDays(1);
        await Judge(tenant);
        Assert.True(await tenant.Use(db => db.ProductStandings.AnyAsync(s => s.ProductId == good && s.IsIn && s.Score == 1000)));
        await Sell(tenant, await Make.Customer(tenant), (good, 100, 9_90));
        host.Clock.Now = host.Clock.Now.AddDays(1);
        await Judge(tenant);
        Assert.False(await tenant.Use(db => db.ProductStandings.Where(s => s.ProductId == good).Select(s => s.IsIn).SingleAsync()));
        Assert.Equal(2, await tenant.Use(db => db.ProductMoves.CountAsync(m => m.ProductId == good)));
        // switched off, nobody is judged
        form = Form(await Version(tenant));
        form["IsOn"] = "false";
        await admin.Post("/products/dream-sector/criteria", form);
        await Run(tenant);
        Assert.Equal(0, await tenant.Use(db => db.ProductStandings.CountAsync()));
    }

    [Fact]
    public async Task Show_WhoSeesNotAll_ReadsNoSums()
    {
        var tenant = await Make.Tenant();
        var product = await Make.Product(tenant, "Good");
        await Sell(tenant, await Make.Customer(tenant), (product, 10, 1_23));
        await tenant.Use(async db =>
        {
            (await db.Tenants.SingleAsync(t => t.Id == tenant.Id)).HoldDreamSector("50/40; Margin*1@0..50");
            return await db.SaveChangesAsync();
        });
        await Judge(tenant);
        var (admin, sales) = (await tenant.Admin.Browser(), await (await Make.Member(tenant, Role.Sales)).Browser());
        foreach (var path in new[] { $"/products/{product}", "/products/dream-sector" })
        {
            Assert.Contains("87.7%", (await admin.Get(path)).Text, StringComparison.Ordinal);
            Assert.DoesNotContain("87.7%", (await sales.Get(path)).Text, StringComparison.Ordinal);
            Assert.Contains("Dream sector", (await sales.Get(path)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Criteria_WhoSeesNotAll_IsMissing()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, Visibility.Team));
            return await db.SaveChangesAsync();
        });
        var manager = await (await Make.Member(tenant, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Get("/products/dream-sector/criteria")).Status);
        // which products would enter tells what they brought
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Post("/products/dream-sector/criteria", new { act = "preview" })).Status);
        Assert.DoesNotContain("/criteria", (await manager.Get("/products/dream-sector")).Body, StringComparison.Ordinal);
    }

    private static async Task Sell(TestTenant tenant, long customer, params (long Product, int Quantity, long Cost)[] lines) =>
        await Make.Order(tenant, customer, at: tenant.Host.Clock.Now.AddDays(-1), with: d => d with { Lines = [.. lines.Select(line => new OrderLineDetails { ProductId = line.Product, Quantity = line.Quantity, UnitPrice = 10_00, UnitCost = line.Cost })] });

    private static async Task Judge(TestTenant tenant)
    {
        await tenant.Use(async db =>
        {
            db.Jobs.Add(new Job(ProductJob.JobKind, "", tenant.Admin.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        await Run(tenant);
    }

    private static async Task Run(TestTenant tenant)
    {
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Empty(await tenant.Use(db => db.Jobs.Where(j => j.Kind == ProductJob.JobKind && j.State != JobState.Done).Select(j => j.Note).ToListAsync()));
    }

    private static Task<int> Version(TestTenant tenant) => tenant.Use(db => db.Tenants.Where(t => t.Id == tenant.Id).Select(t => t.Version).SingleAsync());

    private static Dictionary<string, string> Form(int version) => new(StringComparer.Ordinal)
    {
        ["IsOn"] = "true",
        ["Enter"] = "60",
        ["Leave"] = "40",
        ["Rows[0].Measure"] = "Margin",
        ["Rows[0].Weight"] = "1",
        ["Rows[0].None"] = "0",
        ["Rows[0].Full"] = "50",
        ["Version"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
