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
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        var found = Db.Deals.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Include(d => d.Stays.Where(s => s.LeftAt == null));
        if (await found.SingleOrDefaultAsync(d => d.Id == id, stop) is not { } deal) return NotFound();
        var before = deal.StageId;
        if (!await Db.BringBack(deal, Me.Now, stop)) return this.ToldOff(L["There is no stage any more in which {0} could stand.", deal.Name], Request.Back("/deals"));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(deal.StageId == before ? L["{0} is back", deal.Name] : L["{0} is back, in \"{1}\": the stage in which it stood is gone.", deal.Name, deal.Stage!.Name], Request.Back("/deals"));
    }
}
