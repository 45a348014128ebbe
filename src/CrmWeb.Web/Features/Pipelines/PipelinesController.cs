using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>A pipeline as the settings show it, its stages in order.</summary>
/// <param name="Standing">Open deals by stage.</param>
public sealed record PipelineRow(Pipeline Pipeline, IReadOnlyList<Stage> Stages, IReadOnlyDictionary<long, int> Standing);

/// <summary>The ways that deals go.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class PipelinesController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/pipelines";

    [HttpGet("settings/pipelines")]
    public async Task<IActionResult> Index(CancellationToken stop)
    {
        var pipelines = await Db.Pipelines.AsNoTracking().OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(stop);
        var stages = (await Db.Stages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(stop)).ToLookup(s => s.PipelineId);
        var standing = await Db.DealsByStage(stop);
        return View("Pipelines", pipelines.ConvertAll(p => new PipelineRow(p, [.. stages[p.Id]], standing)));
    }

    [HttpGet("settings/pipelines/new")]
    public IActionResult New() => View("Pipeline", new PipelineForm());

    [HttpPost("settings/pipelines/new")]
    public async Task<IActionResult> Create(PipelineForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Writing.Create(form, usualStages: true, stop) is not { } pipeline) return this.Invalid("Pipeline", form);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added, with the usual stages", pipeline.Name], Url.Content(List));
    }

    [HttpGet("settings/pipelines/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await Find(id, stop) is { } pipeline ? View("Pipeline", Page(new PipelineForm { Name = pipeline.Name, Version = pipeline.Version }, pipeline)) : NotFound();

    [HttpPost("settings/pipelines/{id:long}")]
    public async Task<IActionResult> Save(long id, PipelineForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } pipeline) return NotFound();
        if (form.Version != pipeline.Version) return Stale(form, pipeline);
        if (form.StageIds.Exists(stage => pipeline.Stages.TrueForAll(s => s.Id != stage))) return NotFound();
        if (!await Writing.MayBeNamed(pipeline, form, stop)) return this.Invalid("Pipeline", Page(form, pipeline));

        pipeline.Rename(form.Name!);
        // the order is the pipeline's, and whoever has it open is to see it anew
        Db.Reordered(pipeline);
        Places.Put(Ordered(pipeline), form.StageIds, s => s.Id, (s, place) => s.Position = place);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", pipeline.Name], Url.Content(List));
    }

    [HttpPost("settings/pipelines/{id:long}/up")]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Move(id, -1, stop);

    [HttpPost("settings/pipelines/{id:long}/down")]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Move(id, 1, stop);

    private async Task<IActionResult> Move(long id, int by, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var all = await Db.Pipelines.OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(stop);
        if (all.Find(p => p.Id == id) is not { } pipeline) return NotFound();
        Places.Move(all, pipeline, by, (p, place) => p.Position = place);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Url.Content(List));
    }

    private PipelineWriting Writing => new(Db, Me, ModelState, L);

    private Task<Pipeline?> Find(long id, CancellationToken stop) => Db.Pipelines.Include(p => p.Stages).SingleOrDefaultAsync(p => p.Id == id, stop);

    private IActionResult Stale(PipelineForm form, Pipeline pipeline)
    {
        var theirs = Ordered(pipeline);
        var mine = theirs.OrderBy(s => form.StageIds.IndexOf(s.Id) is var at && at < 0 ? int.MaxValue : at);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(new(L["Name"], pipeline.Name, form.Name), new(L["Stages in order"], Names(theirs), Names(mine)));
        form.Version = pipeline.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Pipeline", Page(form, pipeline), StatusCodes.Status409Conflict);
    }

    private PipelineForm Page(PipelineForm form, Pipeline pipeline)
    {
        var stages = Ordered(pipeline);
        ViewData["Pipeline"] = pipeline;
        ViewData["Stages"] = form.StageIds.Count == 0 ? stages : [.. stages.OrderBy(s => form.StageIds.IndexOf(s.Id) is var at && at < 0 ? int.MaxValue : at)];
        return form;
    }

    private string Names(IEnumerable<Stage> stages) => string.Join(L[", "], stages.Select(s => s.Name));

    private static List<Stage> Ordered(Pipeline pipeline) => [.. pipeline.Stages.OrderBy(s => s.Position).ThenBy(s => s.Id)];
}
