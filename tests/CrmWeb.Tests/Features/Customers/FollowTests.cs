using System.Net;
using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class FollowTests
{
    [Fact]
    public async Task Follow_AndUnfollow_ShowsWhoFollows()
    {
        var acme = await Make.Tenant();
        var (id, viewer) = (await Make.Customer(acme, "Nordwind"), await Make.Member(acme, Role.Viewer, "Vera"));
        var browser = await viewer.Browser();
        Assert.NotNull((await browser.Get($"/customers/{id}")).Find($"button[formaction$='/customers/{id}/follow']"));
        await browser.Post($"/customers/{id}/follow");
        Assert.NotNull((await browser.Get($"/customers/{id}")).Find($"button[formaction$='/customers/{id}/unfollow']"));
        Assert.Contains("Vera", (await browser.Get($"/customers/{id}/followers")).Text, StringComparison.Ordinal);
        Assert.Contains("Nordwind", (await browser.Get("/customers?followed=true")).Text, StringComparison.Ordinal);
        await browser.Post($"/customers/{id}/unfollow");
        Assert.DoesNotContain("Nordwind", (await browser.Get("/customers?followed=true")).Find("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nordwind", (await browser.Get("/customers?followed=false")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_UnseenCustomer_IsNotFound()
    {
        var acme = await Make.Tenant();
        var (id, sales) = (await Make.Customer(acme), await Make.Member(acme, Role.Sales));
        var browser = await sales.Browser();
        foreach (var path in new[] { "follow", "unfollow" }) Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{id}/{path}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/customers/{id}/followers")).Status);
        Assert.Equal(0, await acme.Use(db => db.Follows.CountAsync()));
    }

    [Fact]
    public async Task Owner_FollowsUnlessTheySayOtherwise()
    {
        var acme = await Make.Tenant();
        var owner = await Make.Member(acme, Role.Sales, "Olga");
        var (one, two) = (await Make.Customer(acme, "One", d => d with { OwnerId = owner.Id }), await Make.Customer(acme, "Two", d => d with { OwnerId = owner.Id }));
        var browser = await owner.Browser();
        await browser.Post($"/customers/{two}/unfollow");
        var followed = (await browser.Get("/customers?followed=true")).Find("main")!.TextContent;
        Assert.Contains("One", followed, StringComparison.Ordinal);
        Assert.DoesNotContain("Two", followed, StringComparison.Ordinal);

        await browser.Post("/account/notifications", new { FollowsOwned = "false", DigestHour = 8 });
        Assert.DoesNotContain("Olga", (await browser.Get($"/customers/{one}/followers")).Find("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_MovesFollows_AndUnmergePutsThemBack()
    {
        var acme = await Make.Tenant();
        var (survivor, other) = (await Make.Customer(acme), await Make.Customer(acme));
        var (both, one) = (await Make.Member(acme, Role.Manager), await Make.Member(acme, Role.Viewer));
        await acme.Use(async db =>
        {
            await db.Follow(survivor, both.Id, true, default);
            await db.Follow(other, both.Id, true, default);
            await db.Follow(other, one.Id, true, default);
            return 0;
        });
        var before = await acme.Use(WholeTenant.Read);
        var merge = await Make.Merge(acme, survivor, other);
        Assert.Equal([both.Id, one.Id], await acme.Use(db => db.Follows.Where(f => f.CustomerId == survivor).OrderBy(f => f.MemberId).Select(f => f.MemberId).ToListAsync()));
        Assert.True(await acme.Use(async db => await db.UnmergeCustomers(merge, await db.LoadCustomFields(default), "DE", default)));
        Assert.Equal(before.Where(line => line.StartsWith("Follow", StringComparison.Ordinal)), (await acme.Use(WholeTenant.Read)).Where(line => line.StartsWith("Follow", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Api_FollowAndFollowers()
    {
        var acme = await Make.Tenant();
        var (id, api) = (await Make.Customer(acme), await Make.Program(acme.Admin));
        (await api.Put($"/customers/{id}/follow", "{}")).AssertStatus(HttpStatusCode.NoContent);
        (await api.Put($"/customers/{id}/follow", "{}")).AssertStatus(HttpStatusCode.NoContent);
        Assert.Equal(acme.Admin.Id, (await api.Get($"/customers/{id}/followers")).Assert200().Json["items"]![0]!["id"]!.GetValue<long>());
        (await api.Delete($"/customers/{id}/follow")).AssertStatus(HttpStatusCode.NoContent);
        Assert.Empty((await api.Get($"/customers/{id}/followers")).Json["items"]!.AsArray());
        (await api.Get($"/customers/{id}/followers?x=1")).AssertProblem(HttpStatusCode.BadRequest);
    }
}
