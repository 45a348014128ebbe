using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task Delete_IsRefusedWhileACustomerHasIt_AndComesBackByAnUndo()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var ann = (await api.Post("/customers", new { name = "Ann", tags = new[] { "Old word" } })).Id;
        var tag = (await api.Get("/tags")).Json["items"]![0]!["id"]!.GetValue<long>();
        await acme.Use(async db =>
        {
            (await db.Customers.SingleAsync()).Archive(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        (await api.Delete($"/tags/{tag}")).AssertProblem(HttpStatusCode.Conflict);
        await acme.Use(async db =>
        {
            (await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleAsync()).Restore();
            return await db.SaveChangesAsync();
        });
        var edit = await Make.BulkEdit(acme, new BulkWhat(BulkAct.Remove, BulkWhat.Tags) { Values = ["Old word"] }, [ann]);
        Assert.Equal(1, (await acme.Do(edit)).ChangedCount);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/tags/{tag}")).Status);
        (await api.Get($"/tags/{tag}")).AssertProblem(HttpStatusCode.NotFound);
        (await api.Delete($"/tags/{tag}")).AssertProblem(HttpStatusCode.NotFound);
        Assert.True(await acme.Use(db => db.Changes.AnyAsync(x => x.Record == RecordKind.Tag && x.RecordId == tag && x.Act == Act.Deleted)));
        await acme.Do(edit, undo: true);
        Assert.Equal("Old word", (await api.Get($"/customers/{ann}")).Json["tags"]![0]!.GetValue<string>());
        var other = (await api.Post("/tags", new { name = "Of nobody" })).Id;
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        (await (await Make.Program(await Make.Member(acme, Role.Sales))).Delete($"/tags/{other}")).AssertProblem(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Delete_ARuleOfASegmentAsksForIt_IsRefusedByItsName()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var (asked, free) = ((await api.Post("/tags", new { name = "Asked" })).Id, (await api.Post("/tags", new { name = "Free" })).Id);
        var segment = await Make.Segment(acme, "orderCount > 2 or not has(tag, \"Asked\")", "Askers");
        Assert.Contains("Askers", (await api.Delete($"/tags/{asked}")).AssertProblem(HttpStatusCode.Conflict).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/tags/{free}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/segments/{segment}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/tags/{asked}")).Status);
    }

    [Fact]
    public async Task Patch_NameOfATagOfVeryMany_IsFoundAfterTheJob()
    {
        var acme = await Make.Tenant(await CrmHost.Start());
        const int many = 5_001;
        var tag = await acme.Use(async db =>
        {
            var tag = new Tag("Old word");
            for (var i = 0; i < many; i++)
            {
                var customer = new Customer(new CustomerDetails { Name = $"C{i}" }, acme.Host.Clock.Now);
                customer.Tags.Add(new CustomerTag(tag));
                db.Customers.Add(customer);
            }

            await db.SaveChangesAsync();
            return tag.Id;
        });
        var api = await Make.Program(acme.Admin);
        (await api.Patch($"/tags/{tag}", new { name = "Brand new" })).Assert200();
        Assert.Equal((0, 1), await acme.Use(async db => (await db.CustomerSearches.CountAsync(s => s.Text.Contains("brand new")), await db.Jobs.CountAsync())));
        var runner = acme.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal((many, JobState.Done), await acme.Use(async db => (await db.CustomerSearches.CountAsync(s => s.Text.Contains("brand new")), await db.Jobs.Select(j => j.State).SingleAsync())));
        Assert.Equal(0, await acme.Use(db => db.RebuildSearch(default)));
    }
}
