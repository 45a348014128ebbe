using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Orders;

public sealed class OrderTests
{
    [Fact]
    public async Task Edit_Viewer_IsForbidden()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Order(tenant, await Make.Customer(tenant));
        var viewer = await (await Make.Member(tenant, Role.Viewer)).Browser();
        foreach (var path in new[] { "/orders", $"/orders/{id}" }) Assert.Equal(HttpStatusCode.OK, (await viewer.Get(path)).Status);
        foreach (var path in new[] { "/orders/new", $"/orders/{id}/edit", $"/orders/{id}/return", "/orders.csv" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get(path)).Status);
        foreach (var act in new[] { "edit", "pay", "unpay", "return", "keep", "delete", "restore" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post($"/orders/{id}/{act}")).Status);
    }

    [Fact]
    public async Task Show_ForeignOrUnseen_IsMissing()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Order(other, await Make.Customer(other));
        var unseen = await Make.Order(tenant, await Make.Customer(tenant, with: c => c with { OwnerId = tenant.Admin.Id }));
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        foreach (var (visitor, id) in new[] { (await tenant.Admin.Browser(), foreign), (sales, unseen) })
        {
            foreach (var path in new[] { "", "/edit", "/return" }) Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/orders/{id}{path}")).Status);
            foreach (var act in new[] { "edit", "pay", "unpay", "return", "keep", "delete", "restore" }) Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"/orders/{id}/{act}", new { Note = "x" })).Status);
        }

        Assert.DoesNotContain("/orders/" + unseen, (await sales.Get("/orders")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_PlacedPaidReturnedKeptDeletedAndBack_FactsFollow()
    {
        var tenant = await Make.Tenant();
        var (admin, customer) = (await tenant.Admin.Browser(), await Make.Customer(tenant));
        var product = await Make.Product(tenant);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/orders/new?customerId={customer}")).Status);
        var placed = await admin.Post("/orders/new", Form(customer, product, "2", ""));
        Assert.Equal(HttpStatusCode.Redirect, placed.Status);
        var order = await tenant.Use(db => db.Orders.Include(o => o.Lines).SingleAsync());
        // the price and the cost of the product, where nothing is said
        Assert.Equal((20_00L, 12_00L, 6_00L), (order.Total, order.Cost, order.Lines[0].UnitCost));
        Task<long> Spent() => tenant.Use(db => db.Customers.Select(c => c.TotalSpent).SingleAsync());
        Assert.Equal(20_00, await Spent());
        await admin.Post($"/orders/{order.Id}/pay");
        var reason = await Make.Reason(tenant, ReasonFor.Return, "Broken");
        Assert.NotNull((await admin.Post($"/orders/{order.Id}/return", new { Note = "" })).ErrorFor("ReasonId"));
        await admin.Post($"/orders/{order.Id}/return", new { ReasonId = reason, Note = "in the box" });
        Assert.Equal(0, await Spent());
        Assert.Contains("Broken", (await admin.Get($"/orders/{order.Id}")).Text, StringComparison.Ordinal);
        await admin.Post($"/orders/{order.Id}/keep");
        Assert.Equal(OrderState.Paid, (await tenant.Use(db => db.Orders.SingleAsync())).State);
        await admin.Post($"/orders/{order.Id}/delete");
        Assert.Equal(0, await Spent());
        Assert.Contains("/recycle-bin/restore", (await admin.Get("/recycle-bin?kind=order")).Body, StringComparison.Ordinal);
        await admin.Post($"/orders/{order.Id}/restore");
        Assert.Equal(20_00, await Spent());
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task List_CustomerArchived_ShowsAllOrdersOfTheOthers_AndCountsThem()
    {
        const int many = 60;
        var tenant = await Make.Tenant();
        var (admin, api) = (await tenant.Admin.Browser(), await Make.Program(tenant.Admin));
        var product = await Make.Product(tenant);
        var orders = new List<long>();
        for (var i = 0; i < many; i++)
        {
            var customer = await Make.Customer(tenant);
            orders.Add(await Make.Order(tenant, customer, at: tenant.Host.Clock.Now.AddHours(-i), with: d => d with { Lines = [d.Lines[0] with { ProductId = product }] }));
        }

        await tenant.Use(async db =>
        {
            (await db.Customers.OrderBy(c => c.Id).Skip(10).FirstAsync()).Archive(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var others = orders.Where((_, i) => i != 10).ToList();
        var first = await admin.Get("/orders");
        var second = await admin.Get($"/orders?after={others[49]}");
        Assert.Equal(others, others.Where((id, i) => (i < 50 ? first : second).Find($"a[href$='/orders/{id}']") is not null));
        Assert.Null(second.Find("a[href*='/orders?'][href*='after=']"));
        Assert.Contains("59", first.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/orders/{orders[10]}")).Status);
        (await api.Get($"/orders/{orders[10]}")).AssertProblem(HttpStatusCode.NotFound);
        var listed = (await api.Get("/orders?limit=200")).Assert200().Json["items"]!.AsArray().Select(row => row!["id"]!.GetValue<long>());
        Assert.Equal(others, listed);
        var sold = await admin.Get($"/products/{product}");
        Assert.Equal(others.Take(10), others.Take(10).Where(id => sold.Find($"a[href$='/orders/{id}']") is not null));
    }

    [Fact]
    public async Task Form_AddAndRemoveLines_KeepsWhatWasTyped_AndSavesNothing()
    {
        var tenant = await Make.Tenant();
        var (admin, customer) = (await tenant.Admin.Browser(), await Make.Customer(tenant));
        var form = Form(customer, null, "2", "3.50");
        form["Lines[0].Description"] = "Cup";
        form["add"] = "true";
        var more = await admin.Post("/orders/new", form);
        Assert.Equal((HttpStatusCode.OK, "Cup", ""), (more.Status, more.Value("Lines[0].Description"), more.Value("Lines[1].Description")));
        form.Remove("add");
        form["Lines[1].Description"] = "Pot";
        form["remove"] = "0";
        var less = await admin.Post("/orders/new", form);
        Assert.Equal("Pot", less.Value("Lines[0].Description"));
        Assert.Null(less.Find("[name='Lines[1].Description']"));
        Assert.Equal(0, await tenant.Use(db => db.Orders.CountAsync()));
    }

    [Theory]
    [InlineData("Lines[0].Quantity", "-1", "Lines_0__Quantity")]
    [InlineData("Lines[0].Quantity", "1.5", "Lines_0__Quantity")]
    [InlineData("Lines[0].UnitPrice", "-2", "Lines_0__UnitPrice")]
    [InlineData("Lines[0].UnitPrice", "1.234", "Lines_0__UnitPrice")]
    [InlineData("Currency", "USD", "Currency")]
    [InlineData("Currency", "Q", "Currency")]
    [InlineData("ExternalId", "taken", "ExternalId")]
    [InlineData("CustomerId", "", "CustomerId")]
    [InlineData("CustomerId", "999999999", "CustomerId")]
    [InlineData("PlacedAt", "", "PlacedAt")]
    public async Task Create_Wrong_SaysItAtTheField_AndWritesNothing(string field, string value, string at)
    {
        var tenant = await Make.Tenant();
        var (admin, customer) = (await tenant.Admin.Browser(), await Make.Customer(tenant));
        await Make.Order(tenant, customer, with: d => d with { ExternalId = "taken" });
        var form = Form(customer, await Make.Product(tenant), "2", "3");
        form[field] = value;
        var page = await admin.Post("/orders/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.True(page.Find($"[id='{at}-error']") is not null, page.Text);
        Assert.Equal(1, await tenant.Use(db => db.Orders.CountAsync()));
        Assert.Equal(1, await tenant.Use(db => db.Customers.Select(c => c.OrderCount).SingleAsync()));
    }

    [Fact]
    public async Task Create_SumLargerThanCanBeKept_IsSaidAtTheLines()
    {
        var tenant = await Make.Tenant();
        var (admin, customer) = (await tenant.Admin.Browser(), await Make.Customer(tenant));
        var page = await admin.Post("/orders/new", Form(customer, await Make.Product(tenant), "1000000000", "9000000"));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("The sum is larger than can be kept.", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.Use(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_ShowsBoth()
    {
        var tenant = await Make.Tenant();
        var (admin, customer) = (await tenant.Admin.Browser(), await Make.Customer(tenant));
        var id = await Make.Order(tenant, customer);
        var product = await Make.Product(tenant, "Kettle");
        await admin.Post($"/orders/{id}/edit", Form(customer, product, "2", "3"));
        var page = await admin.Post($"/orders/{id}/edit", Form(customer, product, "5", "3"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("2 × Kettle", page.Text, StringComparison.Ordinal);
        Assert.Equal(6_00, (await tenant.Use(db => db.Orders.SingleAsync())).Total);
    }

    [Fact]
    public async Task Save_ChangedProduct_KeepsTheCostOfTheDayItWasSold()
    {
        var tenant = await Make.Tenant();
        var (admin, customer) = (await tenant.Admin.Browser(), await Make.Customer(tenant));
        var product = await Make.Product(tenant);
        await admin.Post("/orders/new", Form(customer, product, "2", "10"));
        await tenant.Use(async db =>
        {
            var row = await db.Products.SingleAsync();
            row.Change(row.Details with { UnitCost = 9_00 });
            return await db.SaveChangesAsync();
        });
        var id = await tenant.Use(db => db.Orders.Select(o => o.Id).SingleAsync());
        await admin.Post($"/orders/{id}/edit", Form(customer, product, "3", "10"));
        Assert.Equal((30_00L, 18_00L), (await tenant.Use(db => db.Orders.SingleAsync())) is var order ? (order.Total, order.Cost!.Value) : default);
    }

    [Fact]
    public async Task List_FiltersAndPages_WithFewCommands()
    {
        var tenant = await Make.Tenant();
        var (ann, ben) = (await Make.Customer(tenant, "Ann Äpfel"), await Make.Customer(tenant, "Ben"));
        var product = await Make.Product(tenant);
        var day = new DateTime(2024, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < 55; i++) await Make.Order(tenant, ann, (i + 1) * 100, day.AddDays(i));
        await Make.Order(tenant, ben, 7_00, day, d => d with { Channel = SalesChannel.Web, Lines = [new OrderLineDetails { ProductId = product, Quantity = 1, UnitPrice = 7_00 }] });
        var admin = await tenant.Admin.Browser();
        async Task<int> Count(string query) => (await admin.Get("/orders?" + query)).Texts(".crm-row-link").Count();
        Assert.Equal(50, await Count(""));
        Assert.Equal(1, await Count("q=ben"));
        Assert.Equal(50, await Count("q=äpfel"));
        Assert.Equal(1, await Count($"customer={ben}"));
        Assert.Equal(1, await Count("channel=web"));
        Assert.Equal(1, await Count($"product={product}"));
        Assert.Equal(2, await Count("placed=2024-01-01&placed.op=on"));
        Assert.Equal(2, await Count("placed=2024-01-02&placed=2024-01-03&placed.op=between"));
        Assert.Equal(2, await Count("total=54&total.op=at-least"));
        Assert.Equal(0, await Count("state=returned"));
        Assert.Equal(0, await Count("currency=USD"));
        var first = await admin.Get("/orders?sort=-total");
        var next = first.Html.QuerySelectorAll("a[href*='after=']").First().GetAttribute("href")!;
        Assert.Equal(6, (await admin.Get(next[next.IndexOf("/orders", StringComparison.Ordinal)..])).Texts(".crm-row-link").Count());
        foreach (var when in new[] { "0001-01-01", "1800-01-01", "2200-12-31", "9999-12-31", "999999999" })
            foreach (var op in new[] { "on", "after", "before", "between", "last-days", "next-days" })
                Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/orders?placed={when}&placed={when}&placed.op={op}&total={when}")).Status);
        Assert.Equal(57, (await admin.Get("/orders.csv")).Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static Dictionary<string, string> Form(long customer, long? product, string quantity, string price) => new(StringComparer.Ordinal)
    {
        ["CustomerId"] = $"{customer}",
        ["PlacedAt"] = "2026-01-05T10:00",
        ["Channel"] = "Web",
        ["Currency"] = "EUR",
        ["Version"] = "0",
        ["Lines[0].ProductId"] = product?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        ["Lines[0].Quantity"] = quantity,
        ["Lines[0].UnitPrice"] = price,
    };
}
