using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>What a team that is to be deleted leaves behind, and where it may go.</summary>
public sealed record TeamDeletionPage(Team Team, TeamWork Work, IReadOnlyList<SelectListItem> Others);

/// <summary>Taking a team away. Its deals, cases and forecasts go to another team or to none, in the same step; with customers it stays.</summary>
[Authorize(Permissions.ManageMembers)]
public sealed class TeamRemovalController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/teams";

    [HttpPost("settings/teams/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, TeamDeletionForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Teams.Include(t => t.Members).SingleOrDefaultAsync(t => t.Id == id, stop) is not { } team) return NotFound();
        var to = form.MoveToId == TeamDeletionForm.Nobody ? null : form.MoveToId;
        if (to is not null && (to == id || !await Db.Teams.AnyAsync(t => t.Id == to, stop))) return NotFound();
        // two that empty into each other would never end
        if (to is { } target && await TeamWorkJob.Unfinished(Db, target, stop) is not null) return this.ToldOff(L["The team you chose is being deleted itself. Choose another one."], Url.Content(List));
        var customers = await Db.CustomersOf(id).Take(TeamsController.CountedUpTo + 1).CountAsync(stop);
        if (customers > 0)
        {
            TempData.Toast(L["{0} customers belong to {1}; give them to another team first.", customers, team.Name], Tone.Bad);
            return LocalRedirect(Url.Content(List));
        }

        var work = await Db.WorkOf(id, stop);
        if (work.Any && form.MoveToId is null) return await Ask(form, team, work, stop);
        if (work.Deals + work.Cases > TeamsNamed.MostAtOnce) return await Begin(team, to, transaction, stop);

        if (work.Any) await Db.MoveWork(id, to, stop);
        if (!await Db.Remove(team, stop)) return this.ToldOff(L["This was changed by somebody else in the meantime. Look again, then repeat what you wanted to do."], Url.Content(List));
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} was deleted", team.Name], Url.Content(List), Url.Action("Restore", "Teams", new { name = team.Name, members = team.Members.Select(m => m.MemberId) }));
    }

    private async Task<IActionResult> Begin(Team team, long? to, IDbContextTransaction transaction, CancellationToken stop)
    {
        var going = await TeamWorkJob.Begin(Db, Me, team.Id, to, stop);
        await transaction.CommitAsync(stop);
        if (going == to) return this.Done(L["The work of {0} is being moved. The team goes when that is done.", team.Name], Url.Content(List));
        var name = going is null ? L["No team"].Value : await Db.Teams.Where(t => t.Id == going).Select(t => t.Name).SingleOrDefaultAsync(stop);
        return this.Done(L["The work of {0} is being moved already, and goes to: {1}", team.Name, name ?? ""], Url.Content(List));
    }

    private async Task<IActionResult> Ask(TeamDeletionForm form, Team team, TeamWork work, CancellationToken stop)
    {
        var own = Choices.Item(team.Id, team.Name).Value;
        ViewData["Page"] = new TeamDeletionPage(team, work, [Choices.Item(TeamDeletionForm.Nobody, L["No team"]), .. (await Db.TeamChoices(stop)).Where(other => other.Value != own)]);
        ModelState.AddModelError(nameof(form.MoveToId), L["{0} has deals ({1}), cases ({2}) or forecasts that were kept. Choose where they go.", team.Name, Digits.Number(work.Deals), Digits.Number(work.Cases)]);
        return this.Invalid("TeamDeletion", form);
    }
}
