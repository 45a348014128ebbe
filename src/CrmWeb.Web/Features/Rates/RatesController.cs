using System.Globalization;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Rates;

public sealed record RatesPage(IReadOnlyList<ExchangeRate> Rows, Pager Pager, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, RateForm Form);

/// <summary>What other currencies are worth in the tenant's own, day by day.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class RatesController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/rates";

    private static readonly IReadOnlyList<KeyOrder<ExchangeRate>> Orders = [KeyOrder<ExchangeRate>.By("day", r => r.Day)];

    [HttpGet("settings/rates")]
    public async Task<IActionResult> Index(string? after, string? before, CancellationToken stop) => View("Rates", await Page(new RateForm { Day = Me.Today }, after, before, stop));

    [HttpPost("settings/rates")]
    public async Task<IActionResult> Create(RateForm form, CancellationToken stop)
    {
        if (form.Currency == Me.Pass.Currency) ModelState.AddModelError(nameof(form.Currency), L["{0} is your own currency and needs no rate.", Me.Pass.Currency]);
        if (!ModelState.IsValid) return this.Invalid("Rates", await Page(form, null, null, stop));
        var outcome = await Writing.Add(form.Currency!, form.Day!.Value, form.Value!.Value, stop);
        if (outcome == RateOutcome.Done) return this.Done(L["Saved"], Url.Content(List));
        if (outcome == RateOutcome.TooMuch) ModelState.AddModelError(nameof(form.Rate), TooMuch(form.Currency!));
        else ModelState.AddModelError(nameof(form.Day), L["{0} has a rate of this day already. Change that one.", form.Currency!]);
        return this.Invalid("Rates", await Page(form, null, null, stop));
    }

    [HttpGet("settings/rates/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) => await Find(id, stop) is { } rate ? View("Rate", RateForm.Of(rate)) : NotFound();

    [HttpPost("settings/rates/{id:long}")]
    public async Task<IActionResult> Save(long id, RateForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } rate) return NotFound();
        // which currency and from which day stays: that would be another rate
        (form.Currency, form.Day) = (rate.Currency, rate.Day);
        foreach (var fixedField in new[] { nameof(form.Currency), nameof(form.Day) }) ModelState.Remove(fixedField);
        if (!ModelState.IsValid) return this.Invalid("Rate", form);
        if (form.Version != rate.Version) return Stale(rate, form);
        try
        {
            if (await Writing.Change(rate, form.Value!.Value, stop) == RateOutcome.TooMuch)
            {
                ModelState.AddModelError(nameof(form.Rate), TooMuch(rate.Currency));
                return this.Invalid("Rate", form);
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Find(id, stop) is { } newer ? Stale(newer, form) : NotFound();
        }

        return this.Done(L["Saved"], Url.Content(List));
    }

    [HttpPost("settings/rates/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } rate) return NotFound();
        var (currency, day, value) = (rate.Currency, rate.Day, RateForm.Write(rate.Rate));
        var outcome = await Writing.Remove(rate, stop);
        if (outcome != RateOutcome.Done)
        {
            TempData.Toast(outcome == RateOutcome.TooMuch ? TooMuch(currency) : L["There are orders or deals in {0} of these days, which would be left without a rate. Change it instead.", currency], Tone.Warn);
            return RedirectToAction(nameof(Index));
        }

        return this.Done(L["The rate of {0} is removed", currency], Url.Content(List), Url.Action(nameof(Restore), new { currency, day = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rate = value }));
    }

    /// <summary>Puts a rate back that was removed; one that was made again meanwhile stays.</summary>
    [HttpPost("settings/rates/restore")]
    public async Task<IActionResult> Restore(RateForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid || form.Currency == Me.Pass.Currency) return BadRequest();
        if (await Writing.Add(form.Currency!, form.Day!.Value, form.Value!.Value, stop) == RateOutcome.TooMuch)
        {
            TempData.Toast(TooMuch(form.Currency!), Tone.Warn);
            return RedirectToAction(nameof(Index));
        }

        return this.Done(L["The rate of {0} is back", form.Currency!], Url.Content(List));
    }

    private string TooMuch(string currency) => L["At this rate an order or a deal in {0} would be worth more than can be kept. Nothing was changed.", currency];

    private RateWriting Writing => new(Db, Me);

    private IActionResult Stale(ExchangeRate rate, RateForm form)
    {
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(new ConflictField(L["Worth"], RateForm.Write(rate.Rate), form.Rate));
        form.Version = rate.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Rate", form, StatusCodes.Status409Conflict);
    }

    private Task<ExchangeRate?> Find(long id, CancellationToken stop) => Db.ExchangeRates.SingleOrDefaultAsync(r => r.Id == id, stop);

    private async Task<RatesPage> Page(RateForm form, string? after, string? before, CancellationToken stop)
    {
        var known = await Db.ExchangeRates.Select(r => r.Currency).Distinct().OrderBy(code => code).ToListAsync(stop);
        FilterField[] fields = [new("currency", L["Currency"], FilterKind.Choice, known.ConvertAll(code => new SelectListItem(code, code)))];
        var filters = Filters.Read(Request.Query, fields);
        var rates = filters.Aggregate(Db.ExchangeRates.AsNoTracking(), (rows, filter) => rows.ByWord(filter, r => r.Currency));
        var (found, pager) = await new KeyPages<ExchangeRate>(Orders, null, "-day").Page(rates, Db.ExchangeRates, r => r, r => r.Id, after, before, stop);
        return new(found, pager, fields, filters, form);
    }
}
