using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Pipelines;

/// <summary>A pipeline as the API tells it.</summary>
[Example("""{"id":1,"name":"Sales","position":1}""")]
public sealed record PipelineJson(long Id, string Name, int Position);

/// <summary>What a program may say of a pipeline.</summary>
[Example("""{"name":"Trade","usualStages":true}""")]
public sealed record PipelineInput
{
    public string? Name { get; init; }

    /// <summary>Its place among the others, from 1 on; the last one, unless said.</summary>
    public int? Position { get; init; }

    /// <summary>Only of a new one: it begins with the stages that most sales fit.</summary>
    public bool? UsualStages { get; init; }

    public PipelineForm ToForm() => new() { Name = Name };
}

[Route("api/v1/pipelines")]
[Tags("Stages")]
public sealed class PipelinesApiController : ApiController
{
    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "List pipelines", Description = "In the order they were made; position is the order people gave them.")]
    [ProducesResponseType<ApiList<PipelineJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        page.Check(ModelState, L);
        ApiPage.RefuseOthers(Request.Query, [], ModelState, L);
        var after = page.AfterId(ModelState, L) ?? 0;
        if (page.Sort is { Length: > 0 } and not "id") ApiPage.NoSuchSort(ModelState, L, "id");
        if (!ModelState.IsValid) return Invalid();
        var rows = await Db.Pipelines.Where(p => p.Id > after).OrderBy(p => p.Id).Take(page.Size + 1).Select(p => new PipelineJson(p.Id, p.Name, p.Position)).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Id.ToString(CultureInfo.InvariantCulture), row => row));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read a pipeline")]
    [ProducesResponseType<PipelineJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Db.Pipelines.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, stop) is { } found ? Told(found) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.ManageTenant)]
    [Display(Name = "Add a pipeline", Description = "It has no stages yet, unless usualStages is true. position moves it among the others.")]
    [ProducesResponseType<PipelineJson>(201)]
    public async Task<IActionResult> Create(PipelineInput input, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        var form = input.ToForm();
        await Validate(form, stop);
        if (!ModelState.IsValid || await Writing.Create(form, input.UsualStages == true, stop) is not { } pipeline) return Invalid();
        await Put(pipeline, input.Position, stop);
        await Db.SaveChangesAsync(stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return Made("pipelines", new PipelineJson(pipeline.Id, pipeline.Name, pipeline.Position), pipeline.Id, pipeline.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.ManageTenant)]
    [Display(Name = "Replace a pipeline", Description = "Without a position it stays in its place.")]
    [ProducesResponseType<PipelineJson>(200)]
    public Task<IActionResult> Replace(long id, PipelineInput input, CancellationToken stop) => Change(id, _ => input, stop);

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.ManageTenant)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a pipeline", Description = "Only the fields that are there are changed. position moves it among the others.")]
    [ProducesResponseType<PipelineJson>(200)]
    public Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop) =>
        Change(id, pipeline => Merge(new PipelineInput { Name = pipeline.Name, Position = pipeline.Position }, changes), stop);

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.ManageTenant)]
    [Display(Name = "Delete a pipeline", Description = "With its stages. 409 when open deals stand in it.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } pipeline) return NotFound();
        if (!IsExpected(pipeline)) return ChangedMeanwhile();
        if (await Writing.Delete(pipeline, stop) is > 0 and var standing) return InTheWay(Writing.Standing(standing, pipeline));
        if (transaction is not null) await transaction.CommitAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Change(long id, Func<Pipeline, PipelineInput?> inputOf, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } pipeline) return NotFound();
        if (inputOf(pipeline) is not { } input) return Invalid();
        if (!IsExpected(pipeline)) return ChangedMeanwhile();
        var form = input.ToForm();
        await Validate(form, stop);
        if (!ModelState.IsValid || !await Writing.MayBeNamed(pipeline, form, stop)) return Invalid();
        pipeline.Rename(form.Name!);
        if (input.Position != pipeline.Position) await Put(pipeline, input.Position, stop);
        await Db.SaveChangesAsync(stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return Told(pipeline);
    }

    private PipelineWriting Writing => new(Db, Me, ModelState, L);

    private Task<Pipeline?> Find(long id, CancellationToken stop) => Db.Pipelines.Include(p => p.Stages).SingleOrDefaultAsync(p => p.Id == id, stop);

    private async Task Put(Pipeline pipeline, int? position, CancellationToken stop)
    {
        if (position is not { } place) return;
        var all = await Db.Pipelines.OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(stop);
        Places.Move(all, pipeline, Math.Clamp(place, 1, all.Count) - 1 - all.IndexOf(pipeline), (p, at) => p.Position = at);
    }

    private IActionResult Told(Pipeline p) => One(new PipelineJson(p.Id, p.Name, p.Position), p.Id, p.Version);
}
