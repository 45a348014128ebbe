using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrmWeb.Tests.Features.Attachments.AttachmentPagesTests;

namespace CrmWeb.Tests.Features.Attachments;

/// <summary>Bytes and rows stay together: under limits, at once, and when something breaks in between.</summary>
public sealed class AttachmentKeepingTests
{
    [Fact]
    public async Task T17_LimitsOfSizeAndNumber_NameEachFile()
    {
        await using var host = await CrmHost.Start(settings: Settings(("Files:MaxAttachment", "2000"), ("Files:MaxAtOnce", "2")));
        var acme = await Make.Tenant(host);
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        var page = await Upload(browser, customer, ("large.pdf", Make.Pdf(new string('x', 3000))), ("good.pdf", Make.Pdf()), ("third.pdf", Make.Pdf()));
        Assert.Equal("large.pdf: It is larger than 2 KB.third.pdf: At most 2 files at once.", page.ErrorFor("Files"));
        Assert.Equal(["good.pdf"], page.Texts("#files .crm-file-name"));
        // what says itself that it is too much is not read
        var much = Make.Upload("Files", ("huge.pdf", Make.Pdf(new string('x', 2 << 20))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await browser.Send(HttpMethod.Post, $"/customers/{customer}/files", much)).Status);
        Assert.NotNull((await browser.Get($"/customers/{customer}/files?tooMuch=true")).ErrorFor("Files"));
    }

