using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

public sealed record ClosePage(CloseForm Form, long Id, string Name, DealState State, IReadOnlyList<SelectListItem> Reasons);

/// <summary>A deal is won or lost, with the reason; or it was not decided after all.</summary>
[Authorize(Permissions.EditSales)]
public sealed class DealClosingController(IStringLocalizer L) : TenantController
{
    [HttpGet("deals/{id:long}/won")]
    public Task<IActionResult> Win(long id, CancellationToken stop) => Ask(id, DealState.Won, stop);

    [HttpGet("deals/{id:long}/lost")]
    public Task<IActionResult> Lose(long id, CancellationToken stop) => Ask(id, DealState.Lost, stop);

    [HttpPost("deals/{id:long}/won")]
    public Task<IActionResult> Win(long id, CloseForm form, CancellationToken stop) => Close(id, DealState.Won, form, stop);

    [HttpPost("deals/{id:long}/lost")]
    public Task<IActionResult> Lose(long id, CloseForm form, CancellationToken stop) => Close(id, DealState.Lost, form, stop);

    [HttpPost("deals/{id:long}/reopen")]
    public async Task<IActionResult> Reopen(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        if (!await DealClosing.Reopen(Db, deal, Me, stop)) return this.ToldOff(L["There is no stage any more in which {0} could stand.", deal.Name], Request.Back($"/deals/{id}"));
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} is open again", deal.Name], Request.Back($"/deals/{id}"));
    }

    private async Task<IActionResult> Ask(long id, DealState state, CancellationToken stop) => await DealWriting.Load(Db, id, stop) is { State: DealState.Open } deal
        ? View("Close", await Page(new CloseForm { ReturnUrl = Request.Back($"/deals/{id}") }, deal, state, stop)) : NotFound();

    private async Task<IActionResult> Close(long id, DealState state, CloseForm form, CancellationToken stop)
    {
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        var back = Url.IsLocalUrl(form.ReturnUrl) ? form.ReturnUrl! : Request.Back($"/deals/{id}");
        if (deal.State != DealState.Open) return this.ToldOff(deal.State == DealState.Won ? L["{0} is won already.", deal.Name] : L["{0} is lost already.", deal.Name], back);
        await DealClosing.Check(Db, state, form, ModelState, L, stop);
        if (!ModelState.IsValid) return this.Invalid("Close", await Page(form, deal, state, stop));
        deal.Close(state, form.ReasonId, form.Note, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(state == DealState.Won ? L["{0} is won", deal.Name] : L["{0} is lost", deal.Name], back, Url.Action("Reopen", new { id }));
    }

    private async Task<ClosePage> Page(CloseForm form, Deal deal, DealState state, CancellationToken stop)
    {
        var why = state == DealState.Won ? ReasonFor.Won : ReasonFor.Lost;
        var reasons = await Db.Reasons.Where(r => r.For == why).OrderBy(r => r.Position).ThenBy(r => r.Id).Select(r => new { r.Id, r.Name }).ToListAsync(stop);
        return new(form, deal.Id, deal.Name, state, reasons.ConvertAll(r => Choices.Item(r.Id, r.Name)));
    }
}
