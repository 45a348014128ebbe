using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Interactions;

/// <summary>One click for "it took place", with what came of it, and the way back.</summary>
[Authorize(Permissions.LogInteractions)]
public sealed class PlannedInteractionController(IStringLocalizer L) : TenantController
{
    [HttpPost("interactions/{id:long}/done")]
    public async Task<IActionResult> Done(long id, Outcome outcome = Outcome.Reached)
    {
        if (!ModelState.IsValid) return BadRequest();
        if (await Db.Interactions.Include(i => i.Customer).SingleOrDefaultAsync(i => i.Id == id && i.IsPlanned) is not { } planned) return NotFound();
        var plannedAt = planned.OccurredAt;
        planned.Customer!.TookPlace(planned, outcome, Me.Id, Me.Now);
        await Db.SaveChangesAsync();
        var undo = Url.Action("Plan", new { id, at = plannedAt.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) });
        return this.Done(L["Logged with {0}", planned.Customer.Name], Request.Back("/today"), undo);
    }

    /// <param name="at">UTC: when it was planned for.</param>
    [HttpPost("interactions/{id:long}/plan")]
    public async Task<IActionResult> Plan(long id, DateTime at)
    {
        if (!ModelState.IsValid || at == default) return BadRequest();
        if (await Db.Interactions.SingleOrDefaultAsync(i => i.Id == id) is not { } interaction) return NotFound();
        interaction.PlanAgain(DateTime.SpecifyKind(at, DateTimeKind.Utc), Me.Now);
        await Db.SaveChangesAsync();
        return this.Done(L["Planned again"], Request.Back("/today"));
    }
}
