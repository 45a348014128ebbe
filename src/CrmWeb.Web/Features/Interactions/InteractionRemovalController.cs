using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>Taking a logged contact away, and putting it back.</summary>
[Authorize(Permissions.LogInteractions)]
public sealed class InteractionRemovalController(IStringLocalizer L) : TenantController
{
    [HttpPost("interactions/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id)
    {
        if (await Db.Interactions.SingleOrDefaultAsync(i => i.Id == id) is not { } interaction) return NotFound();
        interaction.Delete(Me.Now);
        await Db.SaveChangesAsync();
        // its own page is gone
        var back = Request.Back("/today");
        if (back.Contains($"/interactions/{id}", StringComparison.Ordinal)) back = $"{Request.PathBase}/customers/{interaction.CustomerId}";
        return this.Done(L["Interaction deleted"], back, Url.Action("Restore", new { id }));
    }

    [HttpPost("interactions/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id)
    {
        if (await Db.Interactions.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(i => i.Id == id) is not { } interaction) return NotFound();
        interaction.Restore();
        await Db.SaveChangesAsync();
        return this.Done(L["Interaction restored"], Request.Back("/today"));
    }
}
