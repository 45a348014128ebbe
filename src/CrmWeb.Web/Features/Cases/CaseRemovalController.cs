using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Taking a case away, and putting it back.</summary>
[Authorize(Permissions.EditCases)]
public sealed class CaseRemovalController(IStringLocalizer L) : TenantController
{
    [HttpPost("cases/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Db.Cases.SingleOrDefaultAsync(c => c.Id == id, stop) is not { } its) return NotFound();
        its.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        // its own page is gone
        var back = Request.Back("/cases");
        var gone = back.StartsWith($"{Request.PathBase}/cases/{id}", StringComparison.Ordinal);
        return this.Done(L["Case deleted"], gone ? Url.Content("~/cases") : back, Url.Action("Restore", new { id }));
    }

    [HttpPost("cases/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Cases.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(c => c.Id == id, stop) is not { } its) return NotFound();
        its.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["Case restored"], Request.Back("/cases"));
    }
}
