using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Cases;

public sealed class CasesApiTests
{
    [Fact]
    public async Task Case_GoesItsWay()
    {
        var acme = await Make.Tenant();
        await Make.SlaRule(acme);
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var made = (await api.Post("/cases", new { customerId = customer, kind = "complaint", subject = "Broken", channel = "email", priority = "normal" })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal("new", made.Json["state"]!.GetValue<string>());
        Assert.NotNull(made.Json["answerDueAt"]);
        var answered = (await api.Patch($"/cases/{made.Id}", new { answered = true })).Assert200();
        Assert.Equal("open", answered.Json["state"]!.GetValue<string>());
        Assert.Equal(0, answered.Json["answeredInMinutes"]!.GetValue<int>());
        Assert.Null((await api.Patch($"/cases/{made.Id}", new { state = "waiting" })).Assert200().Json["nextDueAt"]);
        Assert.NotEmpty((await api.Patch($"/cases/{made.Id}", new { state = "closed" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("state"));
        var resolved = (await api.Patch($"/cases/{made.Id}", new { state = "resolved", resolution = "Sent another" })).Assert200();
        Assert.Equal("Sent another", resolved.Json["resolution"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Conflict, (await api.Patch($"/cases/{made.Id}", new { state = "resolved", resolution = "Something else", subject = "Lost" })).Status);
        Assert.Equal("closed", (await api.Patch($"/cases/{made.Id}", new { state = "closed" })).Assert200().Json["state"]!.GetValue<string>());
        foreach (var over in new[] { "closed", "resolved" }) Assert.Equal(HttpStatusCode.Conflict, (await api.Patch($"/cases/{made.Id}", new { state = over })).Status);
        var kept = await acme.Use(db => db.Cases.AsNoTracking().SingleAsync());
        Assert.Equal(("Broken", "Sent another"), (kept.Subject, kept.Resolution));
        Assert.Equal("open", (await api.Patch($"/cases/{made.Id}", new { state = "open" })).Assert200().Json["state"]!.GetValue<string>());
        Assert.Equal(1, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.SatisfactionDue)));
        (await api.Patch($"/cases/{made.Id}", new { subject = "Other" }, ("If-Match", made.ETag!))).AssertProblem(HttpStatusCode.PreconditionFailed);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/cases/{made.Id}")).Status);
        (await api.Get($"/cases/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task T3_ForeignAndWrong_NameTheFields()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var its = await Make.Case(acme, customer);
        var theirs = await Make.Customer(other);
        Assert.NotEmpty((await api.Post("/cases", "{}")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("subject"));
        foreach (var (field, id) in new[]
                 {
                     ("ownerId", other.Admin.Id), ("teamId", await Make.Team(other)), ("productId", await Make.Product(other)), ("orderId", await Make.Order(other, theirs)), ("customerId", theirs),
                 })
        {
            var swap = $$"""{"subject":"x","customerId":{{customer}},"{{field}}":{{id}}}""";
            Assert.NotEmpty((await api.Post("/cases", swap)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
            Assert.NotEmpty((await api.Patch($"/cases/{its}", $$"""{"{{field}}":{{id}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
        }

        Assert.Equal(1, await acme.Use(db => db.Cases.CountAsync()));
    }

    [Fact]
    public async Task List_PagesByKey_ThroughRowsWithoutATime()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        for (var i = 0; i < 3; i++) await Make.Case(acme, customer, c => c with { Subject = $"None {i}" });
        await Make.SlaRule(acme);
        var dueFirst = (await api.Post("/cases", new { customerId = customer, subject = "Due" })).AssertStatus(HttpStatusCode.Created).Id;
        var first = (await api.Get("/cases?limit=2")).Assert200().Json;
        var rest = (await api.Get($"/cases?limit=2&after={first["next"]!.GetValue<string>()}")).Assert200().Json;
        var all = first["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(item => item!["id"]!.GetValue<long>()).ToList();
        Assert.Equal(4, all.Distinct().Count());
        Assert.Equal(dueFirst, all[0]);
        Assert.NotEmpty((await api.Get("/cases?state=king")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("state"));
        Assert.NotEmpty((await api.Get("/cases?sort=subject")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("sort"));
        Assert.Single((await api.Get("/cases?breached=false&q=due")).Assert200().Json["items"]!.AsArray());
    }
}
