using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>What the page needs on which a deal is moved.</summary>
public sealed record MovePage(MoveForm Form, Deal Deal, string Stage, DealNeeds Lacks)
{
    public required IReadOnlyList<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem> Stages { get; init; }
    public required IReadOnlyList<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem> Owners { get; init; }
}

/// <summary>Moving a deal to a stage: by its menu, on the board, or from its page. What it lacks is asked for; whoever comes second sees where it is (R1).</summary>
[Authorize(Permissions.EditSales)]
public sealed class DealStageController(IStringLocalizer L) : TenantController
{
    private const int Attempts = 3;

    [HttpGet("deals/{id:long}/stage")]
    public async Task<IActionResult> Choose(long id, CancellationToken stop) => await DealWriting.Load(Db, id, stop) is { State: DealState.Open } deal
        ? View("Move", await Page(new MoveForm { From = deal.StageId, ReturnUrl = Request.Back($"/deals/{id}") }, deal, null, stop)) : NotFound();

    [HttpPost("deals/{id:long}/stage")]
    public async Task<IActionResult> Move(long id, MoveForm form, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryMove(id, form, stop);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // somebody saved the deal in the same moment: perhaps something else of it, and perhaps they moved it
                Db.ChangeTracker.Clear();
                ModelState.Clear();
            }
        }
    }

    private async Task<IActionResult> TryMove(long id, MoveForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        if (deal.State != DealState.Open || (form.From is { } from && from != deal.StageId)) return await Elsewhere(deal, form, stop);
        var stage = form.StageId is { } to ? await Db.Stages.SingleOrDefaultAsync(s => s.Id == to, stop) : null;
        if (stage is null || await Db.HoldStages([stage.Id], stop) == 0)
        {
            ModelState.AddModelError(nameof(form.StageId), form.StageId is null ? L["Choose the stage."] : L["This choice is not there any more."]);
            return this.Invalid("Move", await Page(form, deal, null, stop));
        }

        var writing = new DealWriting(Db, Me, ModelState, L);
        var before = deal.StageId;
        if ((form.Fills && !await writing.Fill(deal, Filled(form, deal), stop)) || !writing.Has(deal, stage)) return this.Invalid("Move", await Page(form, deal, stage, stop));
        deal.Move(stage, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} is in \"{1}\" now", deal.Name, stage.Name], Back(form, id), Url.Action("Move", new { id, stageId = before, from = stage.Id }));
    }

    /// <summary>The deal as it is, with what was lacking.</summary>
    private static DealForm Filled(MoveForm form, Deal deal)
    {
        var filled = DealForm.Of(deal);
        if (!string.IsNullOrWhiteSpace(form.Amount)) filled.Amount = form.Amount;
        if (!string.IsNullOrWhiteSpace(form.Description)) filled.Description = form.Description;
        (filled.CloseOn, filled.OwnerId) = (form.CloseOn ?? filled.CloseOn, form.OwnerId ?? filled.OwnerId);
        return filled;
    }

    /// <summary>Somebody was faster: who, and where it stands now. Nothing was done.</summary>
    private async Task<IActionResult> Elsewhere(Deal deal, MoveForm form, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        var by = await Db.StageStays.Where(s => s.DealId == deal.Id && s.LeftAt == null && s.MemberId != null).OrderByDescending(s => s.EnteredAt)
            .Select(s => Db.Members.Where(m => m.Id == s.MemberId).Select(m => m.Name).FirstOrDefault()).FirstOrDefaultAsync(stop);
        var said = deal.State == DealState.Won ? L["{0} was won in the meantime. Nothing was moved.", deal.Name]
            : deal.State == DealState.Lost ? L["{0} was lost in the meantime. Nothing was moved.", deal.Name]
            : by is null ? L["{0} was moved to \"{1}\" in the meantime, and stays there.", deal.Name, stages.NameOf(deal.StageId)]
            : L["{0} was moved to \"{1}\" by {2} in the meantime, and stays there.", deal.Name, stages.NameOf(deal.StageId), by];
        return this.ToldOff(said, Back(form, deal.Id));
    }

    private async Task<MovePage> Page(MoveForm form, Deal deal, Stage? to, CancellationToken stop)
    {
        var stages = await DealStages.Read(Db, stop);
        return new(form, deal, stages.NameOf(deal.StageId), to is null ? DealNeeds.None : Lacking())
        {
            Stages = [.. stages.Choices().Where(choice => choice.Value != deal.StageId.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            Owners = await Db.MemberChoices(stop, deal.OwnerId),
        };

        // also what was typed wrong
        DealNeeds Lacking() => deal.Lacks(to) | to.Needs.Split().Where(need => ModelState.GetFieldValidationState(DealWriting.FieldOf(need)) == Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
            .Aggregate(DealNeeds.None, (all, need) => all | need);
    }

    private string Back(MoveForm form, long id) => Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : Request.Back($"/deals/{id}");
}
