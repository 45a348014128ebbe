using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Attachments;

/// <summary>A file as the API tells it.</summary>
/// <param name="MediaType">Found by looking into it, whatever was claimed.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of its bytes, in hexadecimal.</param>
[Example("""{"id":71,"customerId":41,"interactionId":901,"name":"Offer 2026-118.pdf","mediaType":"application/pdf","size":48213,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","memberId":3,"addedAt":"2026-11-22T09:58:00Z"}""")]
public sealed record AttachmentJson(long Id, long CustomerId, long? InteractionId, string Name, string MediaType, long Size, string Sha256, long? MemberId, DateTime AddedAt)
{
    public static readonly Expression<Func<Attachment, AttachmentJson>> Of =
        a => new AttachmentJson(a.Id, a.CustomerId, a.InteractionId, a.Name, a.MediaType, a.Size, a.Sha256, a.MemberId, a.AddedAt);
}

/// <summary>A file that comes in.</summary>
public sealed record AttachmentInput
{
    /// <summary>The file, with its name.</summary>
    [FromForm(Name = "file")] public IFormFile? File { get; init; }

    /// <summary>An interaction of the customer, where it belongs to one.</summary>
    [FromForm(Name = "interactionId")] public long? InteractionId { get; init; }
}
