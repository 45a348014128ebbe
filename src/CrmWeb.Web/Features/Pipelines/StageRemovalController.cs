using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>Taking a stage away. Deals that stand in it go to another one, in the same step, or the stage stays.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class StageRemovalController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/pipelines";

    [HttpPost("settings/stages/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, StageDeletionForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Stages.Include(s => s.Pipeline).SingleOrDefaultAsync(s => s.Id == id, stop) is not { } stage) return NotFound();
        var to = form.MoveToId is { } asked && asked != id ? await Db.Stages.SingleOrDefaultAsync(s => s.Id == asked, stop) : null;
        if (form.MoveToId is not null && to is null) return NotFound();
        // whoever moves a deal here or there meanwhile waits, and finds the stage gone
        await Db.HoldStages(to is null ? [id] : [id, to.Id], stop);
        var standing = await Db.DealsIn([id], stop);
        if (standing > 0 && to is null)
        {
            ModelState.AddModelError(nameof(form.MoveToId), standing == 1
                ? L["One open deal stands in {0}. Choose the stage it moves to.", stage.Name]
                : L["{0} open deals stand in {1}. Choose the stage they move to.", standing, stage.Name]);
            return this.Invalid("StageDeletion", await Page(form, stage, stop));
        }

        // those in the recycle bin come along; without a choice they go to the first stage that is left
        if (to is null) to = await Db.Stages.Where(s => s.PipelineId == stage.PipelineId && s.Id != id).OrderBy(s => s.Position).FirstOrDefaultAsync(stop);
        if (to is not null) await Db.MoveDeals(id, to, Me.Now, stop);
        stage.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        var said = standing == 0 ? L["{0} was deleted", stage.Name] : L["{0} was deleted; its deals stand in {1} now", stage.Name, to!.Name];
        return this.Done(said, Url.Content(List), Url.Content($"~/settings/stages/{id}/restore"));
    }

    /// <summary>The stage is there again; deals that were moved away stay where they are.</summary>
    [HttpPost("settings/stages/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Stages.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(s => s.Id == id, stop) is not { } stage) return NotFound();
        if (!await Db.Pipelines.AnyAsync(p => p.Id == stage.PipelineId, stop)) return NotFound();
        stage.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", stage.Name], Url.Content(List));
    }

    private async Task<StageDeletionForm> Page(StageDeletionForm form, Stage stage, CancellationToken stop)
    {
        var others = await Db.Stages.Where(s => s.Id != stage.Id).OrderBy(s => s.PipelineId != stage.PipelineId).ThenBy(s => s.Pipeline!.Position).ThenBy(s => s.Position)
            .Select(s => new { s.Id, s.Name, Pipeline = s.Pipeline!.Name }).ToListAsync(stop);
        ViewData["Stage"] = stage;
        ViewData["Others"] = others.ConvertAll(s => Choices.Item(s.Id, $"{s.Pipeline} › {s.Name}"));
        return form;
    }
}
