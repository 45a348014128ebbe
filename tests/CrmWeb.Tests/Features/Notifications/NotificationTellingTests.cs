using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Notifications;

/// <summary>What is told, to whom, and at what cost.</summary>
public sealed class NotificationTellingTests
{
    [Fact]
    public async Task WhatOthersDo_IsTold_AndWhatOneDidOneselfIsNot()
    {
        var acme = await Make.Tenant();
        var (ann, id) = (await Make.Member(acme, Role.Manager, "Ann"), await Make.Customer(acme, "Nordwind"));
        await Follow(acme, id, ann.Id, acme.Admin.Id);
        var browser = await acme.Admin.Browser();
        var version = (await acme.CustomerOf(id)).Version;
        await browser.Post($"/customers/{id}/cell", new { field = "stage", Stage = "Prospect", Version = version });
        await browser.Post($"/customers/{id}/cell", new { field = "owner", OwnerId = ann.Id, Version = version + 1 });
        await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call", Subject = "First" });
        await browser.Post("/tasks/new", new { Title = "Offer", DueOn = "2030-01-01", OwnerId = ann.Id });
        await browser.Post($"/customers/{id}/archive");
        await browser.Post($"/customers/{id}/restore");

        Assert.Equal(
            [(NotificationKind.Assigned, 1), (NotificationKind.Task, 1), (NotificationKind.Contact, 1), (NotificationKind.Stage, 1), (NotificationKind.Archived, 2)],
            await Told(ann));
        Assert.Empty(await Told(acme.Admin));
        var page = (await (await ann.Browser()).Get("/notifications")).Find("main")!.TextContent;
        foreach (var words in new[] { "gave you the customer", "gave you the task", "logged a contact with", "changed the stage of", "restored" }) Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contacts_WithinAWhile_AreOne()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var (ann, id) = (await Make.Member(acme, Role.Manager), await Make.Customer(acme, "Acme"));
        await Follow(acme, id, ann.Id);
        host.Clock.Now = new DateTime(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);
        var browser = await acme.Admin.Browser();
        for (var i = 0; i < 3; i++)
        {
            await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call" });
            host.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal([(NotificationKind.Contact, 3)], await Told(ann));
        var hers = await ann.Browser();
        Assert.Contains("3 contacts logged with", (await hers.Get("/notifications")).Text, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call" });
        Assert.Equal([(NotificationKind.Contact, 1), (NotificationKind.Contact, 3)], (await Told(ann)).Order());
        // what was read is not counted on
        await hers.Post("/notifications/read");
        await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call" });
        Assert.Equal(3, (await Told(ann)).Count);
    }

    [Fact]
    public async Task Mention_TellsAFollowerOnce()
    {
        var acme = await Make.Tenant();
        var (ann, id) = (await Make.Member(acme, Role.Manager, "Ann Miller"), await Make.Customer(acme));
        await Follow(acme, id, ann.Id);
        await (await acme.Admin.Browser()).Post($"/customers/{id}/notes", new { Body = "@Ann Miller look, and @Ann Miller again" });
        Assert.Equal([(NotificationKind.Mention, 1)], await Told(ann));
    }

    [Fact]
    public async Task ChosenNothing_OrDeactivated_IsToldNothing()
    {
        var acme = await Make.Tenant();
        var (ann, bob, id) = (await Make.Member(acme, Role.Manager), await Make.Member(acme, Role.Manager), await Make.Customer(acme));
        await Follow(acme, id, ann.Id, bob.Id);
        await (await ann.Browser()).Post("/account/notifications", new { Contact = "Nothing", DigestHour = 8 });
        await acme.Use(db => db.Members.Where(m => m.Id == bob.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DeactivatedAt, acme.Host.Clock.Now)));
        await (await acme.Admin.Browser()).Post("/interactions/new", new { CustomerId = id, Channel = "Call" });
        Assert.Empty(await Told(ann));
        Assert.Empty(await Told(bob));
    }

    /// <summary>R8: whoever has the whole tenant follow a customer makes its saves no dearer for the database.</summary>
    [Theory]
    [InlineData("contact")]
    [InlineData("stage")]
    public async Task R8_ManyFollowers_CostNoMoreStatementsThanOne(string what)
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var (warm, one, many, browser) = (await Make.Customer(acme), await Make.Customer(acme), await Make.Customer(acme), await acme.Admin.Browser());
        var members = new List<long>();
        for (var i = 0; i < 50; i++) members.Add((await Make.Member(acme, Role.Manager)).Id);
        await Follow(acme, warm, members[0]);
        await Follow(acme, one, members[0]);
        await Follow(acme, many, [.. members]);

        async Task<int> Save(long id, string stage)
        {
            var version = (await acme.CustomerOf(id)).Version;
            return await sql.OfAll(() => what == "contact"
                ? browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call" })
                : browser.Post($"/customers/{id}/cell", new { field = "stage", Stage = stage, Version = version }));
        }

        await Save(warm, "Prospect");
        var (first, all) = (await Save(one, "Prospect"), await Save(many, "Prospect"));
        var (second, folded) = (await Save(one, "Customer"), await Save(many, "Customer"));

        Assert.Equal(52, await acme.Use(db => db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).CountAsync()));
        Assert.Equal(50, await acme.Use(db => db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).CountAsync(n => n.CustomerId == many && n.Count == 2)));
        // the lock in order is one statement more where there are several to lock
        Assert.InRange(all, 1, first + 1);
        Assert.InRange(folded, 1, second + 1);
    }

    [Fact]
    public async Task ChosenAMailSince_IsToldAnew_NotWithWhatWaitsForNone()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var (ann, id) = (await Make.Member(acme, Role.Manager), await Make.Customer(acme));
        await Follow(acme, id, ann.Id);
        var browser = await acme.Admin.Browser();
        await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call" });
        await (await ann.Browser()).Post("/account/notifications", new { Contact = "Digest", FollowsOwned = "true", DigestHour = 8 });
        for (var i = 0; i < 2; i++) await browser.Post("/interactions/new", new { CustomerId = id, Channel = "Call" });
        var rows = await acme.Use(db => db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).OrderBy(n => n.Id).Select(n => new { n.Count, HasMail = n.MailDueAt != null }).ToListAsync());
        Assert.Equal([(1, false), (2, true)], rows.Select(row => (row.Count, row.HasMail)));
    }

    [Fact]
    public async Task File_Added_IsToldToWhoFollows_AndOneWithAContactWithIt()
    {
        var acme = await Make.Tenant();
        var (ann, id) = (await Make.Member(acme, Role.Manager), await Make.Customer(acme, "Nordwind"));
        await Follow(acme, id, ann.Id, acme.Admin.Id);
        var browser = await acme.Admin.Browser();
        await browser.Send(HttpMethod.Post, $"/customers/{id}/files", Make.Upload("Files", ("a.pdf", Make.Pdf()), ("b.pdf", Make.Pdf())));
        Assert.Equal([(NotificationKind.File, 2)], await Told(ann));
        Assert.Contains("2 files added to", (await (await ann.Browser()).Get("/notifications?kind=file")).Text, StringComparison.Ordinal);
        Assert.Empty(await Told(acme.Admin));

        var form = Make.Upload("Files", ("c.pdf", Make.Pdf()));
        form.Add(new StringContent($"{id}"), "CustomerId");
        form.Add(new StringContent("Call"), "Channel");
        await browser.Send(HttpMethod.Post, "/interactions/new", form);
        Assert.Equal([(NotificationKind.Contact, 1), (NotificationKind.File, 2)], await Told(ann));
    }

    [Fact]
    public async Task RepeatingTask_NextOne_KeepsItsMentions_AndTellsNobodyAgain()
    {
        var acme = await Make.Tenant();
        var ann = await Make.Member(acme, Role.Manager, "Ann");
        var browser = await acme.Admin.Browser();
        await browser.Post("/tasks/new", new { Title = "Report", DueOn = "2030-01-01", OwnerId = acme.Admin.Id, Repeat = "Weekly", Note = "with @Ann" });
        Assert.Equal([(NotificationKind.Mention, 1)], await Told(ann));
        await browser.Post($"/tasks/{await acme.Use(db => db.Tasks.Select(t => t.Id).SingleAsync())}/done");

        var next = await acme.Use(db => db.Tasks.Include(t => t.Mentions).SingleAsync(t => t.DoneAt == null));
        Assert.Equal([ann.Id], next.Mentions.Select(m => m.MemberId));
        Assert.Equal([(NotificationKind.Mention, 1)], await Told(ann));
        // an edit that keeps the name tells nobody either
        await browser.Post($"/tasks/{next.Id}", new { next.Title, DueOn = "2030-02-01", OwnerId = acme.Admin.Id, Repeat = "Weekly", Note = "with @Ann, please", next.Version });
        Assert.Equal([(NotificationKind.Mention, 1)], await Told(ann));
    }

    internal static Task<int> Follow(TestTenant tenant, long customer, params long[] members) => tenant.Use(async db =>
    {
        foreach (var member in members) await db.Follow(customer, member, true, default);
        return members.Length;
    });

    internal static Task<List<(NotificationKind, int)>> Told(TestMember member) => member.Tenant.Use(async db =>
        (await db.Notifications.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(n => n.MemberId == member.Id).OrderBy(n => n.Kind).Select(n => new { n.Kind, n.Count }).ToListAsync()).ConvertAll(n => (n.Kind, n.Count)));
}
