using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Attachments;

/// <summary>Taking a file away, and putting it back.</summary>
[Authorize(Permissions.LogInteractions)]
public sealed class AttachmentRemovalController(IStringLocalizer L) : TenantController
{
    [HttpPost("files/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Db.SeenAttachments().SingleOrDefaultAsync(a => a.Id == id, stop) is not { } file) return NotFound();
        file.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} was deleted", file.Name], Request.Back($"/customers/{file.CustomerId}"), Url.Action("Restore", new { id }));
    }

    [HttpPost("files/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Attachments.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(a => a.Id == id, stop) is not { } file) return NotFound();
        file.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", file.Name], Request.Back($"/customers/{file.CustomerId}"));
    }
}
