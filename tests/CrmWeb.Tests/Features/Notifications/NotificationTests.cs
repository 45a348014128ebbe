using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrmWeb.Tests.Features.Notifications.NotificationTellingTests;

namespace CrmWeb.Tests.Features.Notifications;

/// <summary>The bell, the page and the API: what a member was told, as they may see it now.</summary>
public sealed class NotificationTests
{
    [Fact]
    public async Task T9_VisibilityLost_HidesTheNotificationEverywhere()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var sales = await Make.Member(acme, Role.Sales, "Sam");
        var id = await Make.Customer(acme, "SECRET-NAME", d => d with { OwnerId = sales.Id });
        await (await acme.Admin.Browser()).Post($"/customers/{id}/notes", new { Body = "for @Sam" });
        var browser = await sales.Browser();
        var api = await Make.Program(sales);
        Assert.Contains("SECRET-NAME", (await browser.Get("/notifications")).Text, StringComparison.Ordinal);
        var one = (await api.Get("/notifications")).Json["items"]![0]!["id"]!.GetValue<long>();

        await acme.Use(db => db.Customers.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnerId, acme.Admin.Id)));

        foreach (var path in new[] { "/notifications", "/notifications/newest", "/today" }) Assert.DoesNotContain("SECRET-NAME", (await browser.Get(path)).Body, StringComparison.Ordinal);
        Assert.Empty((await api.Get("/notifications")).Json["items"]!.AsArray());
        foreach (var act in new[] { "open", "read", "unread" }) Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/notifications/{one}/{act}")).Status);
        (await api.Patch($"/notifications/{one}", new { read = true })).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OthersNotifications_AreNotThere()
    {
        var acme = await Make.Tenant();
        var (ann, id) = (await Make.Member(acme, Role.Admin), await Make.Customer(acme, "Nordwind"));
        var hers = await Make.Notification(ann, NotificationKind.Stage, id);
        var browser = await acme.Admin.Browser();
        Assert.DoesNotContain("Nordwind", (await browser.Get("/notifications")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/notifications/{hers}/read")).Status);
        await browser.Post("/notifications/read");
        Assert.Equal(1, await Unread(ann));
    }

    [Fact]
    public async Task Bell_CountsUnread_AndAsksForNothingOnTheNextPage()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var (ann, id) = (await Make.Member(acme, Role.Manager), await Make.Customer(acme));
        await Follow(acme, id, ann.Id);
        var browser = await ann.Browser();
        await browser.Get("/customers");
        var before = await sql.Of(() => browser.Get("/customers"));
        await (await acme.Admin.Browser()).Post("/interactions/new", new { CustomerId = id, Channel = "Call" });

        Assert.Equal("1", (await browser.Get("/customers")).Find(".crm-bell-count")!.TextContent);
        Assert.Equal(before, await sql.Of(() => browser.Get("/customers")));
        await browser.Post("/notifications/read");
        Assert.Null((await browser.Get("/customers")).Find(".crm-bell-count"));
    }

    [Fact]
    public async Task Open_MarksAsReadAndLeadsThere()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        var notification = await Make.Notification(acme.Admin, NotificationKind.Stage, id);
        var browser = await acme.Admin.Browser();
        Assert.EndsWith($"/customers/{id}", (await browser.Post($"/notifications/{notification}/open")).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(0, await Unread(acme.Admin));
        Assert.DoesNotContain("changed the stage", (await browser.Get("/notifications?show=unread")).Text, StringComparison.Ordinal);
        Assert.Contains("changed the stage", (await browser.Get("/notifications?kind=stage")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("changed the stage", (await browser.Get("/notifications?kind=task")).Text, StringComparison.Ordinal);
        await browser.Post($"/notifications/{notification}/unread");
        Assert.Equal(1, await Unread(acme.Admin));
    }

    [Fact]
    public async Task ReadAll_Undone_AreUnreadAgain_AndOnlyThose()
    {
        var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);
        var acme = await Make.Tenant(host);
        var id = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        await browser.Post($"/notifications/{await Make.Notification(acme.Admin, NotificationKind.Stage, id)}/read");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 3; i++) await Make.Notification(acme.Admin, NotificationKind.Owner, id);
        await browser.Post("/notifications/read");
        Assert.Equal(0, await Unread(acme.Admin));
        await browser.Post($"/notifications/unread?at={host.Clock.Now.Ticks}");
        Assert.Equal(3, await Unread(acme.Admin));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/notifications/unread?at=x")).Status);
    }

    [Fact]
    public async Task Pages_GoByKey_AndShowEachOnce()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        for (var i = 0; i < 70; i++) await Make.Notification(acme.Admin, NotificationKind.Owner, id);
        var (browser, seen, path) = (await acme.Admin.Browser(), new HashSet<string>(StringComparer.Ordinal), "/notifications");
        for (var pages = 0; pages < 3; pages++)
        {
            var page = await browser.Get(path);
            foreach (var button in page.Html.QuerySelectorAll(".crm-notice-open")) Assert.True(seen.Add(button.GetAttribute("formaction")!));
            path = page.Find("a[rel=next]")?.GetAttribute("href")?[$"/t/{acme.Slug}".Length..];
            if (path is null) break;
        }

        Assert.Equal(70, seen.Count);
    }

    [Fact]
    public async Task Api_ListsAndMarks()
    {
        var acme = await Make.Tenant();
        var (id, api) = (await Make.Customer(acme, "Nordwind"), await Make.Program(acme.Admin));
        var notification = await Make.Notification(acme.Admin, NotificationKind.Stage, id);
        var item = (await api.Get("/notifications?show=unread&kind=stage")).Assert200().Json["items"]![0]!;
        Assert.Equal(("stage", id, false), (item["kind"]!.GetValue<string>(), item["customerId"]!.GetValue<long>(), item["read"]!.GetValue<bool>()));
        Assert.Contains("Nordwind", item["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True((await api.Patch($"/notifications/{notification}", new { read = true })).Assert200().Json["read"]!.GetValue<bool>());
        Assert.Empty((await api.Get("/notifications?show=unread")).Json["items"]!.AsArray());
        (await api.Patch($"/notifications/{notification}", new { read = (bool?)null })).AssertProblem(HttpStatusCode.BadRequest);
        (await api.Get("/notifications?kind=none")).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Old_AreForgottenAfterNinetyDays()
    {
        var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);
        var acme = await Make.Tenant(host);
        await Make.Notification(acme.Admin, NotificationKind.Stage, await Make.Customer(acme));
        host.Clock.Advance(TimeSpan.FromDays(89));
        await host.Scope(async services => { await services.GetRequiredService<CrmDb>().RemoveOldRows(host.Clock.Now, default); return 0; });
        Assert.Single(await Told(acme.Admin));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.Scope(async services => { await services.GetRequiredService<CrmDb>().RemoveOldRows(host.Clock.Now, default); return 0; });
        Assert.Empty(await Told(acme.Admin));
    }

    private static Task<int> Unread(TestMember member) => member.Tenant.Use(db =>
        db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).CountAsync(n => n.MemberId == member.Id && n.ReadAt == null));
}
