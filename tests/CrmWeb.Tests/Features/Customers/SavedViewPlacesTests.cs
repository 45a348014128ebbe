using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Where saved views are met besides their list: the palette, the recycle bin, the API.</summary>
public sealed class SavedViewPlacesTests
{
    [Fact]
    public async Task Search_TypedName_FindsTheViewsOfTheMember()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        var id = await Make.View(acme.Admin, "stage=lead", "Late payers");
        var browser = await acme.Admin.Browser();
        Assert.NotNull((await browser.Get("/search?q=payers")).Find($"a[href$='/customers?view={id}']"));
        Assert.Null((await browser.Get("/search?q=nobody")).Find($"a[href$='/customers?view={id}']"));
        Assert.Null((await (await rep.Browser()).Get("/search?q=payers")).Find("a[href*='view=']"));
    }

    [Fact]
    public async Task RecycleBin_DeletedView_ComesBackForWhomItIs()
    {
        var acme = await Make.Tenant();
        var manager = await Make.Member(acme, Role.Manager);
        var id = await Make.View(manager, "stage=lead", "Late payers");
        var browser = await manager.Browser();
        await browser.Post($"/customers/views/{id}/delete");
        Assert.Contains("Late payers", (await browser.Get("/recycle-bin?kind=saved-view")).Text, StringComparison.Ordinal);
        // nobody's but the owner's: a personal one is not even the admin's
        var admin = await acme.Admin.Browser();
        Assert.DoesNotContain("Late payers", (await admin.Get("/recycle-bin?kind=saved-view")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/recycle-bin/restore?kind=saved-view", new { ids = id })).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/recycle-bin/restore?kind=saved-view", new { ids = id })).Status);
        Assert.Contains("Late payers", (await browser.Get("/customers/views")).Text, StringComparison.Ordinal);
        Assert.Equal([Act.Deleted, Act.Restored], (await acme.ChangesOf(RecordKind.SavedView, id)).Select(x => x.Act).Where(act => act != Act.Created));
    }

    [Fact]
    public async Task ApiList_OfAView_ListsWhatTheViewDoes_NarrowedByTheRest()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Ann", d => d with { City = "Bonn" });
        await Make.Customer(acme, "Bea", d => d with { City = "Ulm" });
        await Make.Customer(acme, "Cia", d => d with { Stage = LifecycleStage.Loyal });
        var rep = await Make.Member(acme, Role.Sales);
        var id = await Make.View(acme.Admin, "stage=lead&sort=-name&columns=name,city");
        var program = await Make.Program(acme.Admin);
        async Task<IEnumerable<string>> Names(string query) => (await program.Get($"/customers?{query}")).Json["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>());

        Assert.Equal(["Bea", "Ann"], await Names($"view={id}"));
        Assert.Equal(["Ann"], await Names($"view={id}&city=bonn"));
        Assert.Equal(["Cia"], await Names($"view={id}&stage=loyal"));
        var first = await program.Get($"/customers?view={id}&limit=1");
        Assert.Equal(["Ann"], await Names($"view={id}&limit=1&after={Uri.EscapeDataString(first.Json["next"]!.GetValue<string>())}"));
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Get("/customers?view=987654")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await (await Make.Program(rep)).Get($"/customers?view={id}")).Status);
    }
}
