using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

[Route("api/v1/deals")]
[Tags("Deals")]
public sealed class DealsApiController : ApiController
{
    private static readonly string[] Parameters = [.. ApiPage.Parameters, "q"];

    [HttpGet("")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "List deals", Description = "All that the member may see, in every state; narrowed by the filters of the list of deals, for example state=open, stage=3, owner=12 or rotten=true.")]
    [ProducesResponseType<ApiList<DealJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        var fields = DealFilter.Fields(L, stages, await Db.EveryMember(stop), await Db.TeamChoices(stop), "");
        page.Check(ModelState, L);
        foreach (var key in Filters.Refused(Request.Query, fields, Parameters)) ModelState.AddModelError(key, L["There is no such parameter, or not with this value."]);
        if (page.Sort is { Length: > 0 } sort && !DealPages.Sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, DealPages.Sorts);
        var pages = new DealPages(page.Sort);
        var filter = DealFilter.Read(Request.Query, fields) with { EveryState = true };
        var following = pages.Following(filter.Of(Db, Me, stages), page.After);
        if (following is null) ApiPage.NoSuchPage(ModelState, L);
        if (!ModelState.IsValid) return Invalid();

        var rows = await following!.Include(d => d.Lines).AsSingleQuery().Take(page.Size + 1).ToListAsync(stop);
        return Ok(page.Page(rows, deal => pages.Write(deal), deal => DealJson.Of(deal, stages.Of(deal.StageId), Me.Pass.Currency)));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadSales)]
    [Display(Name = "Read a deal")]
    [ProducesResponseType<DealJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) => await Answer(id, stop) ?? NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Add a deal")]
    [ProducesResponseType<DealJson>(201)]
    public async Task<IActionResult> Create(DealInput input, CancellationToken stop)
    {
        var form = input.ToForm();
        if (form.StageId is null)
        {
            var stages = await DealStages.Read(Db, stop);
            form.StageId = stages.Pipelines.SelectMany(p => stages.In(p.Id)).FirstOrDefault()?.Id;
        }

        await Validate(form, stop);
        if (!ModelState.IsValid || await Writing.Create(form, stop) is not { } deal) return Invalid();
        return Made("deals", await Told(deal, stop), deal.Id, deal.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Replace a deal", Description = "Fields that are not there become empty; without a stageId it stays in its stage.")]
    [ProducesResponseType<DealJson>(200)]
    public Task<IActionResult> Replace(long id, DealInput input, CancellationToken stop) => Change(id, deal => input with { StageId = input.StageId ?? deal.StageId }, stop);

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditSales)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a deal", Description = "Only the fields that are there are changed; null empties one. Another stageId moves it, if it has what the stage asks for.")]
    [ProducesResponseType<DealJson>(200)]
    public Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop) => Change(id, deal => Merge(DealInput.Of(deal), changes), stop);

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Delete a deal", Description = "It goes to the recycle bin.")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Db.Deals.SingleOrDefaultAsync(d => d.Id == id, stop) is not { } deal) return NotFound();
        if (!IsExpected(deal)) return ChangedMeanwhile();
        deal.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return NoContent();
    }

    [HttpPost("{id:long}/win")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Win a deal", Description = "409 when it is decided already.")]
    [ProducesResponseType<DealJson>(200)]
    public Task<IActionResult> Win(long id, CloseInput input, CancellationToken stop) => Close(id, DealState.Won, input, stop);

    [HttpPost("{id:long}/lose")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Lose a deal", Description = "409 when it is decided already. A reason is needed where the tenant has any.")]
    [ProducesResponseType<DealJson>(200)]
    public Task<IActionResult> Lose(long id, CloseInput input, CancellationToken stop) => Close(id, DealState.Lost, input, stop);

    [HttpPost("{id:long}/reopen")]
    [Authorize(Permissions.EditSales)]
    [Display(Name = "Open a deal again", Description = "It stands where it stood.")]
    [ProducesResponseType<DealJson>(200)]
    public async Task<IActionResult> Reopen(long id, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        if (!IsExpected(deal)) return ChangedMeanwhile();
        if (!await DealClosing.Reopen(Db, deal, Me, stop)) return StatusCode(StatusCodes.Status409Conflict);
        await Db.SaveChangesAsync(stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return await Answer(id, stop) ?? NoContent();
    }

    private async Task<IActionResult> Change(long id, Func<Deal, DealInput?> inputOf, CancellationToken stop)
    {
        await using var transaction = await Db.OwnTransaction(stop);
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        if (inputOf(deal) is not { } input) return Invalid();
        if (!IsExpected(deal)) return ChangedMeanwhile();
        var form = input.ToForm();
        await Validate(form, stop);
        if (form.CustomerId != deal.CustomerId) ModelState.AddModelError(nameof(form.CustomerId), L["A deal stays with its customer."]);
        if (!ModelState.IsValid || !await Writing.Fill(deal, form, stop)) return Invalid();
        if (form.StageId != deal.StageId && !await Move(deal, form.StageId, stop)) return Invalid();
        await Db.SaveChangesAsync(stop);
        if (transaction is not null) await transaction.CommitAsync(stop);
        return await Answer(id, stop) ?? NoContent();
    }

    private DealWriting Writing => new(Db, Me, ModelState, L);

    private async Task<IActionResult> Close(long id, DealState state, CloseInput input, CancellationToken stop)
    {
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        if (!IsExpected(deal)) return ChangedMeanwhile();
        if (deal.State != DealState.Open) return StatusCode(StatusCodes.Status409Conflict);
        var form = new CloseForm { ReasonId = input.ReasonId, Note = input.Note };
        await Validate(form, stop);
        await DealClosing.Check(Db, state, form, ModelState, L, stop);
        if (!ModelState.IsValid) return Invalid();
        deal.Close(state, form.ReasonId, form.Note, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return await Answer(id, stop) ?? NoContent();
    }

    private async Task<bool> Move(Deal deal, long? to, CancellationToken stop)
    {
        var stage = to is null ? null : await Db.Stages.SingleOrDefaultAsync(s => s.Id == to, stop);
        if (stage is null || await Db.HoldStages([stage.Id], stop) == 0) ModelState.AddModelError(nameof(DealInput.StageId), L["This choice is not there any more."]);
        else if (deal.State != DealState.Open) ModelState.AddModelError(nameof(DealInput.StageId), L["A deal that is decided does not move. Open it again first."]);
        else if (Writing.Has(deal, stage)) deal.Move(stage, Me.Id, Me.Now);
        return ModelState.IsValid;
    }

    // whoever gives a customer away may no longer see the deal
    private async Task<IActionResult?> Answer(long id, CancellationToken stop) =>
        await Db.DealsOfCustomers().Include(d => d.Lines).AsSingleQuery().SingleOrDefaultAsync(d => d.Id == id, stop) is { } deal ? One(await Told(deal, stop), id, deal.Version) : null;

    private async Task<DealJson> Told(Deal deal, CancellationToken stop) => DealJson.Of(deal, (await DealStages.Read(Db, stop)).Of(deal.StageId), Me.Pass.Currency);
}
