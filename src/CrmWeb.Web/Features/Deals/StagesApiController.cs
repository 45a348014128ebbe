using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>A pipeline as the API tells it.</summary>
[Example("""{"id":1,"name":"Sales","position":1}""")]
public sealed record PipelineJson(long Id, string Name, int Position);

/// <summary>A stage of a pipeline as the API tells it; what it needs is told in words.</summary>
[Example("""{"id":3,"pipelineId":1,"pipeline":"Sales","name":"Offer sent","position":3,"probability":50,"category":"best-case","needs":["amount","close-on","owner"],"exitCriteria":null,"playbook":null,"rottenAfterDays":21}""")]
public sealed record StageJson(
    long Id, long PipelineId, string Pipeline, string Name, int Position, int Probability, ForecastCategory Category, IReadOnlyList<DealNeeds> Needs, string? ExitCriteria, string? Playbook, int? RottenAfterDays);

[Route("api/v1/stages")]
[Tags("Stages")]
public sealed class StagesApiController : ApiController
{
    private static readonly Expression<Func<Stage, Row>> Read = s => new Row(
        s.Id, s.PipelineId, s.Pipeline!.Name, s.Name, s.Position, s.Probability, s.Category, s.Needs, s.ExitCriteria, s.Playbook, s.RottenAfterDays, s.Version);

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
        var rows = await Db.Stages.Where(s => s.Id > after && (pipelineId == null || s.PipelineId == pipelineId)).OrderBy(s => s.Id).Take(page.Size + 1).Select(Read).ToListAsync(stop);
        return Ok(page.Page(rows, row => row.Id.ToString(CultureInfo.InvariantCulture), row => row.Json));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read a stage")]
    [ProducesResponseType<StageJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await Db.Stages.Where(s => s.Id == id).Select(Read).SingleOrDefaultAsync(stop) is { } row ? One(row.Json, id, row.Version) : NotFound();

    private sealed record Row(
        long Id, long PipelineId, string Pipeline, string Name, int Position, int Probability, ForecastCategory Category, DealNeeds Needs, string? ExitCriteria, string? Playbook, int? RottenAfterDays, int Version)
    {
        public StageJson Json => new(Id, PipelineId, Pipeline, Name, Position, Probability, Category, [.. Shared.DealWords.Split(Needs)], ExitCriteria, Playbook, RottenAfterDays);
    }
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
}
