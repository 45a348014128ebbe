using System.Net;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

public sealed class ImportsApiTests
{
    private const string File = "Id;Wer;Mail\n1;Ann;ann@example.org\n2;Bea;no address\n3;Cem;\n";

    [Fact]
    public async Task Import_ByMap_ComesInAndTellsWhatWasRefused()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        var made = (await api.Post("/imports", Upload(File, ("map", """{"Id":"externalId","Wer":"name","Mail":"email"}"""), ("match", "external-id")))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal("running", made.Json["state"]!.GetValue<string>());
        await host.Services.GetRequiredService<JobRunner>().RunNext(default);

        var done = (await api.Get($"/imports/{made.Id}")).Assert200().Json;
        Assert.Equal(("done", 2L, 1L), (done["state"]!.GetValue<string>(), done["new"]!.GetValue<long>(), done["refused"]!.GetValue<long>()));
        var refused = Assert.Single((await api.Get($"/imports/{made.Id}/refused")).Assert200().Json["items"]!.AsArray())!;
        Assert.Equal("Bea", refused["values"]!["Wer"]!.GetValue<string>());
        Assert.NotEmpty(refused["reason"]!.GetValue<string>());
        Assert.Equal(2, (await api.Get("/customers")).Json["items"]!.AsArray().Count);

        (await api.Post($"/imports/{made.Id}/run", null)).AssertProblem(HttpStatusCode.Conflict);
        Assert.Equal("reverting", (await api.Post($"/imports/{made.Id}/revert", null, ("Idempotency-Key", "r"))).Assert200().Json["state"]!.GetValue<string>());
        // the job that makes what came in findable stood before it
        while (await host.Services.GetRequiredService<JobRunner>().RunNext(default)) { }
        Assert.Empty((await api.Get("/customers")).Json["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/imports/{made.Id}")).Status);
        (await api.Get($"/imports/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Import_DryRun_IsRunAfterwards()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        var made = (await api.Post("/imports", Upload("externalId,name\n1,Ann\n", ("dryRun", "true")), ("Idempotency-Key", "i"))).AssertStatus(HttpStatusCode.Created);
        await host.Services.GetRequiredService<JobRunner>().RunNext(default);
        Assert.Equal("checked", (await api.Get($"/imports/{made.Id}")).Json["state"]!.GetValue<string>());
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));
        (await api.Post($"/imports/{made.Id}/run", null)).Assert200();
        await host.Services.GetRequiredService<JobRunner>().RunNext(default);
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Import_OfOrdersAndInteractions_ComesIn()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        var orders = (await api.Post("/imports", Upload("Nr,Wer,Am,Artikel,Menge,Preis\n1,a@example.org,2024-01-05,TEA,2,10.50\n1,a@example.org,2024-01-05,CUP,1,4\n2,b@example.org,2024-01-05,CUP,x,4\n", ("kind", "orders"),
            ("map", """{"Nr":"externalId","Wer":"customer","Am":"placedAt","Artikel":"product","Menge":"quantity","Preis":"unitPrice"}"""), ("match", "email"), ("unknownProducts", "describe")))).AssertStatus(HttpStatusCode.Created);
        Assert.Equal("orders", orders.Json["kind"]!.GetValue<string>());
        var contacts = (await api.Post("/imports", Upload("customer,occurredAt,subject\n9,2024-01-05,Hello\n8,2024-01-05,Bye\n", ("kind", "interactions"), ("unknownCustomers", "create")), ("Idempotency-Key", "i"))).AssertStatus(HttpStatusCode.Created);
        while (await host.Services.GetRequiredService<JobRunner>().RunNext(default)) { }

        var done = (await api.Get($"/imports/{orders.Id}")).Assert200().Json;
        Assert.Equal(("done", 2L, 1L), (done["state"]!.GetValue<string>(), done["new"]!.GetValue<long>(), done["refused"]!.GetValue<long>()));
        var order = Assert.Single((await api.Get("/orders")).Assert200().Json["items"]!.AsArray())!;
        Assert.Equal((25m, "TEA"), (order["total"]!.GetValue<decimal>(), order["lines"]![0]!["description"]!.GetValue<string>()));
        Assert.Equal(2, (await api.Get($"/imports/{contacts.Id}")).Assert200().Json["new"]!.GetValue<long>());
        Assert.Equal(2, await acme.Use(db => db.Interactions.CountAsync()));
    }

    [Theory]
    [InlineData("customer,date,total\n1,2024-01-05,2\n", "kind", "shoes", "kind")]
    [InlineData("name,town\nAnn,Bonn\n", "kind", "orders", "map")]
    [InlineData("", "map", "{}", "file")]
    [InlineData(File, "map", "nonsense", "map")]
    [InlineData(File, "map", """{"Id":"shoeSize"}""", "map")]
    [InlineData(File, "map", """{"Colour":"name"}""", "map")]
    [InlineData(File, "map", """{"Id":"externalId"}""", "map")]
    [InlineData(File, "match", "luck", "match")]
    [InlineData(File, "onMatch", "luck", "onMatch")]
    [InlineData("a,b\n", "match", "none", "file")]
    public async Task Import_Wrong_NamesTheField(string content, string part, string value, string field)
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        Assert.NotEmpty((await api.Post("/imports", Upload(content, (part, value)))).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
        Assert.Equal(0, await acme.Use(db => db.Imports.CountAsync()));
    }

    [Theory]
    [InlineData("customer,date,total\n1,2024-01-05,2\n", "orders", Permissions.EditSales)]
    [InlineData("customer,date,sku,total\n1,2024-01-05,TEA,2\n", "orders", Permissions.EditSales, Permissions.ManageProducts)]
    [InlineData("customer,occurredAt,subject\n9,2024-01-05,Hello\n", "interactions", Permissions.LogInteractions)]
    public async Task Import_ByANarrowKey_NeedsTheRightToWhatItWrites(string content, string kind, params string[] needed)
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        for (var given = 0; given < needed.Length; given++)
        {
            var narrow = await Make.Program(acme.Admin, [Permissions.ImportCustomers, .. needed.Take(given)]);
            (await narrow.Post("/imports", Upload(content, ("kind", kind)))).AssertProblem(HttpStatusCode.Forbidden);
        }

        Assert.Equal(0, await acme.Use(db => db.Imports.CountAsync()));
        var wide = await Make.Program(acme.Admin, [Permissions.ImportCustomers, .. needed]);
        var made = (await wide.Post("/imports", Upload(content, ("kind", kind), ("dryRun", "true")))).AssertStatus(HttpStatusCode.Created);
        while (await host.Services.GetRequiredService<JobRunner>().RunNext(default)) { }
        var again = await Make.Program(acme.Admin, [Permissions.ImportCustomers]);
        (await again.Post($"/imports/{made.Id}/run", null)).AssertProblem(HttpStatusCode.Forbidden);
        (await wide.Post($"/imports/{made.Id}/run", null)).Assert200();
        while (await host.Services.GetRequiredService<JobRunner>().RunNext(default)) { }
        (await again.Post($"/imports/{made.Id}/revert", null)).AssertProblem(HttpStatusCode.Forbidden);
        Assert.Equal("done", (await again.Get($"/imports/{made.Id}")).Json["state"]!.GetValue<string>());
    }

    private static MultipartFormDataContent Upload(string content, params (string Name, string Value)[] parts)
    {
        var form = new MultipartFormDataContent { { new StringContent(content), "file", "customers.csv" } };
        foreach (var (name, value) in parts) form.Add(new StringContent(value), name);
        return form;
    }
}
