using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>Taking a deal away, and putting it back.</summary>
[Authorize(Permissions.EditSales)]
public sealed class DealRemovalController(IStringLocalizer L) : TenantController
{
    [HttpPost("deals/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Db.Deals.SingleOrDefaultAsync(d => d.Id == id, stop) is not { } deal) return NotFound();
        deal.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        // its own page is not there any more
        var back = Request.Back("/deals");
        return this.Done(L["{0} was deleted", deal.Name], back.Contains($"/deals/{id}", StringComparison.Ordinal) ? Url.Content("~/deals") : back, Url.Content($"~/deals/{id}/restore"));
    }

    [HttpPost("deals/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Deals.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(d => d.Id == id, stop) is not { } deal) return NotFound();
        deal.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", deal.Name], Request.Back("/deals"));
    }
}
