using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Attachments;

[Route("api/v1")]
[Tags("Files")]
public sealed class AttachmentsApiController(AttachmentAdding adding, AttachmentSending sending) : ApiController
{
    private static readonly Func<Attachment, AttachmentJson> Told = AttachmentJson.Of.Compile();

    [HttpGet("customers/{id:long}/files")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List the files of a customer", Description = "The newest first; those of its interactions are among them.")]
    [ProducesResponseType<ApiList<AttachmentJson>>(200)]
    public async Task<IActionResult> List(long id, [FromQuery] ApiPage page, CancellationToken stop)
    {
        if (!await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? long.MaxValue;
        if (page.Sort is { Length: > 0 } and not "-id") ApiPage.NoSuchSort(ModelState, L, "-id");
        if (!ModelState.IsValid) return Invalid();
        var rows = await Db.SeenAttachments().Where(a => a.CustomerId == id && a.Id < after).OrderByDescending(a => a.Id).Take(page.Size + 1).Select(AttachmentJson.Of).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Id.ToString(CultureInfo.InvariantCulture), row => row));
    }

    [HttpPost("customers/{id:long}/files")]
    [Authorize(Permissions.LogInteractions)]
    [AttachmentLimit]
    [ReceiveFiles("file")]
    [Consumes("multipart/form-data")]
    [Display(Name = "Add a file to a customer", Description = "One file a call. It is looked into: what is not allowed, or is not what its name says, is refused with the reason.")]
    [ProducesResponseType<AttachmentJson>(201)]
    public async Task<IActionResult> Add(long id, [FromForm] AttachmentInput input, CancellationToken stop)
    {
        if (!await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        if (input.InteractionId is { } interaction && !await Db.Interactions.AnyAsync(i => i.Id == interaction && i.CustomerId == id, stop))
            ModelState.AddModelError("interactionId", L["This customer has no such interaction."]);
        var received = HttpContext.Features.Get<ReceivedFiles>();
        if (received is null) ModelState.AddModelError("file", L["Choose a file that has something in it."]);
        foreach (var file in received?.Sent.Refused ?? []) ModelState.AddModelError("file", file.Reason);
        if (received is not null && Response.Status(received.Sent) is { } busy) return new ObjectResult(ApiProblems.Of(HttpContext, busy, received.Sent.Refused[0].Reason)) { StatusCode = busy, ContentTypes = { ApiProblems.ContentType } };
        if (received is null || !ModelState.IsValid) return Invalid();
        var (added, reason) = await adding.SaveWith(received, () => (id, input.InteractionId), stop);
        if (reason is null) return Made("files", Told(added[0]), added[0].Id, added[0].Version);
        ModelState.AddModelError("file", reason);
        return Invalid();
    }

    [HttpGet("files/{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read about a file")]
    [ProducesResponseType<AttachmentJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Find(id, stop) is { } file ? One(Told(file), id, file.Version) : NotFound();

    [HttpGet("files/{id:long}/content")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a file itself", Description = "Its bytes as they came in. Takes a Range.")]
    [ProducesResponseType(typeof(Stream), 200, "application/octet-stream")]
    public async Task<IActionResult> Content(long id, CancellationToken stop) => await Find(id, stop) is { } file ? sending.Send(this, file) : NotFound();

    [HttpDelete("files/{id:long}")]
    [Authorize(Permissions.LogInteractions)]
    [Display(Name = "Delete a file", Description = "It lies in the recycle bin for 30 days; then it is gone.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } file) return NotFound();
        if (!IsExpected(file)) return ChangedMeanwhile();
        file.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    private Task<Attachment?> Find(long id, CancellationToken stop) => Db.SeenAttachments().SingleOrDefaultAsync(a => a.Id == id, stop);
}
