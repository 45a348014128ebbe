using System.Net;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Attachments;

public sealed class AttachmentsApiTests
{
    [Fact]
    public async Task Files_ByAProgram_ComeInAreListedReadAndDeleted()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var interaction = await Make.Interaction(acme, customer);
        var api = await Make.Program(acme.Admin);
        var form = Make.Upload("file", ("Offer.pdf", Make.Pdf()));
        form.Add(new StringContent($"{interaction}"), "interactionId");
        var made = (await api.Post($"/customers/{customer}/files", form)).AssertStatus(HttpStatusCode.Created);
        Assert.Equal($"/api/v1/files/{made.Id}", made.Response.Headers.Location!.OriginalString);
        Assert.Equal(("Offer.pdf", "application/pdf", interaction), (made.Json["name"]!.GetValue<string>(), made.Json["mediaType"]!.GetValue<string>(), made.Json["interactionId"]!.GetValue<long>()));
        var second = (await api.Post($"/customers/{customer}/files", Make.Upload("file", ("Foto.png", Make.Png())))).Id;
        var page = (await api.Get($"/customers/{customer}/files?limit=1")).Assert200().Json;
        Assert.Equal(second, page["items"]![0]!["id"]!.GetValue<long>());
        Assert.Equal(made.Id, (await api.Get($"/customers/{customer}/files?after={page["next"]}")).Json["items"]![0]!["id"]!.GetValue<long>());
        var read = (await api.Get($"/files/{made.Id}")).Assert200();
        Assert.Equal((made.ETag, made.Json["sha256"]!.ToJsonString()), (read.ETag, read.Json["sha256"]!.ToJsonString()));
        var content = (await api.Get($"/files/{made.Id}/content", ("Range", "bytes=0-4"))).AssertStatus(HttpStatusCode.PartialContent);
        Assert.Equal(("%PDF-", "attachment"), (content.Body, content.Response.Content.Headers.ContentDisposition!.DispositionType));
        (await api.Delete($"/files/{made.Id}", ("If-Match", "\"1.99\""))).AssertProblem(HttpStatusCode.PreconditionFailed);
        (await api.Delete($"/files/{made.Id}", ("If-Match", made.ETag!))).AssertStatus(HttpStatusCode.NoContent);
        (await api.Get($"/files/{made.Id}/content")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Add_WrongFileOrInteraction_IsRefusedAtItsField()
    {
        var acme = await Make.Tenant();
        var (customer, other) = (await Make.Customer(acme), await Make.Customer(acme));
        var api = await Make.Program(acme.Admin);
        var page = Make.Upload("file", ("x.html", "<html>"u8.ToArray()));
        Assert.NotEmpty((await api.Post($"/customers/{customer}/files", page)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("file"));
        Assert.NotEmpty((await api.Post($"/customers/{customer}/files", new MultipartFormDataContent { { new StringContent("1"), "x" } })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("file"));
        var form = Make.Upload("file", ("Offer.pdf", Make.Pdf()));
        form.Add(new StringContent($"{await Make.Interaction(acme, other)}"), "interactionId");
        Assert.NotEmpty((await api.Post($"/customers/{customer}/files", form)).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("interactionId"));
        Assert.Equal(0, await acme.Use(db => db.Attachments.CountAsync()));
        Assert.Empty(AttachmentPagesTests.OnDisk(acme));
    }

    [Fact]
    public async Task Add_SentAgainWithItsKey_IsAddedOnce()
    {
        var acme = await Make.Tenant();
        var customer = await Make.Customer(acme);
        var api = await Make.Program(acme.Admin);
        // each form has a boundary of its own, as programs make them
        async Task<ApiAnswer> Send()
        {
            var form = new MultipartFormDataContent();
            form.Add(new ByteArrayContent(Make.Pdf()), "file", "Offer.pdf");
            return await api.Post($"/customers/{customer}/files", form, ("Idempotency-Key", "k1"));
        }

        var first = (await Send()).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(first.Body, (await Send()).AssertStatus(HttpStatusCode.Created).Body);
        Assert.Equal(1, await acme.Use(db => db.Attachments.CountAsync()));
        Assert.Single(AttachmentPagesTests.OnDisk(acme));
    }
}
