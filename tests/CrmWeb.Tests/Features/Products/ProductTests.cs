using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Products;

public sealed class ProductTests
{
    [Fact]
    public async Task Edit_Sales_IsForbidden_AndReadsAll()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Product(tenant);
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        foreach (var path in new[] { "/products", $"/products/{id}", "/products/find?q=prod" }) Assert.Equal(HttpStatusCode.OK, (await sales.Get(path)).Status);
        foreach (var path in new[] { "/products/new", $"/products/{id}/edit", "/products.csv" }) Assert.Equal(HttpStatusCode.Forbidden, (await sales.Get(path)).Status);
        foreach (var act in new[] { "edit", "archive", "restore", "activate", "deactivate" }) Assert.Equal(HttpStatusCode.Forbidden, (await sales.Post($"/products/{id}/{act}")).Status);
    }

    [Fact]
    public async Task Product_MadeChangedArchivedAndBack()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var made = await admin.Post("/products/new", Form());
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        var product = await tenant.Use(db => db.Products.SingleAsync());
        Assert.Equal(("K-1", "Kettle", 39_50L, 21_00L, "EUR", true), (product.Code, product.Name, product.UnitPrice, product.UnitCost, product.Currency, product.IsActive));
        Assert.Contains("46.8", (await admin.Get($"/products/{product.Id}")).Text, StringComparison.Ordinal);
        await admin.Post($"/products/{product.Id}/edit", Form(name: "Tea kettle", active: "false"));
        Assert.Equal(("Tea kettle", false), (await tenant.Use(db => db.Products.SingleAsync())) is var changed ? (changed.Name, changed.IsActive) : default);
        await admin.Post($"/products/{product.Id}/archive");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/products/{product.Id}")).Status);
        Assert.Contains("Tea kettle", (await admin.Get("/recycle-bin?kind=product")).Text, StringComparison.Ordinal);
        // an archived product keeps its code
        Assert.NotNull((await admin.Post("/products/new", Form())).ErrorFor("Code"));
        await admin.Post($"/recycle-bin/restore?kind=product&ids={product.Id}");
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/products/{product.Id}")).Status);
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_KeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Product(tenant);
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/products/{id}/edit", Form(name: "Theirs"));
        var page = await admin.Post($"/products/{id}/edit", Form(name: "Mine"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("Mine", page.Value("Name"));
        Assert.Contains("Theirs", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Code", "", "Code")]
    [InlineData("Name", " ", "Name")]
    [InlineData("Currency", "XQQ", "Currency")]
    [InlineData("UnitPrice", "-1", "UnitPrice")]
    [InlineData("UnitPrice", "1.005", "UnitPrice")]
    [InlineData("UnitCost", "dear", "UnitCost")]
    public async Task Create_Wrong_SaysItAtTheField(string field, string value, string at)
    {
        var tenant = await Make.Tenant();
        var form = Form();
        form[field] = value;
        var page = await (await tenant.Admin.Browser()).Post("/products/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(at));
        Assert.Equal(0, await tenant.Use(db => db.Products.CountAsync()));
    }

    [Fact]
    public async Task List_FiltersSortsAndPages()
    {
        var tenant = await Make.Tenant();
        for (var i = 0; i < 60; i++) await Make.Product(tenant, $"Thing {i:00}", d => d with { UnitPrice = i * 100, Category = i % 2 == 0 ? "Even" : "Odd" });
        await Make.Product(tenant, "Yen thing", d => d with { UnitPrice = 59, Currency = "JPY", Category = "Odd" });
        var admin = await tenant.Admin.Browser();
        // 59 yen are 59, as 59 euros are
        Assert.Equal(["Thing 58", "Thing 59", "Yen thing"], (await admin.Get("/products?sort=-price&price=58&price.op=at-least")).Texts(".crm-row-link").Order(StringComparer.Ordinal));
        Assert.Single((await admin.Get("/products?q=thing+07")).Texts(".crm-row-link"));
        Assert.Equal(30, (await admin.Get("/products?category=even")).Texts(".crm-row-link").Count());
        var first = await admin.Get("/products?sort=price&currency=EUR");
        Assert.Equal("Thing 00", first.Texts(".crm-row-link").First());
        var next = first.Html.QuerySelectorAll("a[href*='after=']").First().GetAttribute("href")!;
        var second = await admin.Get(next[next.IndexOf("/products", StringComparison.Ordinal)..]);
        Assert.Equal("Thing 50", second.Texts(".crm-row-link").First());
        Assert.Contains("Thing 07", (await admin.Get("/products.csv")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_Product_IsMadePatchedReplacedAndDeleted()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var made = (await api.Post("/products", new { code = "K-1", name = "Kettle", unitPrice = 39.5 })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(("EUR", 39.5m, true), (made.Json["currency"]!.GetValue<string>(), made.Json["unitPrice"]!.GetValue<decimal>(), made.Json["active"]!.GetValue<bool>()));
        (await api.Patch($"/products/{made.Id}", new { unitCost = 20, active = false }, ("If-Match", made.ETag!))).Assert200();
        (await api.Patch($"/products/{made.Id}", new { name = "Late" }, ("If-Match", made.ETag!))).AssertProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal(made.Id, (await api.Get("/products?active=false&limit=1")).Assert200().Json["items"]![0]!["id"]!.GetValue<long>());
        Assert.Null((await api.Put($"/products/{made.Id}", new { code = "K-1", name = "Kettle" })).Assert200().Json["unitPrice"]);
        Assert.NotEmpty((await api.Post("/products", new { code = "k-1", name = "Other" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("code"));
        Assert.NotEmpty((await api.Post("/products", new { code = "x", name = "x", unitPrice = 1.005 })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("unitPrice"));
        Assert.NotEmpty((await api.Get("/products?colour=red")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("colour"));
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/products/{made.Id}")).Status);
        (await api.Get($"/products/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
    }

    private static Dictionary<string, string> Form(string name = "Kettle", string active = "true") => new(StringComparer.Ordinal)
    {
        ["Code"] = "K-1",
        ["Name"] = name,
        ["Category"] = "Kitchen",
        ["UnitPrice"] = "39.50",
        ["UnitCost"] = "21",
        ["Currency"] = "EUR",
        ["IsActive"] = active,
        ["Version"] = "0",
    };
}
