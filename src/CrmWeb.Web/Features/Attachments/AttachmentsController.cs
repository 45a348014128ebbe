using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Features.Shared.Tags;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Attachments;

public sealed record FilesPage(long CustomerId, string CustomerName, CustomerFiles Files, bool Continued);

/// <summary>What came of one file of a request, for scripts.</summary>
public sealed record UploadAnswer(IReadOnlyList<string> Added, IReadOnlyList<RefusedFile> Refused);

/// <summary>The files of a customer: all of them, more of them, one of them.</summary>
public sealed class AttachmentsController(IStringLocalizer L, AttachmentAdding adding, AttachmentSending sending) : TenantController
{
    [HttpGet("customers/{id:long}/files")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> List(long id, long? after, bool tooMuch, CancellationToken stop)
    {
        if (await NameOf(id, stop) is not { } name) return NotFound();
        if (tooMuch) ModelState.AddModelError(DropTag.Field, adding.TooMuch);
        return await Page(id, name, after, stop);
    }

    /// <summary>Those that are good stay, the others are named with the reason.</summary>
    [HttpPost("customers/{id:long}/files")]
    [Authorize(Permissions.LogInteractions)]
    [AttachmentLimit]
    public async Task<IActionResult> Add(long id, FilesForm form, CancellationToken stop)
    {
        if (await NameOf(id, stop) is not { } name) return NotFound();
        var sent = await adding.Look(form.Files, stop);
        var status = Response.Status(sent);
        var (added, full) = await adding.Add(id, null, sent.Accepted, stop);
        List<RefusedFile> refused = [.. sent.Refused, .. full];
        if (Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal))
            return StatusCode(status ?? StatusCodes.Status200OK, new UploadAnswer([.. added.Select(file => file.Name)], refused));
        if (refused.Count == 0 && added.Count > 0)
            return this.Done(added.Count == 1 ? L["{0} was added", added[0].Name] : L["{0} files were added", Digits.Number(added.Count)], Request.Back($"/customers/{id}"));

        ModelState.Clear();
        foreach (var file in refused) ModelState.AddModelError(DropTag.Field, file.ToString());
        if (refused.Count == 0) ModelState.AddModelError(DropTag.Field, L["Choose a file that has something in it."]);
        Response.StatusCode = status ?? StatusCodes.Status400BadRequest;
        return await Page(id, name, null, stop);
    }

    [HttpGet("files/{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Download(long id, CancellationToken stop) =>
        await Find(id, stop) is { } file ? sending.Send(this, file) : NotFound();

    /// <summary>A picture in the browser. There is no such page of any other file.</summary>
    [HttpGet("files/{id:long}/preview")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Preview(long id, CancellationToken stop) =>
        await Find(id, stop) is { } file && FileType.IsShown(file.MediaType) ? sending.Send(this, file, shown: true) : NotFound();

    private Task<Attachment?> Find(long id, CancellationToken stop) => Db.SeenAttachments().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, stop);

    private Task<string?> NameOf(long id, CancellationToken stop) => Db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(stop);

    private async Task<ViewResult> Page(long id, string name, long? after, CancellationToken stop) =>
        View("Files", new FilesPage(id, name, await CustomerFiles.Read(Db, id, after, CustomerFiles.PageSize, stop), after is not null));
}

public sealed record FilesForm
{
    public List<IFormFile>? Files { get; init; }
}
