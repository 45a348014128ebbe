using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class TagsApiTests
{
    [Fact]
    public async Task List_FilteredByAPartOfTheName_CountsCustomersThatAreSeen()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        var api = await Make.Program(acme.Admin);
        await api.Post("/customers", new { name = "Ann", tags = new[] { "Café VIP", "Gold" } });
        await api.Post("/customers", new { name = "Bob", tags = new[] { "Café VIP" }, ownerId = rep.Id });
        await api.Post("/tags", new { name = "Empty" });
        var all = (await api.Get("/tags")).Assert200().Json["items"]!.AsArray();
        Assert.Equal([("Café VIP", 2), ("Gold", 1), ("Empty", 0)], all.Select(tag => (tag!["name"]!.GetValue<string>(), tag["customers"]!.GetValue<int>())));
        var found = (await api.Get("/tags?q=cafe")).Assert200().Json["items"]!.AsArray();
        Assert.Equal("Café VIP", Assert.Single(found)!["name"]!.GetValue<string>());
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        Assert.Equal(1, (await (await Make.Program(rep)).Get("/tags?q=cafe")).Assert200().Json["items"]![0]!["customers"]!.GetValue<int>());
    }

    [Fact]
    public async Task Patch_Name_RenamesItForEveryCustomerAndTheirSearch()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var ann = (await api.Post("/customers", new { name = "Ann", tags = new[] { "Old word" } })).Id;
        var (tag, other) = ((await api.Get("/tags")).Json["items"]![0]!["id"]!.GetValue<long>(), (await api.Post("/tags", new { name = "Taken" })).Id);

        Assert.Equal("Brand new", (await api.Patch($"/tags/{tag}", new { name = " Brand new " })).Assert200().Json["name"]!.GetValue<string>());
        Assert.Equal("Brand new", (await api.Get($"/customers/{ann}")).Json["tags"]![0]!.GetValue<string>());
        Assert.Single((await api.Get("/customers?q=brand")).Json["items"]!.AsArray());
        Assert.Empty((await api.Get("/customers?q=old word")).Json["items"]!.AsArray());
        Assert.True(await acme.Use(db => db.Changes.AnyAsync(x => x.Record == RecordKind.Tag && x.RecordId == tag && x.Old == "Old word" && x.New == "Brand new")));

        (await api.Patch($"/tags/{tag}", new { name = "tAKEN" })).AssertProblem(HttpStatusCode.Conflict);
        Assert.NotEmpty((await api.Patch($"/tags/{tag}", new { name = " " })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("name"));
        Assert.NotEmpty((await api.Patch($"/tags/{tag}", new { name = new string('x', Tag.NameLength + 1) })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("name"));
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        (await (await Make.Program(await Make.Member(acme, Role.Sales))).Patch($"/tags/{other}", new { name = "Mine" })).AssertProblem(HttpStatusCode.Forbidden);
    }
}
