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
        var writing = new PipelineWriting(Db, Me, ModelState, L);
        var standing = await writing.Delete(stage, to, stop);
        if (standing > 0 && to is null)
        {
            ModelState.AddModelError(nameof(form.MoveToId), writing.Standing(standing, stage));
            return this.Invalid("StageDeletion", await Page(form, stage, stop));
        }

        await transaction.CommitAsync(stop);
        var said = standing == 0 ? L["{0} was deleted", stage.Name] : L["{0} was deleted; its deals stand in {1} now", stage.Name, to!.Name];
        return this.Done(said, Url.Content(List), Url.Content($"~/settings/stages/{id}/restore"));
    }

    /// <summary>The stage is there again; deals that were moved away stay where they are.</summary>
    [HttpPost("settings/stages/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Stages.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(s => s.Id == id, stop) is not { } stage) return NotFound();
        if (await Db.Pipelines.SingleOrDefaultAsync(p => p.Id == stage.PipelineId, stop) is not { } pipeline) return NotFound();
        stage.Restore();
        Db.Reordered(pipeline);
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
