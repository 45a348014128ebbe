using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Orders;

public sealed class OrdersApiTests
{
    [Fact]
    public async Task Order_IsPlacedPaidReturnedAndDeleted()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var (customer, product) = (await Make.Customer(acme), await Make.Product(acme));
        var made = (await api.Post("/orders", new { customerId = customer, placedAt = "2026-01-05T10:00:00Z", channel = "web", externalId = "S-1", lines = new object[] { new { productId = product, quantity = 2 }, new { description = "Wrapping", quantity = 1, unitPrice = 1.5 } } })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal((21.5m, "placed", "2026-01-05T10:00:00Z", 2), (made.Json["total"]!.GetValue<decimal>(), made.Json["state"]!.GetValue<string>(), made.Json["placedAt"]!.GetValue<string>(), made.Json["lines"]!.AsArray().Count));
        var paid = (await api.Patch($"/orders/{made.Id}", new { state = "paid" }, ("If-Match", made.ETag!))).Assert200();
        Assert.Equal(("paid", 21.5m), (paid.Json["state"]!.GetValue<string>(), paid.Json["total"]!.GetValue<decimal>()));
        (await api.Patch($"/orders/{made.Id}", new { note = "x" }, ("If-Match", made.ETag!))).AssertProblem(HttpStatusCode.PreconditionFailed);
        Assert.NotEmpty((await api.Patch($"/orders/{made.Id}", new { state = "returned" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("reasonId"));
        var reason = await Make.Reason(acme, ReasonFor.Return);
        Assert.Equal(reason, (await api.Patch($"/orders/{made.Id}", new { state = "returned", reasonId = reason })).Assert200().Json["reasonId"]!.GetValue<long>());
        Assert.Equal(0, await acme.Use(db => db.Customers.Select(c => c.OrderCount).SingleAsync()));
        Assert.Single((await api.Get($"/orders?customer={customer}&state=returned")).Assert200().Json["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/orders/{made.Id}")).Status);
        (await api.Get($"/orders/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Order_Wrong_NamesTheFields()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        await Make.Order(acme, customer, with: d => d with { ExternalId = "taken" });
        object[] lines = [new { description = "Cup", quantity = 1, unitPrice = 2 }];
        async Task<IReadOnlyList<string>> Wrong(object body, string field) => (await api.Post("/orders", body)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field);
        Assert.NotEmpty(await Wrong(new { customerId = customer, lines = new object[] { new { description = "Cup", quantity = -1, unitPrice = 2 } } }, "lines[0].quantity"));
        Assert.NotEmpty(await Wrong(new { customerId = customer, lines = new object[] { new { description = "Cup", quantity = 1.5, unitPrice = 2 } } }, "lines[0].quantity"));
        Assert.NotEmpty(await Wrong(new { customerId = customer, lines = Array.Empty<object>() }, "lines"));
        Assert.NotEmpty(await Wrong(new { customerId = customer, currency = "USD", lines }, "currency"));
        Assert.NotEmpty(await Wrong(new { customerId = customer, externalId = "taken", lines }, "externalId"));
        Assert.NotEmpty(await Wrong(new { customerId = 999_999_999, lines }, "customerId"));
        Assert.NotEmpty(await Wrong(new { lines }, "customerId"));
        Assert.Equal(1, await acme.Use(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task Order_SumLargerThanCanBeKept_IsRefusedAtItsLines()
    {
        var acme = await Make.Tenant();
        await Make.Rate(acme, "USD", new DateOnly(2020, 1, 1), 100_000_000m);
        await Make.Rate(acme, "GBP", new DateOnly(2020, 1, 1), 0.0000000001m);
        var api = await Make.Program(acme.Admin);
        var (customer, dear) = (await Make.Customer(acme), await Make.Product(acme, with: p => p with { UnitCost = 1_000_000_000_000, Currency = "USD" }));
        object Order(string id, long quantity, decimal price, string currency, long? product = null) =>
            new { externalId = id, customerId = customer, currency, lines = new object[] { new { productId = product, description = "Cup", quantity, unitPrice = price } } };
        object[] wrong = [Order("a", 1_000_000_000, 9_000_000, "EUR"), Order("b", 1, 20_000, "USD"), Order("c", 1, 1, "GBP", dear), Order("d", 1_000_000_000, 1_000_000_000, "EUR")];
        foreach (var one in wrong) Assert.NotEmpty((await api.Post("/orders", one)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("lines"));
        var batch = (await api.Post("/orders/batch", new { items = wrong.Append(Order("e", 1_000, 1_000_000_000, "EUR")) })).Assert200().Json["items"]!.AsArray();
        Assert.Equal(["refused", "refused", "refused", "refused", "created"], batch.Select(row => row!["outcome"]!.GetValue<string>()));
        Assert.All(batch.Take(4), row => Assert.NotNull(row!["errors"]!["lines"]));
    }

    [Fact]
    public async Task Batch_MakesChangesAndRefusesEachRowByItself()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        object Row(string id, decimal quantity, decimal price = 2, string currency = "EUR") => new { externalId = id, customerId = customer, currency, placedAt = "2026-01-05T10:00:00Z", lines = new object[] { new { description = "Cup", quantity, unitPrice = price } } };
        var first = (await api.Post("/orders/batch", new { items = new[] { Row("a", 1), Row("b", -1), Row("a", 1), Row("c", 1, currency: "USD"), new { quantity = 1 }, Row("d", 3) } })).Assert200().Json;
        Assert.Equal(["created", "refused", "refused", "refused", "refused", "created"], first["items"]!.AsArray().Select(row => row!["outcome"]!.GetValue<string>()));
        Assert.NotNull(first["items"]![1]!["errors"]!["lines[0].quantity"]);
        Assert.NotNull(first["items"]![2]!["errors"]!["externalId"]);
        Assert.NotNull(first["items"]![3]!["errors"]!["currency"]);
        var second = (await api.Post("/orders/batch", new { items = new object[] { Row("a", 1), Row("d", 4), new { externalId = "d2", customerId = 999_999_999, lines = new[] { new { description = "x", quantity = 1, unitPrice = 1 } } } } })).Assert200().Json;
        Assert.Equal(["same", "changed", "refused"], second["items"]!.AsArray().Select(row => row!["outcome"]!.GetValue<string>()));
        // of an order that is there only what the row names is changed
        var third = (await api.Post("/orders/batch", new { items = new object[] { new { externalId = "a", state = "paid" } } })).Assert200().Json;
        Assert.Equal(1, third["changed"]!.GetValue<int>());
        Assert.Equal((2, 2_00L + 8_00L), await acme.Use(db => db.Customers.SingleAsync()) is var buyer ? (buyer.OrderCount, buyer.TotalSpent) : default);
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
        Assert.Equal(2, await acme.Use(db => db.Changes.CountAsync(x => x.Record == RecordKind.Order && x.Act == Act.Created)));
    }

    [Fact]
    public async Task Create_OneOrder_TakesFewCommands()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin, node: host);
        var order = new JsonObject { ["customerId"] = await Make.Customer(acme), ["lines"] = new JsonArray(new JsonObject { ["description"] = "Cup", ["quantity"] = 1, ["unitPrice"] = 2 }) }.ToJsonString();
        await api.Post("/orders", order);
        ApiAnswer answer = null!;
        // who asks, the customer, the order with its line and event, and what follows from them
        var commands = await sql.OfAll(async () => answer = await api.Post("/orders", order));
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.InRange(commands, 1, 6);
    }

    [Fact]
    public async Task Batch_AThousandRows_TakesFewCommands()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin, node: host);
        var customer = await Make.Customer(acme);
        var items = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => (JsonNode)new JsonObject { ["externalId"] = $"o{i}", ["customerId"] = customer, ["lines"] = new JsonArray(new JsonObject { ["description"] = "Cup", ["quantity"] = 1, ["unitPrice"] = 2 }) })]);
        ApiAnswer answer = null!;
        var commands = await sql.Of(async () => answer = await api.Post("/orders/batch", new JsonObject { ["items"] = items }.ToJsonString()));
        Assert.Equal(1000, answer.Assert200().Json["created"]!.GetValue<int>());
        Assert.True(commands < 40, $"{commands} commands");
        Assert.Equal((1000, 2000_00L), await acme.Use(db => db.Customers.SingleAsync()) is var buyer ? (buyer.OrderCount, buyer.TotalSpent) : default);
    }
}
