using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CrmWeb.Web.Features.Shared.Files;

public static class SeenFiles
{
    /// <summary>Of a customer who is archived nothing is shown; an interaction that is deleted takes its files along, and brings them back.</summary>
    public static IQueryable<Attachment> SeenAttachments(this CrmDb db) =>
        db.Attachments.Where(a => db.Customers.Any(c => c.Id == a.CustomerId) && (a.InteractionId == null || db.Interactions.Any(i => i.Id == a.InteractionId)));
}

/// <summary>Hands a file out, in pieces as the browser asks for them, and so that no browser takes it for a page of ours.</summary>
public sealed class AttachmentSending(AttachmentFiles files, CurrentTenant tenant, ILogger<AttachmentSending> log)
{
    // even the picture that is shown runs nothing, and is of no origin
    private const string Policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox";

    /// <param name="shown">In the browser; for pictures only. Anything else is saved.</param>
    public IActionResult Send(ControllerBase controller, Attachment file, bool shown = false)
    {
        Stream content;
        try
        {
            content = files.Open(tenant, file.StoredName);
        }
        catch (IOException e)
        {
            log.LogError(e, "The bytes of file {File} are not in the folder of files", file.Id);
            return controller.NotFound();
        }

        var headers = controller.Response.Headers;
        headers.CacheControl = "private, no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        headers.ContentDisposition = disposition.ToString();
        return new FileStreamResult(content, file.MediaType) { EnableRangeProcessing = true, EntityTag = new EntityTagHeaderValue($"\"{file.Sha256}\""), LastModified = new DateTimeOffset(file.AddedAt) };
    }
}
