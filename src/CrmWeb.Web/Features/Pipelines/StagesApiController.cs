using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Pipelines;

[Route("api/v1/stages")]
[Tags("Stages")]
public sealed class StagesApiController : ApiController
{
    private static readonly Expression<Func<Stage, StageReading>> Reading = s => new StageReading(s, s.Pipeline!.Name);

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "List stages", Description = "Of every pipeline, in the order they were made; position is their order in the pipeline. pipelineId narrows it.")]
    [ProducesResponseType<ApiList<StageJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, [FromQuery(Name = "pipelineId")] long? pipelineId, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, ["pipelineId"], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        if (!ModelState.IsValid) return Invalid();
        var rows = await Db.Stages.AsNoTracking().Where(s => s.Id > after && (pipelineId == null || s.PipelineId == pipelineId)).OrderBy(s => s.Id).Take(page.Size + 1).Select(Reading).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Row.Id.ToString(CultureInfo.InvariantCulture), row => row.Json));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read a stage")]
    [ProducesResponseType<StageJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Stages.AsNoTracking().Where(s => s.Id == id).Select(Reading).SingleOrDefaultAsync(stop) is { } found ? One(found.Json, id, found.Row.Version) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.ManageTenant)]
    [Display(Name = "Add a stage", Description = "The last of its pipeline, unless position says otherwise.")]
    [ProducesResponseType<StageJson>(201)]
    public async Task<IActionResult> Create(StageInput input, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        var form = input.ToForm();
        await Validate(form, stop);
        var pipeline = input.PipelineId is { } at ? await Db.Pipelines.Include(p => p.Stages).SingleOrDefaultAsync(p => p.Id == at, stop) : null;
        if (pipeline is null) ModelState.AddModelError(nameof(input.PipelineId), input.PipelineId is null ? L["Choose the pipeline."] : L["This choice is not there any more."]);
        if (!ModelState.IsValid || await Writing.Create(pipeline!, form, stop) is not { } stage) return Invalid();
        await Put(stage, input.Position, stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return Made("stages", new StageReading(stage, pipeline!.Name).Json, stage.Id, stage.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.ManageTenant)]
    [Display(Name = "Replace a stage", Description = "Fields that are not there become empty; it stays in its pipeline, and without a position in its place.")]
    [ProducesResponseType<StageJson>(200)]
    public Task<IActionResult> Replace(long id, StageInput input, CancellationToken stop) => Change(id, stage => input with { PipelineId = input.PipelineId ?? stage.PipelineId }, stop);

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.ManageTenant)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a stage", Description = "Only the fields that are there are changed; null empties one. It stays in its pipeline; position moves it there.")]
    [ProducesResponseType<StageJson>(200)]
    public Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop) => Change(id, stage => Merge(StageInput.Of(stage), changes), stop);

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.ManageTenant)]
    [Display(Name = "Delete a stage", Description = "409 when open deals stand in it, unless moveTo names the stage that they move to.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, [FromQuery(Name = "moveTo")] long? moveTo, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } stage) return NotFound();
        if (!IsExpected(stage)) return ChangedMeanwhile();
        var to = moveTo is { } asked && asked != id ? await Db.Stages.SingleOrDefaultAsync(s => s.Id == asked, stop) : null;
        if (moveTo is not null && to is null) ModelState.AddModelError("moveTo", L["This choice is not there any more."]);
        if (!ModelState.IsValid) return Invalid();
        if (await Writing.Delete(stage, to, stop) is > 0 and var standing && to is null) return InTheWay(Writing.Standing(standing, stage));
        if (transaction is not null) await transaction.CommitAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Change(long id, Func<Stage, StageInput?> inputOf, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } stage) return NotFound();
        if (inputOf(stage) is not { } input) return Invalid();
        if (!IsExpected(stage)) return ChangedMeanwhile();
        if (input.PipelineId != stage.PipelineId) ModelState.AddModelError(nameof(input.PipelineId), L["A stage stays in its pipeline."]);
        var form = input.ToForm();
        await Validate(form, stop);
        if (!ModelState.IsValid || !await Writing.Fill(stage, form, stop)) return Invalid();
        await Put(stage, input.Position == stage.Position ? null : input.Position, stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return One(new StageReading(stage, stage.Pipeline!.Name).Json, id, stage.Version);
    }

    private PipelineWriting Writing => new(Db, Me, ModelState, L);

    private Task<Stage?> Find(long id, CancellationToken stop) => Db.Stages.Include(s => s.Pipeline).SingleOrDefaultAsync(s => s.Id == id, stop);

    private async Task Put(Stage stage, int? position, CancellationToken stop)
    {
        if (position is { } place) await Writing.Move(stage, _ => Math.Max(place, 1) - 1, stop);
        await Db.SaveChangesAsync(stop);
    }
}
