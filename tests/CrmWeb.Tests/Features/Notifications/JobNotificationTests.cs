using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrmWeb.Tests.Features.Notifications.NotificationTellingTests;

namespace CrmWeb.Tests.Features.Notifications;

/// <summary>Long work is told when it ends: to whoever asked for it, and to whoever it gave customers.</summary>
public sealed class JobNotificationTests
{
    [Fact]
    public async Task BulkEdit_Ended_IsToldOnceToWhoeverStartedIt()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var ann = await Make.Member(acme, Role.Manager);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++) ids.Add(await Make.Customer(acme));
        foreach (var id in ids) await Follow(acme, id, ann.Id);
        var browser = await acme.Admin.Browser();
        var edit = await Make.BulkEdit(acme, null, [.. ids]);
        await browser.Post($"/customers/bulk/{edit}/field", new { Field = "stage", Value = "Prospect" });
        await browser.Post($"/customers/bulk/{edit}/run");
        while (await host.Services.GetRequiredService<JobRunner>().RunNext(default)) { }

        Assert.Equal([(NotificationKind.Job, 1)], await Told(acme.Admin));
        Assert.Empty(await Told(ann));
        var page = await browser.Get("/notifications");
        Assert.Contains("Your bulk edit is done", page.Text, StringComparison.Ordinal);
        Assert.EndsWith($"/customers/bulk/{edit}", (await browser.Post(page.Find(".crm-notice-open")!.GetAttribute("formaction")![$"/t/{acme.Slug}".Length..])).Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BulkEdit_TakenBack_IsToldAsThat_AndTheFirstStaysWhatItWas()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var edit = await Make.BulkEdit(acme, new BulkWhat(BulkAct.Set, "city") { Values = ["Berlin"] }, [await Make.Customer(acme), await Make.Customer(acme)]);
        await acme.Do(edit);
        await acme.Do(edit, undo: true);
        var page = await (await acme.Admin.Browser()).Get("/notifications");
        Assert.Equal(["Your bulk edit is taken back", "Your bulk edit is done"], page.Texts(".crm-notice-open").Select(text => text.Replace("Unread:", "", StringComparison.Ordinal).Trim()));
        Assert.EndsWith($"/customers/bulk/{edit}", (await Open(acme, page)).OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Reverted_IsToldAsThat_AndTheFirstStaysWhatItWas()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var import = await Make.Import(acme, "externalId,name\ne1,Ann\n");
        await acme.Do(import, Import.RunJob);
        await acme.Do(import, Import.RevertJob);
        var page = await (await acme.Admin.Browser()).Get("/notifications");
        var texts = page.Texts(".crm-notice-open").ToList();
        Assert.Contains("is taken back", texts[0], StringComparison.Ordinal);
        Assert.Contains("is done", texts[1], StringComparison.Ordinal);
        Assert.All(texts, text => Assert.Contains(".csv", text, StringComparison.Ordinal));
        Assert.EndsWith($"/imports/{import}", (await Open(acme, page)).OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "gave you the customer")]
    [InlineData(3, "gave you 3 customers")]
    public async Task BulkEdit_GivesCustomers_TellsTheirNewOwnerOnce(int count, string words)
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var ann = await Make.Member(acme, Role.Manager);
        var ids = new List<long> { await Make.Customer(acme, "Hers already", d => d with { OwnerId = ann.Id }) };
        for (var i = 0; i < count; i++) ids.Add(await Make.Customer(acme));
        await acme.Do(await Make.BulkEdit(acme, new BulkWhat(BulkAct.Set, "ownerId") { Values = [$"{ann.Id}"] }, ids));

        Assert.Equal([(NotificationKind.Assigned, count)], await Told(ann));
        var page = await (await ann.Browser()).Get("/notifications");
        Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.EndsWith(count == 1 ? $"/customers/{ids[1]}" : "/customers?owner=me", (await Open(acme, page, ann)).OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BulkEdit_ToOneself_TellsOnlyThatItEnded()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        await acme.Do(await Make.BulkEdit(acme, new BulkWhat(BulkAct.Set, "ownerId") { Values = [$"{acme.Admin.Id}"] }, [await Make.Customer(acme)]));
        Assert.Equal([(NotificationKind.Job, 1)], await Told(acme.Admin));
    }

    [Fact]
    public async Task JobThatKillsEveryWorker_TellsWhoAsked()
    {
        var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var job = await acme.Ask(await Make.Import(acme, "externalId,name\ne1,Ann\n"), Import.RunJob);
        for (var i = 0; i < Job.MaxAttempts; i++)
        {
            await host.Scope(services => services.GetRequiredService<CrmDb>().ClaimJob("dies", host.Clock.Now, default, job));
            host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        }

        Assert.Empty(await Told(acme.Admin));
        var runner = host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal((JobState.Failed, JobQueue.TriedTooOften), await acme.Use(async db => (await db.Jobs.SingleAsync(j => j.Id == job)) is var one ? (one.State, one.Note) : default));
        Assert.Equal([(NotificationKind.Job, 1)], await Told(acme.Admin));
        Assert.Contains("has failed", (await (await acme.Admin.Browser()).Get("/notifications")).Text, StringComparison.Ordinal);
    }

    private static async Task<Uri> Open(TestTenant acme, Page page, TestMember? by = null) =>
        (await (await (by ?? acme.Admin).Browser()).Post(page.Find(".crm-notice-open")!.GetAttribute("formaction")![$"/t/{acme.Slug}".Length..])).Location!;
}