    [Fact]
    public async Task T17_Quota_IsSaidAtTheField_AndHoldsWhenManyComeAtOnce()
    {
        var bytes = Make.Pdf(new string('x', 900));
        await using var host = await CrmHost.Start(settings: Settings(("Files:Quota", $"{bytes.Length * 3}")));
        var (acme, other) = (await Make.Tenant(host), await Make.Tenant(host));
        var customer = await Make.Customer(acme);
        await Make.File(other, await Make.Customer(other), bytes: Make.Pdf(new string('x', 5000)));
        var browsers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => acme.Admin.Browser()));
        var pages = await Task.WhenAll(browsers.Select((browser, i) => Upload(browser, customer, ($"{i}.pdf", bytes))));
        Assert.Equal(3, pages.Count(page => page.Status == HttpStatusCode.Redirect));
        Assert.All(pages.Where(page => page.Status != HttpStatusCode.Redirect), page => Assert.Contains("There is no room for it", page.ErrorFor("Files"), StringComparison.Ordinal));
        Assert.Equal(3, await acme.Use(db => db.Attachments.CountAsync()));
        Assert.Equal(3, OnDisk(acme).Count);
        // what is deleted takes its room until it is gone
        await browsers[0].Post($"/files/{await acme.Use(db => db.Attachments.MaxAsync(a => a.Id))}/delete");
        Assert.Equal(HttpStatusCode.BadRequest, (await Upload(browsers[0], customer, ("7.pdf", bytes))).Status);
    }

    [Fact]
    public async Task Add_DatabaseBreaksBeforeTheRow_LeavesNoBytesBehind()
    {
        var (host, breaks) = await Breaks.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        breaks.With = sql => sql.Contains("INSERT INTO \"Attachments\"", StringComparison.Ordinal) ? new DatabaseAway() : null;
        Assert.True((await Upload(browser, customer, ("Offer.pdf", Make.Pdf()))).Status >= HttpStatusCode.InternalServerError);
        Assert.Empty(OnDisk(acme));
        breaks.With = _ => null;
        Assert.Equal(HttpStatusCode.Redirect, (await Upload(browser, customer, ("Offer.pdf", Make.Pdf()))).Status);
        Assert.Single(OnDisk(acme));
    }

    /// <summary>A process that dies between the bytes and the row leaves bytes that no row names: the sweep of the next day takes them, and nothing else.</summary>
    [Fact]
    public async Task Daily_BytesWithoutARow_AreSweptWhenTheyAreOld()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var file = await Make.File(acme, await Make.Customer(acme));
        var named = OnDisk(acme).Single();
        var folder = Path.GetDirectoryName(named)!;
        var (old, young, foreign) = (Path.Combine(folder, new string('a', 32)), Path.Combine(folder, new string('b', 32)), Path.Combine(folder, "README"));
        foreach (var path in new[] { old, young, foreign }) await File.WriteAllTextAsync(path, "x");
        foreach (var path in new[] { old, named, foreign }) File.SetLastWriteTimeUtc(path, host.Clock.Now.AddDays(-2));
        await Daily(host);
        Assert.Equal([named, young, foreign], new[] { named, old, young, foreign }.Where(File.Exists));
        // a database that is restored may name it again
        var aside = Path.Combine(folder, "..", "aside", Path.GetFileName(folder), Path.GetFileName(old));
        Assert.True(File.Exists(aside));
        Assert.Equal(HttpStatusCode.OK, (await (await acme.Admin.Browser()).Get($"/files/{file}")).Status);
        File.SetLastWriteTimeUtc(aside, host.Clock.Now.AddDays(-31));
        await Daily(host);
        Assert.False(File.Exists(aside));
    }

    [Fact]
    public async Task Daily_DeletedLongAgo_IsGoneWithItsBytes_AndTold()
    {
        await using var host = await CrmHost.Start();
        var tenants = new[] { await Make.Tenant(host), await Make.Tenant(host) };
        foreach (var tenant in tenants)
        {
            var customer = await Make.Customer(tenant);
            var (gone, _) = (await Make.File(tenant, customer, "gone.pdf"), await Make.File(tenant, customer, "stays.pdf"));
            await (await tenant.Admin.Browser()).Post($"/files/{gone}/delete");
        }

        await Daily(host);
        foreach (var tenant in tenants) Assert.Equal(2, OnDisk(tenant).Count);
        host.Clock.Advance(Attachment.KeptDeleted + TimeSpan.FromMinutes(1));
        await Daily(host);
        foreach (var tenant in tenants)
        {
            Assert.Single(OnDisk(tenant));
            Assert.Equal(["stays.pdf"], await tenant.Use(db => db.Attachments.IgnoreQueryFilters([CrmWeb.Data.TenantScoping.DeletedFilter]).Select(a => a.Name).ToListAsync()));
            var last = await tenant.Use(db => db.Changes.Where(x => x.Record == RecordKind.Attachment).OrderByDescending(x => x.Id).FirstAsync());
            Assert.Equal((Act.Deleted, "gone.pdf", Via.Job, (long?)null), (last.Act, last.Old, last.Via, last.MemberId));
        }
    }

    [Fact]
    public async Task T6_SameNameOnTheDisk_InAnotherTenant_IsAnotherFile()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var mine = await Make.File(acme, await Make.Customer(acme), bytes: Make.Pdf("MARK-A"));
        var theirs = await Make.File(other, await Make.Customer(other), bytes: Make.Pdf("MARK-B"));
        var name = await acme.Use(db => db.Attachments.Where(a => a.Id == mine).Select(a => a.StoredName).SingleAsync());
        await other.Use(db => db.Attachments.Where(a => a.Id == theirs).ExecuteUpdateAsync(set => set.SetProperty(a => a.StoredName, name)));
        var browser = await other.Admin.Browser();
        Assert.DoesNotContain("MARK-A", (await browser.Get($"/files/{theirs}")).Body, StringComparison.Ordinal);
        await other.Use(db => db.Attachments.Where(a => a.Id == theirs).ExecuteUpdateAsync(set => set.SetProperty(a => a.StoredName, $"../{acme.Id}/{name}"[..32])));
        Assert.DoesNotContain("MARK-A", (await browser.Get($"/files/{theirs}")).Body, StringComparison.Ordinal);
    }

    private static Task<int> Daily(CrmHost host) => host.Scope(async services =>
    {
        await services.GetRequiredService<Schedule>().Daily(default);
        return 0;
    });

    private static Dictionary<string, string?> Settings(params (string Key, string Value)[] settings) => settings.ToDictionary(s => s.Key, s => (string?)s.Value, StringComparer.Ordinal);
}
