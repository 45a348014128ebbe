using System.Net;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrmWeb.Tests.Features.Attachments.AttachmentPagesTests;

namespace CrmWeb.Tests.Features.Attachments;

/// <summary>R8: looking into archives takes turns and ends in time; who must wait too long is told when to come again.</summary>
public sealed class ArchiveTurnsTests
{
    [Fact]
    public async Task R8_NoTurn_IsSaidWithWhenToComeAgain_AndOnlyOfArchives()
    {
        await using var host = await CrmHost.Start(settings: Settings(("Files:ArchivesAtOnce", "1"), ("Files:ArchiveWait", "0.2")));
        var (acme, other) = (await Make.Tenant(host), await Make.Tenant(host));
        var (customer, browser, api) = (await Make.Customer(acme), await acme.Admin.Browser(), await Make.Program(acme.Admin));
        var turn = await host.Services.GetRequiredService<ArchiveTurns>().Take(other.Id, default);

        var page = await Upload(browser, customer, ("Letter.docx", Make.Docx()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("Send it again in a minute", page.ErrorFor("Files"), StringComparison.Ordinal);
        Assert.NotNull(page.Response.Headers.RetryAfter?.Delta);
        var answer = (await api.Post($"/customers/{customer}/files", Make.Upload("file", ("Letter.docx", Make.Docx())), ("Idempotency-Key", "k1"))).AssertProblem(HttpStatusCode.ServiceUnavailable);
        Assert.NotNull(answer.Response.Headers.RetryAfter?.Delta);
        var form = Make.Upload("Files", ("Letter.docx", Make.Docx()));
        form.Add(new StringContent($"{customer}"), "CustomerId");
        form.Add(new StringContent("Call"), "Channel");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.Send(HttpMethod.Post, "/interactions/new", form)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await Upload(browser, customer, ("Offer.pdf", Make.Pdf()))).Status);
        Assert.Single(OnDisk(acme));

        turn!.Dispose();
        Assert.Equal(HttpStatusCode.Redirect, (await Upload(browser, customer, ("Letter.docx", Make.Docx()))).Status);
        // what failed on our side may be sent again with its key
        (await api.Post($"/customers/{customer}/files", Make.Upload("file", ("Letter.docx", Make.Docx())), ("Idempotency-Key", "k1"))).AssertStatus(HttpStatusCode.Created);
    }

    [Fact]
    public async Task R8_OneTenant_NeverTakesEveryTurn()
    {
        await using var host = await CrmHost.Start(settings: Settings(("Files:ArchivesAtOnce", "2"), ("Files:ArchiveWait", "0.2")));
        var turns = host.Services.GetRequiredService<ArchiveTurns>();
        using var first = await turns.Take(1, default);
        Assert.NotNull(first);
        Assert.Null(await turns.Take(1, default));
        using (var theirs = await turns.Take(2, default)) Assert.NotNull(theirs);
        // whoever gave up waiting holds nothing
        using var again = await turns.Take(2, default);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task R8_ManyArchivesOfOneRequest_ShareOneBudget()
    {
        var inspection = (await CrmHost.Shared()).Services.GetRequiredService<FileInspection>();
        var budget = new UnpackBudget(150_000, TimeSpan.FromMinutes(1));
        var zip = Make.Zip(("a.txt", new byte[100_000]));
        Assert.NotNull(inspection.Look("a.zip", new MemoryStream(zip), budget).Type);
        Assert.Contains("Send it by itself", inspection.Look("b.zip", new MemoryStream(zip), budget).Reason, StringComparison.Ordinal);
        Assert.Contains("Send it by itself", inspection.Look("c.zip", new MemoryStream(zip), new UnpackBudget(long.MaxValue, TimeSpan.Zero)).Reason, StringComparison.Ordinal);
        Assert.NotNull(inspection.Look("d.zip", new MemoryStream(zip)).Type);
    }

    [Fact]
    public async Task Quota_IsAskedBeforeAnythingIsLookedInto()
    {
        await using var host = await CrmHost.Start(settings: Settings(("Files:Quota", "1000"), ("Files:ArchivesAtOnce", "1"), ("Files:ArchiveWait", "0.2")));
        var acme = await Make.Tenant(host);
        // nobody gets a turn, and it would not be an archive anyway
        using var turn = await host.Services.GetRequiredService<ArchiveTurns>().Take(acme.Id, default);
        var page = await Upload(await acme.Admin.Browser(), await Make.Customer(acme), ("a.zip", [.. "PK"u8, 3, 4, .. new byte[2000]]), ("fits.pdf", Make.Pdf()));
        Assert.Contains("a.zip: There is no room for it", page.ErrorFor("Files"), StringComparison.Ordinal);
        Assert.Equal(["fits.pdf"], page.Texts("#files .crm-file-name"));
    }

    /// <summary>A call with a key is one transaction; on SQLite nobody else writes while it is open.</summary>
    [Fact]
    public async Task Api_WithAKey_HoldsNoTransactionWhileItsFileIsLookedInto()
    {
        await using var host = await CrmHost.Start(settings: Settings(("Files:ArchivesAtOnce", "1"), ("Files:ArchiveWait", "60")));
        var acme = await Make.Tenant(host);
        var (customer, api) = (await Make.Customer(acme), await Make.Program(acme.Admin));
        (await api.Get("/customers")).Assert200();
        Task<ApiAnswer> waiting;
        using (await host.Services.GetRequiredService<ArchiveTurns>().Take(acme.Id, default))
        {
            waiting = api.Post($"/customers/{customer}/files", Make.Upload("file", ("Letter.docx", Make.Docx())), ("Idempotency-Key", "k1"));
            await Task.Delay(500);
            Assert.False(waiting.IsCompleted);
            await Make.Customer(acme).WaitAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(0, await acme.Use(db => db.IdempotencyKeys.CountAsync()));
        }

        (await waiting).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(1, await acme.Use(db => db.IdempotencyKeys.CountAsync()));
        Assert.Single(OnDisk(acme));
    }

    private static Dictionary<string, string?> Settings(params (string Key, string Value)[] settings) => settings.ToDictionary(s => s.Key, s => (string?)s.Value, StringComparer.Ordinal);
}
