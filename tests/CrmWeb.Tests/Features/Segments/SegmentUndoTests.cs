using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Segments;

/// <summary>What was frozen or deleted comes back, or says why it does not.</summary>
public sealed class SegmentUndoTests
{
    [Fact]
    public async Task Thaw_FrozenSegment_GoesByItsRuleAgain()
    {
        var tenant = await Make.Tenant();
        var used = await Make.Segment(tenant, "city = \"Bern\"", "Bern");
        var id = await Make.Segment(tenant, "in segment \"Bern\" and created <= today", "Old Bern");
        var ann = await Make.Customer(tenant, "Ann", c => c with { City = "Bern" });
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/segments/{id}/freeze");
        Assert.Contains($"/segments/{id}/thaw", (await admin.Get($"/segments/{id}")).Body, StringComparison.Ordinal);
        Assert.Empty(await tenant.Use(db => db.SegmentUses.ToListAsync()));
        var bob = await Make.Customer(tenant, "Bob", c => c with { City = "Bern" });
        await tenant.Refresh();
        Assert.Equal([ann], await tenant.MembersOf(id));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/segments/{id}/thaw")).Status);
        await tenant.Refresh();
        Assert.Equal([ann, bob], await tenant.MembersOf(id));
        var row = await tenant.Use(db => db.Segments.Include(s => s.Uses).SingleAsync(s => s.Id == id));
        Assert.Equal((SegmentKind.Dynamic, true, null), (row.Kind, row.IsTimeDriven, row.FrozenRule));
        Assert.Equal([used], row.Uses.Select(use => use.UsedId));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/segments/{id}/thaw")).Status);
    }

    [Fact]
    public async Task Thaw_WhatItsRuleNamesDependsOnItNow_IsToldOff()
    {
        var tenant = await Make.Tenant();
        var (first, second) = (await Make.Segment(tenant, "city = \"Bern\"", "First"), await Make.Segment(tenant, "in segment \"First\"", "Second"));
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/segments/{second}/freeze");
        await tenant.Use(async db =>
        {
            var row = await db.Segments.Include(s => s.Uses).SingleAsync(s => s.Id == first);
            row.Ask((await db.Rule("in segment \"Second\"")).ToStored(), false);
            row.Use([second]);
            return await db.SaveChangesAsync();
        });
        await admin.Post($"/segments/{second}/thaw");
        Assert.Contains("First depends on this segment", (await admin.Get($"/segments/{second}")).Text, StringComparison.Ordinal);
        Assert.Equal(SegmentKind.Static, await tenant.Use(db => db.Segments.Where(s => s.Id == second).Select(s => s.Kind).SingleAsync()));
    }

