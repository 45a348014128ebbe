using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Deals;

public sealed class DealsApiTests
{
    [Fact]
    public async Task Deal_MadeMovedAndWon_TellsItselfInMajorUnits()
    {
        var tenant = await Make.Tenant();
        var (customer, stages, product, reason) = (await Make.Customer(tenant), await Make.Pipeline(tenant), await Make.Product(tenant), await Make.Reason(tenant, ReasonFor.Won));
        var api = await Make.Program(tenant.Admin);
        var made = (await api.Post("/deals", $$"""{"name":"Beans","customerId":{{customer}},"amount":12.5,"closeOn":"2030-01-01"}""", ("Idempotency-Key", "one"))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal((12.5m, "EUR", "open", stages[0]), (made.Json["amount"]!.GetValue<decimal>(), made.Json["currency"]!.GetValue<string>(), made.Json["state"]!.GetValue<string>(), made.Json["stageId"]!.GetValue<long>()));

        var moved = (await api.Patch($"/deals/{made.Id}", $$"""{"stageId":{{stages[1]}},"lines":[{"productId":{{product}},"quantity":2}]}""", ("If-Match", made.ETag!))).Assert200();
        Assert.Equal((20m, stages[1], 50), (moved.Json["amount"]!.GetValue<decimal>(), moved.Json["stageId"]!.GetValue<long>(), moved.Json["probability"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Patch($"/deals/{made.Id}", """{"name":"x"}""", ("If-Match", made.ETag!))).Status);

        var won = (await api.Post($"/deals/{made.Id}/win", $$"""{"reasonId":{{reason}}}""")).Assert200();
        Assert.Equal(("won", reason), (won.Json["state"]!.GetValue<string>(), won.Json["reasonId"]!.GetValue<long>()));
        Assert.Equal(HttpStatusCode.Conflict, (await api.Post($"/deals/{made.Id}/lose", "{}")).Status);
        Assert.NotEmpty((await api.Patch($"/deals/{made.Id}", $$"""{"stageId":{{stages[0]}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("stageId"));
        (await api.Post($"/deals/{made.Id}/reopen", "{}")).Assert200();
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/deals/{made.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get($"/deals/{made.Id}")).Status);
    }

    [Fact]
    public async Task Deal_Wrong_SaysSoByTheNamesInJson()
    {
        var tenant = await Make.Tenant();
        var (customer, stages) = (await Make.Customer(tenant), await Make.Pipeline(tenant));
        await Make.Reason(tenant, ReasonFor.Lost);
        await tenant.Use(async db =>
        {
            var stage = await db.Stages.SingleAsync(s => s.Id == stages[1]);
            stage.Change(stage.Details with { Needs = DealNeeds.CloseOn });
            return await db.SaveChangesAsync();
        });
        var api = await Make.Program(tenant.Admin);
        var wrong = (await api.Post("/deals", """{"amount":-1}""")).AssertProblem(HttpStatusCode.BadRequest);
        foreach (var field in new[] { "name", "customerId" }) Assert.NotEmpty(wrong.ErrorsOf(field));
        Assert.NotEmpty((await api.Post("/deals", $$"""{"name":"a","customerId":{{customer}},"currency":"XTS"}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("currency"));
        Assert.NotEmpty((await api.Post("/deals", $$"""{"name":"a","customerId":{{customer}},"amount":1000000000001}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("amount"));
        await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 100_000_000m);
        Assert.NotEmpty((await api.Post("/deals", $$"""{"name":"a","customerId":{{customer}},"currency":"USD","amount":20000}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("amount"));
        Assert.NotEmpty((await api.Post("/deals", $$"""{"name":"a","customerId":{{customer}},"amount":1.001}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("amount"));
        Assert.NotEmpty((await api.Post("/deals", $$"""{"name":"a","customerId":{{customer}},"stageId":{{stages[1]}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("closeOn"));
        var id = (await api.Post("/deals", $$"""{"name":"a","customerId":{{customer}}}""")).AssertStatus(HttpStatusCode.Created).Id;
        Assert.NotEmpty((await api.Patch($"/deals/{id}", $$"""{"stageId":{{stages[1]}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("closeOn"));
        Assert.NotEmpty((await api.Patch($"/deals/{id}", $$"""{"customerId":{{await Make.Customer(tenant)}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("customerId"));
        Assert.NotEmpty((await api.Post($"/deals/{id}/lose", "{}")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("reasonId"));
        foreach (var query in new[] { "colour=red", "state=maybe", "sort=colour", "after=nothing", "limit=0" }) (await api.Get("/deals?" + query)).AssertProblem(HttpStatusCode.BadRequest);
        Assert.Equal(stages[0], await tenant.Use(db => db.Deals.Select(d => d.StageId).SingleAsync()));
    }

    /// <summary>T3: an id of another tenant inside a body is refused, and nothing is written.</summary>
    [Fact]
    public async Task T3_ForeignIdsInBodies_AreRefused()
    {
        var (a, b) = (await Make.Tenant(), await Make.Tenant());
        var (customer, stages, product, team, reason) = (await Make.Customer(a), await Make.Pipeline(a), await Make.Product(a), await Make.Team(a), await Make.Reason(a, ReasonFor.Won));
        var (own, ownStages) = (await Make.Customer(b), await Make.Pipeline(b));
        var deal = await Make.Deal(b, own, ownStages[0]);
        var api = await Make.Program(b.Admin);
        var before = (await Authorisation.ForeignIdTests.Hash(a), await b.Use(db => db.Deals.Select(d => d.Version).SingleAsync()));
        foreach (var (field, value) in new[] { ("customerId", $"{customer}"), ("stageId", $"{stages[0]}"), ("ownerId", $"{a.Admin.Id}"), ("teamId", $"{team}"), ("lines", $$"""[{"productId":{{product}}}]""") })
        {
            (await api.Patch($"/deals/{deal}", $$"""{"{{field}}":{{value}}}""")).AssertProblem(HttpStatusCode.BadRequest);
            var body = new JsonObject { ["name"] = "x", ["customerId"] = own };
            body[field] = JsonNode.Parse(value);
            (await api.Post("/deals", body.ToJsonString())).AssertProblem(HttpStatusCode.BadRequest);
        }

        Assert.NotEmpty((await api.Post($"/deals/{deal}/win", $$"""{"reasonId":{{reason}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("reasonId"));
        Assert.Equal(before, (await Authorisation.ForeignIdTests.Hash(a), await b.Use(db => db.Deals.Select(d => d.Version).SingleAsync())));
    }

    [Fact]
    public async Task List_AndStages_ByPage()
    {
        var tenant = await Make.Tenant();
        var (customer, stages) = (await Make.Customer(tenant), await Make.Pipeline(tenant, "Trade"));
        for (var i = 0; i < 5; i++) await Make.Deal(tenant, customer, stages[i % 2], d => d with { CloseOn = i == 2 ? null : new DateOnly(2030, 1, 1 + i) });
        var api = await Make.Program(tenant.Admin);
        var (seen, next) = (new List<long>(), "");
        while (true)
        {
            var page = (await api.Get($"/deals?limit=2{next}")).Assert200().Json;
            seen.AddRange(page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<long>()));
            if (page["next"] is not { } after) break;
            next = $"&after={after.GetValue<string>()}";
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(2, (await api.Get($"/deals?stage={stages[1]}")).Json["items"]!.AsArray().Count);
        var stage = (await api.Get("/stages")).Assert200().Json["items"]![1]!;
        Assert.Equal(("Stage 2", "Trade"), (stage["name"]!.GetValue<string>(), stage["pipeline"]!.GetValue<string>()));
        (await api.Get($"/stages/{stages[0]}")).Assert200();
        Assert.Single((await api.Get("/pipelines")).Assert200().Json["items"]!.AsArray());
    }
}
