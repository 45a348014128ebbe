using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Tasks;

public sealed class TasksApiTests
{
    [Fact]
    public async Task Task_IsMadeChangedDoneAndDeleted()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var made = (await api.Post("/tasks", new { title = "Call", dueOn = "2030-01-31", priority = "high", repeat = "monthly", customerId = customer })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(acme.Admin.Id, made.Json["ownerId"]!.GetValue<long>());
        Assert.Equal("2030-01-31", made.Json["dueOn"]!.GetValue<string>());
        var done = (await api.Patch($"/tasks/{made.Id}", new { done = true })).Assert200();
        Assert.NotNull(done.Json["doneAt"]);
        Assert.Equal("high", done.Json["priority"]!.GetValue<string>());
        // the next one of the rhythm is there, and saying it twice makes no second
        (await api.Patch($"/tasks/{made.Id}", new { done = true })).Assert200();
        Assert.Equal("2030-02-28", Assert.Single((await api.Get("/tasks?state=open")).Json["items"]!.AsArray())!["dueOn"]!.GetValue<string>());
        Assert.False((await api.Patch($"/tasks/{made.Id}", new { done = false })).Assert200().Json["done"]!.GetValue<bool>());
        (await api.Patch($"/tasks/{made.Id}", new { title = "Other" }, ("If-Match", made.ETag!))).AssertProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/tasks/{made.Id}")).Status);
        (await api.Get($"/tasks/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Task_Wrong_NamesTheFields()
    {
        var api = await Make.Program((await Make.Tenant()).Admin);
        var refused = (await api.Post("/tasks", "{}")).AssertProblem(HttpStatusCode.BadRequest);
        Assert.NotEmpty(refused.ErrorsOf("title"));
        Assert.NotEmpty(refused.ErrorsOf("dueOn"));
        Assert.NotEmpty((await api.Post("/tasks", """{"title":"x","dueOn":"31.01.2030"}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("dueOn"));
    }

    [Fact]
    public async Task List_PagesInOrder_AndFilters()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var other = await Make.Member(acme, Role.Sales);
        for (var i = 0; i < 5; i++) await Make.Task(acme, i < 2 ? other : acme.Admin, $"Task {i}", new DateOnly(2030, 1, 10 - i));
        var first = (await api.Get("/tasks?limit=3")).Assert200().Json;
        var rest = (await api.Get($"/tasks?limit=3&after={first["next"]!.GetValue<string>()}")).Assert200().Json;
        Assert.Equal(["Task 4", "Task 3", "Task 2", "Task 1", "Task 0"], Titles(first).Concat(Titles(rest)));
        Assert.Equal(2, Titles((await api.Get($"/tasks?owner={other.Id}")).Json).Length);
        Assert.Equal(3, Titles((await api.Get("/tasks?scope=mine")).Json).Length);
        Assert.NotEmpty((await api.Get("/tasks?priority=king")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("priority"));
        Assert.NotEmpty((await api.Get("/tasks?sort=title")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("sort"));

        static string[] Titles(JsonNode page) => [.. page["items"]!.AsArray().Select(item => item!["title"]!.GetValue<string>())];
    }

    [Fact]
    public async Task T10_Members_TellMailAndRolesOnlyToWhoManagesThem()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        var all = (await (await Make.Program(acme.Admin)).Get($"/members/{rep.Id}")).Assert200().Json;
        Assert.Equal("sales", Assert.Single(all["roles"]!.AsArray())!.GetValue<string>());
        var some = (await (await Make.Program(rep)).Get("/members")).Assert200();
        Assert.DoesNotContain("@example.org", some.Body, StringComparison.Ordinal);
        Assert.Null(some.Json["items"]![0]!["roles"]);
    }
}
