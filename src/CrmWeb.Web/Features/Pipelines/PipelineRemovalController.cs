using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>Taking a pipeline away with its stages, and putting it back. One in which deals stand stays.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class PipelineRemovalController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/pipelines";
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    [HttpPost("settings/pipelines/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Pipelines.Include(p => p.Stages).SingleOrDefaultAsync(p => p.Id == id, stop) is not { } pipeline) return NotFound();
        var writing = new PipelineWriting(Db, Me, ModelState, L);
        if (await writing.Delete(pipeline, stop) is > 0 and var standing)
        {
            TempData.Toast(writing.Standing(standing, pipeline), Tone.Bad);
            return LocalRedirect(Url.Content(List));
        }

        await transaction.CommitAsync(stop);
        return this.Done(L["{0} was deleted", pipeline.Name], Url.Content(List), Url.Content($"{List}/{id}/restore"));
    }

    [HttpPost("settings/pipelines/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Pipelines.IgnoreQueryFilters(Away).SingleOrDefaultAsync(p => p.Id == id, stop) is not { } pipeline) return NotFound();
        // the stages that went with it, and not those that were deleted before
        var stages = await Db.Stages.IgnoreQueryFilters(Away).Where(s => s.PipelineId == id && s.DeletedAt != null).ToListAsync(stop);
        foreach (var stage in stages.Where(s => s.DeletedAt == pipeline.DeletedAt)) stage.Restore();
        pipeline.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", pipeline.Name], Url.Content(List));
    }
}
