using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>The places on the way of a pipeline.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class StagesController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/pipelines";

    [HttpGet("settings/pipelines/{id:long}/stages/new")]
    public async Task<IActionResult> New(long id, CancellationToken stop) =>
        await Db.Pipelines.SingleOrDefaultAsync(p => p.Id == id, stop) is { } pipeline ? View("Stage", Page(new StageForm { Probability = 50 }, pipeline, null)) : NotFound();

    [HttpPost("settings/pipelines/{id:long}/stages/new")]
    public async Task<IActionResult> Create(long id, StageForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Pipelines.Include(p => p.Stages).SingleOrDefaultAsync(p => p.Id == id, stop) is not { } pipeline) return NotFound();
        if (await Writing.Create(pipeline, form, stop) is not { } stage) return this.Invalid("Stage", Page(form, pipeline, null));
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", stage.Name], Url.Content(List));
    }

    [HttpGet("settings/stages/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await Find(id, stop) is { } stage ? View("Stage", Page(StageForm.Of(stage), stage.Pipeline!, stage)) : NotFound();

    [HttpPost("settings/stages/{id:long}")]
    public async Task<IActionResult> Save(long id, StageForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } stage) return NotFound();
        if (form.Version != stage.Version) return Stale(form, stage);
        if (!await Writing.Fill(stage, form, stop)) return this.Invalid("Stage", Page(form, stage.Pipeline!, stage));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", stage.Name], Url.Content(List));
    }

    [HttpPost("settings/stages/{id:long}/up")]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Move(id, -1, stop);

    [HttpPost("settings/stages/{id:long}/down")]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Move(id, 1, stop);

    private async Task<IActionResult> Move(long id, int by, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } stage) return NotFound();
        await Writing.Move(stage, place => place + by, stop);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Url.Content(List));
    }

    private PipelineWriting Writing => new(Db, Me, ModelState, L);

    private Task<Stage?> Find(long id, CancellationToken stop) => Db.Stages.Include(s => s.Pipeline).SingleOrDefaultAsync(s => s.Id == id, stop);

    private IActionResult Stale(StageForm form, Stage now)
    {
        var (theirs, mine) = (now.Details, form.Details);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Name"], theirs.Name, mine.Name),
            new(L["Probability in percent"], Digits.Number(theirs.Probability), Digits.Number(mine.Probability)),
            new(L["Forecast as"], L.Of(theirs.Category), L.Of(mine.Category)),
            new(L["What a deal must have to come here"], L.All(theirs.Needs), L.All(mine.Needs)),
            new(L["Exit criteria"], theirs.ExitCriteria, mine.ExitCriteria),
            new(L["Playbook"], theirs.Playbook, mine.Playbook),
            new(L["Rotten after days"], theirs.RottenAfterDays is { } days ? Digits.Number(days) : null, mine.RottenAfterDays is { } typed ? Digits.Number(typed) : null));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Stage", Page(form, now.Pipeline!, now), StatusCodes.Status409Conflict);
    }

    private StageForm Page(StageForm form, Pipeline pipeline, Stage? stage)
    {
        (ViewData["Pipeline"], ViewData["Stage"]) = (pipeline, stage);
        return form;
    }
}
