using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Attachments;

public sealed class AttachmentPagesTests
{
    [Fact]
    public async Task Add_GoodAndBadFiles_KeepsTheGoodAndNamesTheBad()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        var page = await Upload(browser, customer, ("Offer.pdf", Make.Pdf()), ("virus.exe", "MZ\0"u8.ToArray()), ("Foto.png", Make.Png()));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains("virus.exe: Programs, scripts and web pages are not taken.", page.ErrorFor("Files"), StringComparison.Ordinal);
        Assert.Equal(["Foto.png", "Offer.pdf"], page.Texts("#files .crm-file-name"));
        Assert.Equal(["Foto.png", "Offer.pdf"], (await browser.Get($"/customers/{customer}")).Texts("#files .crm-file-name"));
        Assert.Equal(2, OnDisk(acme).Count);
    }

    [Fact]
    public async Task Add_ByScript_AnswersEachFile()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        browser.Http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        Assert.Equal((HttpStatusCode.OK, """{"added":["Offer.pdf"],"refused":[]}"""), Of(await Upload(browser, customer, ("Offer.pdf", Make.Pdf()))));
        var (status, body) = Of(await Upload(browser, customer, ("x.svg", "<svg/>"u8.ToArray())));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("{\"added\":[],\"refused\":[{\"name\":\"x.svg\",\"reason\":\"", body, StringComparison.Ordinal);
        static (HttpStatusCode, string) Of(Page page) => (page.Status, page.Body);
    }

    [Fact]
    public async Task Add_Nothing_AsksForAFile()
    {
        var acme = await Make.Tenant();
        var page = await (await acme.Admin.Browser()).Post($"/customers/{await Make.Customer(acme)}/files");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor("Files"));
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Marketer)]
    public async Task Add_WithoutTheRight_IsForbiddenAndOffersNothing(Role role)
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var file = await Make.File(acme, customer);
        var browser = await (await Make.Member(acme, role)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await Upload(browser, customer, ("Offer.pdf", Make.Pdf()))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post($"/files/{file}/delete")).Status);
        var page = await browser.Get($"/customers/{customer}/files");
        Assert.Null(page.Find("[data-drop]"));
        Assert.Null(page.Find($"[formaction$='/files/{file}/delete']"));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/files/{file}")).Status);
    }

    [Fact]
    public async Task T2_FileOfAnInvisibleOrArchivedCustomer_IsNotFound()
    {
        var acme = await Make.Tenant();
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        var (customer, archived) = (await Make.Customer(acme), await Make.Customer(acme));
        var (file, away) = (await Make.File(acme, customer), await Make.File(acme, archived));
        var (sales, admin) = (await (await Make.Member(acme, Role.Sales)).Browser(), await acme.Admin.Browser());
        await admin.Post($"/customers/{archived}/archive");
        foreach (var (browser, id, its) in new[] { (sales, file, customer), (admin, away, archived) })
        {
            foreach (var path in new[] { $"/files/{id}", $"/files/{id}/preview", $"/customers/{its}/files" }) Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/files/{id}/delete")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await Upload(browser, its, ("Offer.pdf", Make.Pdf()))).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await sales.Post($"/files/{file}/restore")).Status);
    }

    [Fact]
    public async Task T17_Download_IsAlwaysSavedAndRunsNothing()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        await Upload(browser, customer, ("پیشنهاد \"2026\"; x=y.pdf", Make.Pdf()));
        var file = await acme.Use(db => db.Attachments.SingleAsync());
        var answer = (await browser.Get($"/files/{file.Id}")).Response;
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.ToString());
        var disposition = answer.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", file.Name), (disposition.DispositionType, disposition.FileNameStar));
        Assert.DoesNotContain('\n', answer.Content.Headers.GetValues("Content-Disposition").Single());
        AssertHeaders(answer);
        Assert.Equal(Make.Pdf(), await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(Make.Pdf())), (long)Make.Pdf().Length, "application/pdf"), (file.Sha256, file.Size, file.MediaType));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/files/{file.Id}/preview")).Status);
    }

    [Fact]
    public async Task T17_Preview_IsForPicturesAlone_AsWhatTheyAre()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        await Upload(browser, customer, ("Foto.png", Make.Png()));
        var answer = (await browser.Get($"/files/{await acme.Use(db => db.Attachments.Select(a => a.Id).SingleAsync())}/preview")).Response;
        Assert.Equal(("inline", "image/png"), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentType!.ToString()));
        AssertHeaders(answer);
        foreach (var mediaType in new[] { "text/html", "image/svg+xml", "image/heic", "application/pdf", "text/plain" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/files/{await Make.File(acme, customer, mediaType: mediaType)}/preview")).Status);
    }

    [Fact]
    public async Task Download_OfARange_SendsThatPiece()
    {
        var acme = await Make.Tenant();
        var bytes = Make.Pdf(new string('x', 1000));
        var file = await Make.File(acme, await Make.Customer(acme), bytes: bytes);
        var browser = await acme.Admin.Browser();
        foreach (var (from, to, status) in new (long?, long?, HttpStatusCode)[] { (10, 19, HttpStatusCode.PartialContent), (null, 5, HttpStatusCode.PartialContent), (5000, null, HttpStatusCode.RequestedRangeNotSatisfiable) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/t/{acme.Slug}/files/{file}");
            request.Headers.Range = new RangeHeaderValue(from, to);
            var answer = await browser.Http.SendAsync(request);
            Assert.Equal(status, answer.StatusCode);
            if (status != HttpStatusCode.PartialContent) continue;
            Assert.Equal(from is null ? bytes[^5..] : bytes[10..20], await answer.Content.ReadAsByteArrayAsync());
            AssertHeaders(answer);
        }
    }

    [Fact]
    public async Task Delete_AndRestore_AreToldAndTakeTheFileAlong()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        await Upload(browser, customer, ("Offer.pdf", Make.Pdf()));
        var file = await acme.Use(db => db.Attachments.Select(a => a.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/files/{file}/delete")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/files/{file}")).Status);
        Assert.Empty((await browser.Get($"/customers/{customer}/files")).Texts(".crm-file"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/files/{file}/restore")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/files/{file}")).Status);
        var told = await acme.ChangesOf(RecordKind.Attachment, file);
        Assert.Equal([Act.Created, Act.Deleted, Act.Restored], told.Select(x => x.Act));
        Assert.All(told, x => Assert.Equal((customer, acme.Admin.Id), (x.CustomerId, x.MemberId)));
        Assert.Contains("Offer.pdf", (await browser.Get($"/customers/{customer}/history")).Text, StringComparison.Ordinal);
        Assert.Contains("Offer.pdf", (await browser.Get("/settings/audit")).Text, StringComparison.Ordinal);
        Assert.Contains("Offer.pdf", (await browser.Get("/settings/audit.csv")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfMany_PagesByKeyFromTheNewest()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        for (var i = 0; i < CustomerFiles.PageSize + 3; i++) await Make.File(acme, customer, $"{i}.pdf");
        var browser = await acme.Admin.Browser();
        Assert.Equal(["52.pdf", "51.pdf", "50.pdf", "49.pdf", "48.pdf"], (await browser.Get($"/customers/{customer}")).Texts("#files .crm-file-name"));
        var first = await browser.Get($"/customers/{customer}/files");
        var last = await browser.Get($"/customers/{customer}/files{new Uri(new Uri("http://x"), first.Find("[rel=next]")!.GetAttribute("href")!).Query}");
        Assert.Equal((CustomerFiles.PageSize, 3), (first.Texts(".crm-file").Count(), last.Texts(".crm-file").Count()));
    }

    [Fact]
    public async Task Log_WithFiles_ShowsThemOnTheTimeline_AndHidesThemWithTheInteraction()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var browser = await (await Make.Member(acme, Role.Service)).Browser();
        var refused = await browser.Send(HttpMethod.Post, "/interactions/new", Form(customer, ("x.exe", "MZ\0"u8.ToArray()), ("Foto.png", Make.Png())));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("x.exe", refused.ErrorFor("Files"), StringComparison.Ordinal);
        Assert.Equal("Interview", refused.Value("Subject"));
        Assert.Empty(OnDisk(acme));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Send(HttpMethod.Post, "/interactions/new", Form(customer, ("Foto.png", Make.Png())))).Status);
        var page = await browser.Get($"/customers/{customer}");
        Assert.Equal(["Foto.png"], page.Texts(".crm-timeline-item .crm-attached a"));
        Assert.Equal(["Foto.png"], page.Texts("#files .crm-file-name"));
        var (interaction, file) = await acme.Use(async db => (await db.Interactions.Select(i => i.Id).SingleAsync(), await db.Attachments.Select(a => a.Id).SingleAsync()));
        await browser.Post($"/interactions/{interaction}/delete");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/files/{file}")).Status);
        Assert.Empty((await browser.Get($"/customers/{customer}")).Texts("#files .crm-file-name"));
        await browser.Post($"/interactions/{interaction}/restore");
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/files/{file}")).Status);
    }

    internal static Task<Page> Upload(Visitor browser, long customer, params (string, byte[])[] files) =>
        browser.Send(HttpMethod.Post, $"/customers/{customer}/files", Make.Upload("Files", files));

    internal static IReadOnlyList<string> OnDisk(TestTenant tenant)
    {
        var folder = Path.Combine(tenant.Host.Folder, "attachments", tenant.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    private static MultipartFormDataContent Form(long customer, params (string, byte[])[] files)
    {
        var form = Make.Upload("Files", files);
        foreach (var (name, value) in new[] { ("CustomerId", $"{customer}"), ("Channel", "Visit"), ("Subject", "Interview") }) form.Add(new StringContent(value), name);
        return form;
    }

    private static void AssertHeaders(HttpResponseMessage answer)
    {
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
    }
}
