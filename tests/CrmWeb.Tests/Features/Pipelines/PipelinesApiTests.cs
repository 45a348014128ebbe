using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Pipelines;

public sealed class PipelinesApiTests
{
    [Fact]
    public async Task Pipeline_MadeChangedMovedAndDeleted()
    {
        var tenant = await Make.Tenant();
        await Make.Pipeline(tenant, "First");
        var api = await Make.Program(tenant.Admin);
        var made = (await api.Post("/pipelines", new { name = "Trade", position = 1 }, ("Idempotency-Key", "one"))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(made.Id, (await api.Post("/pipelines", new { name = "Trade", position = 1 }, ("Idempotency-Key", "one"))).AssertStatus(HttpStatusCode.Created).Id);
        Assert.Equal(["Trade", "First"], await tenant.Use(db => db.Pipelines.OrderBy(p => p.Position).Select(p => p.Name).ToListAsync()));
        Assert.NotEmpty((await api.Post("/pipelines", new { name = "trade" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("name"));
        Assert.NotEmpty((await api.Post("/pipelines", new { })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("name"));
        var usual = (await api.Post("/pipelines", new { name = "Usual", usualStages = true })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(5, await tenant.Use(db => db.Stages.CountAsync(s => s.PipelineId == usual.Id)));

        var read = (await api.Get($"/pipelines/{made.Id}")).Assert200();
        Assert.Equal(made.ETag, read.ETag);
        var changed = (await api.Patch($"/pipelines/{made.Id}", """{"name":"Wholesale","position":9}""", ("If-Match", read.ETag!))).Assert200();
        Assert.Equal(("Wholesale", 3), (changed.Json["name"]!.GetValue<string>(), changed.Json["position"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Patch($"/pipelines/{made.Id}", """{"name":"x"}""", ("If-Match", read.ETag!))).Status);
        Assert.Equal(3, (await api.Put($"/pipelines/{usual.Id}", new { name = "Usual", position = 3 })).Assert200().Json["position"]!.GetValue<int>());
        changed = (await api.Get($"/pipelines/{made.Id}")).Assert200();
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Delete($"/pipelines/{made.Id}", ("If-Match", read.ETag!))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/pipelines/{made.Id}", ("If-Match", changed.ETag!))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get($"/pipelines/{made.Id}")).Status);
    }

    [Fact]
    public async Task Stage_MadeChangedAndMoved_TellsItself()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant, "Trade");
        var pipeline = await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync());
        var api = await Make.Program(tenant.Admin);
        var made = (await api.Post("/stages", new { pipelineId = pipeline, name = "Offer", probability = 60, category = "best-case", needs = new[] { "amount", "close-on" }, rottenAfterDays = 7, position = 2 })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal("[\"amount\",\"close-on\"]", made.Json["needs"]!.ToJsonString());
        Assert.Equal([stages[0], made.Id, stages[1], stages[2]], await Order(tenant));
        Assert.Equal(made.ETag, (await api.Get($"/stages/{made.Id}")).Assert200().ETag);

        var changed = (await api.Patch($"/stages/{made.Id}", """{"probability":70,"rottenAfterDays":null,"position":4}""", ("If-Match", made.ETag!))).Assert200();
        Assert.Equal(("Offer", 70, "best-case"), (changed.Json["name"]!.GetValue<string>(), changed.Json["probability"]!.GetValue<int>(), changed.Json["category"]!.GetValue<string>()));
        Assert.Equal([.. stages, made.Id], await Order(tenant));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Patch($"/stages/{made.Id}", """{"name":"x"}""", ("If-Match", made.ETag!))).Status);
        var stage = await tenant.Use(db => db.Stages.SingleAsync(s => s.Id == made.Id));
        Assert.Equal((70, (int?)null), (stage.Probability, stage.RottenAfterDays));

        var whole = (await api.Put($"/stages/{made.Id}", """{"name":"Offer","probability":70}""")).Assert200();
        Assert.Equal(("pipeline", "[]", 4), (whole.Json["category"]!.GetValue<string>(), whole.Json["needs"]!.ToJsonString(), whole.Json["position"]!.GetValue<int>()));
        foreach (var (field, value) in new[] { ("name", "\"Stage 1\""), ("name", "null"), ("probability", "101"), ("probability", "null"), ("rottenAfterDays", "0"), ("needs", "[\"luck\"]"), ("category", "\"maybe\""), ("pipelineId", "null") })
            (await api.Patch($"/stages/{made.Id}", $$"""{"{{field}}":{{value}}}""")).AssertProblem(HttpStatusCode.BadRequest);
        Assert.NotEmpty((await api.Post("/stages", new { name = "x", probability = 1 })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("pipelineId"));
        Assert.Equal(4, await tenant.Use(db => db.Stages.CountAsync()));
    }

    [Fact]
    public async Task Delete_DealsStandInIt_SaysSoAndWritesNothingUntilTheyMayMove()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var (stages, foreign) = (await Make.Pipeline(tenant, "Trade"), await Make.Pipeline(other));
        var (pipeline, api) = (await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync()), await Make.Program(tenant.Admin));
        await Make.Deal(tenant, await Make.Customer(tenant), stages[0]);
        // the use of the key is noted with the first call
        await api.Get("/stages");
        var before = await Authorisation.ForeignIdTests.Hash(tenant);
        foreach (var (path, why) in new[] { ($"/stages/{stages[0]}", "One open deal stands in Stage 1. Choose the stage it moves to."), ($"/pipelines/{pipeline}", "1 open deals stand in Trade. Move them to another pipeline or close them first; nothing was deleted.") })
        {
            var answer = (await api.Delete(path)).AssertProblem(HttpStatusCode.Conflict);
            Assert.Equal(why, answer.Json["title"]!.GetValue<string>());
        }

        foreach (var to in new[] { foreign[0], stages[0], 987654321 }) Assert.NotEmpty((await api.Delete($"/stages/{stages[0]}?moveTo={to}")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("moveTo"));
        Assert.Equal(before, await Authorisation.ForeignIdTests.Hash(tenant));
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/stages/{stages[0]}?moveTo={stages[2]}")).Status);
        Assert.Equal(stages[2], await tenant.Use(db => db.Deals.Select(d => d.StageId).SingleAsync()));
    }

    [Fact]
    public async Task Write_OfAnotherRoleOrScopeOrTenant_IsRefused()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var (stages, foreign) = (await Make.Pipeline(tenant), await Make.Pipeline(other));
        var foreignPipeline = await other.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync());
        foreach (var api in new[] { await Make.Program(await Make.Member(tenant, Role.Manager)), await Make.Program(tenant.Admin, [Permissions.ReadSales, Permissions.EditSales]) })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await api.Post("/pipelines", new { name = "x" })).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await api.Patch($"/stages/{stages[0]}", """{"name":"x"}""")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await api.Delete($"/stages/{stages[0]}")).Status);
            (await api.Get($"/stages/{stages[0]}")).Assert200();
        }

        var before = await Authorisation.ForeignIdTests.Hash(other);
        var admin = await Make.Program(tenant.Admin);
        Assert.NotEmpty((await admin.Post("/stages", new { pipelineId = foreignPipeline, name = "x", probability = 1 })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("pipelineId"));
        (await admin.Patch($"/stages/{foreign[0]}", """{"name":"x"}""")).AssertProblem(HttpStatusCode.NotFound);
        (await admin.Delete($"/pipelines/{foreignPipeline}")).AssertProblem(HttpStatusCode.NotFound);
        Assert.Equal(before, await Authorisation.ForeignIdTests.Hash(other));
    }

    private static Task<List<long>> Order(TestTenant tenant) => tenant.Use(db => db.Stages.OrderBy(s => s.Position).Select(s => s.Id).ToListAsync());
}
