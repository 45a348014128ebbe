using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>Making a deal, and changing one.</summary>
[Authorize(Permissions.EditSales)]
public sealed class DealFormController(IStringLocalizer L, LocalTime time) : TenantController
{
    [HttpGet("deals/new")]
    public async Task<IActionResult> New(long? customerId, long? pipeline, long? stageId, CancellationToken stop)
    {
        customerId ??= Request.CustomerOfPage();
        if (customerId is { } id && !await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        var stages = await DealStages.Read(Db, stop);
        var first = stageId is { } asked && stages.Find(asked) is { IsAway: false } chosen ? chosen
            : stages.Pipelines.Where(p => pipeline is null || p.Id == pipeline).Concat(stages.Pipelines).SelectMany(p => stages.In(p.Id)).FirstOrDefault();
        var form = new DealForm { CustomerId = customerId, StageId = first?.Id, Currency = Me.Pass.Currency, OwnerId = Me.Id, ReturnUrl = Request.Back("/deals") };
        return View("Edit", await DealFormPage.Read(Db, Me, form, null, null, stop));
    }

    [HttpPost("deals/new")]
    public async Task<IActionResult> Create(DealForm form, CancellationToken stop)
    {
        if (form.CustomerId is { } id && !await Db.Customers.AnyAsync(c => c.Id == id, stop)) return NotFound();
        if (await Writing.Create(form, stop) is not { } deal) return await Again(form, null, null, stop);
        return this.Done(L["{0} was added", deal.Name], Url.Content($"~/deals/{deal.Id}"), Url.Content($"~/deals/{deal.Id}/delete"));
    }

    [HttpGet("deals/{id:long}/edit")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await DealWriting.Load(Db, id, stop) is { } deal ? View("Edit", await DealFormPage.Read(Db, Me, Opened(deal), deal, null, stop)) : NotFound();

    [HttpPost("deals/{id:long}/edit")]
    public async Task<IActionResult> Update(long id, DealForm form, CancellationToken stop)
    {
        if (await DealWriting.Load(Db, id, stop) is not { } deal) return NotFound();
        if (form.Version != deal.Version) return await Conflict(form, deal, stop);
        foreach (var taken in DealSeen.TakeOver(form, DealForm.Of(deal)))
            foreach (var key in ModelState.Keys.Where(key => key == taken || key.StartsWith(taken + "[", StringComparison.Ordinal)).ToList()) ModelState.Remove(key);
        // it stays with its customer
        form.CustomerId = deal.CustomerId;
        ModelState.Remove(nameof(form.CustomerId));
        if (!await Writing.Fill(deal, form, stop)) return await Again(form, deal, null, stop);
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await DealWriting.Load(Db, id, stop) is { } newer ? await Conflict(form, newer, stop) : NotFound();
        }

        return this.Done(L["Saved"], Url.Content($"~/deals/{id}"));
    }

    private DealWriting Writing => new(Db, Me, ModelState, L);

    private static DealForm Opened(Deal deal)
    {
        var form = DealForm.Of(deal);
        form.Seen = DealSeen.Write(form);
        return form;
    }

    private async Task<IActionResult> Again(DealForm form, Deal? deal, Conflict? conflict, CancellationToken stop, int status = StatusCodes.Status400BadRequest) =>
        this.Invalid("Edit", await DealFormPage.Read(Db, Me, form, deal, conflict, stop), status);

    // the form goes on from the newer version: saving it again is a decision about what is there now
    private async Task<IActionResult> Conflict(DealForm form, Deal deal, CancellationToken stop)
    {
        var theirs = Opened(deal);
        var conflict = await DealSeen.ConflictOf(form, theirs, deal.UpdatedAt, new DealNames(Db, L, time, stop));
        (form.Version, form.Seen, form.Take, form.CustomerId) = (theirs.Version, theirs.Seen, [], deal.CustomerId);
        foreach (var name in new[] { nameof(form.Version), nameof(form.Seen), nameof(form.Take) }) ModelState.Remove(name);
        return await Again(form, deal, conflict, stop, StatusCodes.Status409Conflict);
    }
}
