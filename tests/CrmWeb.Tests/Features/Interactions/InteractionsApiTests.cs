using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Interactions;

public sealed class InteractionsApiTests
{
    [Fact]
    public async Task Log_Read_Change_Delete_KeepTheFactsOfTheCustomer()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        // whole seconds: not every engine keeps more than microseconds
        var at = new DateTime(2026, 11, 20, 10, 30, 0, DateTimeKind.Utc);
        var made = (await api.Post($"/customers/{customer}/interactions", new { channel = "call", direction = "inbound", occurredAt = at, subject = "Hello", body = "Talked", outcome = "interested", minutes = 12 })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/interactions/{made.Id}", made.Response.Headers.Location!.OriginalString);
        Assert.Equal(("call", "inbound", "interested", 12), (made.Json["channel"]!.GetValue<string>(), made.Json["direction"]!.GetValue<string>(), made.Json["outcome"]!.GetValue<string>(), made.Json["minutes"]!.GetValue<int>()));
        Assert.Equal(at, (await api.Get($"/customers/{customer}")).Json["lastInteractionAt"]!.GetValue<DateTime>().ToUniversalTime());

        var changed = (await api.Patch($"/interactions/{made.Id}", new { outcome = "resolved" }, ("If-Match", made.ETag!))).Assert200();
        Assert.Equal("Talked", changed.Json["body"]!.GetValue<string>());
        (await api.Patch($"/interactions/{made.Id}", new { outcome = "reached" }, ("If-Match", made.ETag!))).AssertProblem(HttpStatusCode.PreconditionFailed);
        (await api.Put($"/interactions/{made.Id}", new { channel = "note", occurredAt = at, minutes = 99999 })).AssertProblem(HttpStatusCode.BadRequest);
        Assert.Null((await api.Put($"/interactions/{made.Id}", new { channel = "note", occurredAt = at })).Assert200().Json["body"]);

        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/interactions/{made.Id}")).Status);
        (await api.Get($"/interactions/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
        Assert.Null((await api.Get($"/customers/{customer}")).Json["lastInteractionAt"]);
    }

    [Fact]
    public async Task Log_InTheFuture_IsPlanned_UntilItIsSaidToHaveTakenPlace()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var made = (await api.Post($"/customers/{customer}/interactions", new { channel = "visit", occurredAt = host.Clock.Now.AddDays(1) })).AssertStatus(HttpStatusCode.Created);
        Assert.True(made.Json["isPlanned"]!.GetValue<bool>());
        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.True((await api.Patch($"/interactions/{made.Id}", new { subject = "Fair" })).Assert200().Json["isPlanned"]!.GetValue<bool>());
        Assert.False((await api.Patch($"/interactions/{made.Id}", new { isPlanned = false })).Assert200().Json["isPlanned"]!.GetValue<bool>());
    }

    [Fact]
    public async Task List_Pages_NewestFirst()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
            ids.Add((await api.Post($"/customers/{customer}/interactions", new { channel = i % 2 == 0 ? "call" : "email", occurredAt = acme.Host.Clock.Now.AddHours(-i / 2) })).AssertStatus(HttpStatusCode.Created).Id);
        var first = (await api.Get($"/customers/{customer}/interactions?limit=3")).Assert200().Json;
        var rest = (await api.Get($"/customers/{customer}/interactions?limit=3&after={first["next"]!.GetValue<string>()}")).Assert200().Json;
        Assert.Null(rest["next"]);
        Assert.Equal(5, Ids(first).Concat(Ids(rest)).Distinct().Count());
        Assert.Equal(Ids(first).Concat(Ids(rest)).Reverse(), Ids((await api.Get($"/customers/{customer}/interactions?sort=occurredAt")).Json));
        Assert.Equal(2, Ids((await api.Get($"/customers/{customer}/interactions?kind=email")).Json).Length);

        static long[] Ids(JsonNode page) => [.. page["items"]!.AsArray().Select(item => item!["id"]!.GetValue<long>())];
    }
}