    [Fact]
    public async Task Thaw_RuleAsksForTiers_AndAnotherThatNamesItGivesOne_IsToldOff()
    {
        var tenant = await Make.Tenant();
        var asking = await Make.Segment(tenant, "serviceTier is empty", "Unserved");
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/segments/{asking}/freeze");
        // allowed, for a list asks for nothing
        var giving = await Make.Segment(tenant, "in segment \"Unserved\"", "Served");
        await tenant.Use(async db =>
        {
            var gold = new ServiceTier("Gold", 1);
            db.ServiceTiers.Add(gold);
            await db.SaveChangesAsync();
            var row = await db.Segments.Include(s => s.Uses).SingleAsync(s => s.Id == giving);
            row.Use([asking]);
            row.Hold(row.Card with { ServiceTierId = gold.Id });
            return await db.SaveChangesAsync();
        });
        await admin.Post($"/segments/{asking}/thaw");
        Assert.Equal(SegmentKind.Static, await tenant.Use(db => db.Segments.Where(s => s.Id == asking).Select(s => s.Kind).SingleAsync()));
        Assert.Contains("Served", (await admin.Get($"/segments/{asking}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bin_DeletedSegments_ComeBack_TogetherWithThoseTheyNeed()
    {
        var tenant = await Make.Tenant();
        var ann = await Make.Customer(tenant, "Ann", c => c with { City = "Bern" });
        var needed = await Make.Segment(tenant, "city = \"Bern\"", "Needed");
        var user = await Make.Segment(tenant, "in segment \"Needed\"", "Its user");
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/segments/{user}/delete");
        await admin.Post($"/segments/{needed}/delete");
        Assert.Contains("Its user", (await admin.Get("/recycle-bin?kind=segment")).Text, StringComparison.Ordinal);
        await admin.Post("/recycle-bin/restore?kind=segment", new { ids = user });
        Assert.Contains("deleted: Needed", (await admin.Get("/recycle-bin?kind=segment")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.Use(db => db.Segments.CountAsync()));
        await admin.Post("/recycle-bin/restore?kind=segment", new { ids = new[] { user, needed } });
        Assert.Equal(2, await tenant.Use(db => db.Segments.CountAsync(s => s.RefreshedAt == null)));
        await tenant.Refresh();
        Assert.Equal([ann], await tenant.MembersOf(user));
        // a manager restores records, and changes no segments
        await admin.Post($"/segments/{user}/delete");
        var manager = await (await Make.Member(tenant, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Post("/recycle-bin/restore?kind=segment", new { ids = user })).Status);
    }

    [Fact]
    public async Task Restore_RuleAsksForATagThatIsGone_IsToldOff()
    {
        var tenant = await Make.Tenant();
        var tag = await tenant.Use(async db =>
        {
            var made = new CrmWeb.Domain.Customers.Tag("Vip");
            db.Tags.Add(made);
            await db.SaveChangesAsync();
            return made.Id;
        });
        var id = await Make.Segment(tenant, "has(tag, \"Vip\")", "Tagged");
        var (admin, api) = (await tenant.Admin.Browser(), await Make.Program(tenant.Admin));
        (await api.Delete($"/tags/{tag}")).AssertProblem(HttpStatusCode.Conflict);
        await admin.Post($"/segments/{id}/delete");
        // what is deleted keeps nothing
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/tags/{tag}")).Status);
        await admin.Post($"/segments/{id}/restore");
        Assert.Contains("Tagged asks for tags that are deleted", (await admin.Get("/segments")).Text, StringComparison.Ordinal);
        (await api.Post($"/segments/{id}/restore", null)).AssertProblem(HttpStatusCode.Conflict);
        await admin.Post("/recycle-bin/restore?kind=segment", new { ids = id });
        Assert.Contains("Tagged asks for tags that are deleted", (await admin.Get("/recycle-bin?kind=segment")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_TierByARuleThatAsksForTiers_IsRefused()
    {
        var tenant = await Make.Tenant();
        var gold = await Make.Tier(tenant);
        var id = await Make.Segment(tenant, "serviceTier is empty", "Nobody's");
        var (admin, api) = (await tenant.Admin.Browser(), await Make.Program(tenant.Admin));
        var page = await admin.Post($"/segments/{id}/card", new { ServiceTierId = gold, Version = 0 });
        Assert.Contains("cannot give a service tier", page.ErrorFor("ServiceTierId"), StringComparison.Ordinal);
        (await api.Patch($"/segments/{id}", $$"""{"serviceTierId":{{gold}}}""")).AssertProblem(HttpStatusCode.BadRequest);
        (await api.Patch($"/segments/{id}", $$"""{"serviceTierId":{{gold}},"rule":"city = \"Bern\""}""")).Assert200();
        var customer = await Make.Customer(tenant, "Ann", c => c with { City = "Bern" });
        await tenant.Refresh();
        Assert.Contains("Nobody's", (await admin.Get($"/customers/{customer}")).Find("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Gold", (await admin.Get($"/customers/{customer}")).Text, StringComparison.Ordinal);
        Assert.Contains("Ann", (await admin.Get($"/customers?serviceTier={gold}")).Text, StringComparison.Ordinal);
        Assert.Equal(gold, (await api.Get($"/customers/{customer}")).Assert200().Json["effectiveTierId"]!.GetValue<long>());
        (await api.Patch($"/segments/{id}", """{"rule":"serviceTier is not empty"}""")).AssertProblem(HttpStatusCode.BadRequest);
        await admin.Post($"/segments/{id}/delete");
        Assert.Null((await api.Get($"/customers/{customer}")).Assert200().Json["effectiveTierId"]);
    }
}
