using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Costs;

/// <param name="Today">What holds today, of every role and channel; null where nothing is set.</param>
public sealed record CostsPage(
    IReadOnlyDictionary<string, CostRate?> Today, IReadOnlyList<CostRate> Rows, Pager Pager, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, CostForm Form, Job? Job);

/// <summary>What an hour of each role and a contact by each channel costs the tenant, from day to day.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class CostsController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/costs";

    private static readonly IReadOnlyList<KeyOrder<CostRate>> Orders = [KeyOrder<CostRate>.By("day", r => r.Day)];

    [HttpGet("settings/costs")]
    public async Task<IActionResult> Index(string? of, string? after, string? before, CancellationToken stop) =>
        View("Costs", await Page(new CostForm { Of = CostWords.Parse(of) is null ? null : of }, after, before, stop));

    [HttpGet("settings/costs/progress")]
    public async Task<IActionResult> Progress(CancellationToken stop)
    {
        var job = await RecountCostsJob.Last(Db, stop);
        if (!RecountCostsJob.IsBusy(job)) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Recount", job);
    }

    [HttpPost("settings/costs")]
    public async Task<IActionResult> Create(CostForm form, CancellationToken stop)
    {
        CheckAmount(form);
        if (!ModelState.IsValid) return this.Invalid("Costs", await Page(form, null, null, stop));
        if (await Writing.Add(CostWords.Parse(form.Of)!.Value, form.Day, form.Minor(Me.Pass.Currency)!.Value, stop)) return this.Done(L["Saved. What follows from it is being counted."], Url.Content(List));
        ModelState.AddModelError(nameof(form.Day), L["There is a cost of this day already. Change that one."]);
        return this.Invalid("Costs", await Page(form, null, null, stop));
    }

    [HttpGet("settings/costs/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) => await Find(id, stop) is { } rate ? View("Cost", CostForm.From(rate, Me.Pass.Currency)) : NotFound();

    [HttpPost("settings/costs/{id:long}")]
    public async Task<IActionResult> Save(long id, CostForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } rate) return NotFound();
        // of what it is and from which day stays: that would be another cost
        (form.Of, form.Day) = (CostWords.Key(rate.Kind, rate.Which), rate.Day == CostRate.Always ? null : rate.Day);
        foreach (var fixedField in new[] { nameof(form.Of), nameof(form.Day) }) ModelState.Remove(fixedField);
        CheckAmount(form);
        if (!ModelState.IsValid) return this.Invalid("Cost", form);
        if (form.Version != rate.Version) return Stale(rate, form);
        try
        {
            await Writing.Change(rate, form.Minor(Me.Pass.Currency)!.Value, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Find(id, stop) is { } newer ? Stale(newer, form) : NotFound();
        }

        return this.Done(L["Saved. What follows from it is being counted."], Url.Content(List));
    }

    [HttpPost("settings/costs/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } rate) return NotFound();
        var form = CostForm.From(rate, Me.Pass.Currency);
        var undo = Url.Action(nameof(Restore), new { of = form.Of, day = form.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), amount = form.Amount });
        try
        {
            await Writing.Remove(rate, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return this.ToldOff(L["Somebody else changed it meanwhile. Look again."], Url.Content(List));
        }

        return this.Done(L["The cost of {0} is removed", L.OfCost(form.Of!)], Url.Content(List), undo);
    }

    /// <summary>Puts a cost back that was removed; one that was made again meanwhile stays.</summary>
    [HttpPost("settings/costs/restore")]
    public async Task<IActionResult> Restore(CostForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid || form.Minor(Me.Pass.Currency) is not { } amount) return BadRequest();
        await Writing.Add(CostWords.Parse(form.Of)!.Value, form.Day, amount, stop);
        return this.Done(L["The cost of {0} is back", L.OfCost(form.Of!)], Url.Content(List));
    }

    private CostWriting Writing => new(Db, Me);

    private void CheckAmount(CostForm form)
    {
        if (!string.IsNullOrWhiteSpace(form.Amount) && form.Minor(Me.Pass.Currency) is null)
            ModelState.AddModelError(nameof(form.Amount), L["Write an amount like 12.50; not below 0, and no finer than the currency."]);
    }

    private IActionResult Stale(CostRate rate, CostForm form)
    {
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(new ConflictField(L["Cost"], Digits.Money(rate.Amount, Me.Pass.Currency), form.Amount));
        form.Version = rate.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Cost", form, StatusCodes.Status409Conflict);
    }

    private Task<CostRate?> Find(long id, CancellationToken stop) => Db.CostRates.SingleOrDefaultAsync(r => r.Id == id, stop);

    private async Task<CostsPage> Page(CostForm form, string? after, string? before, CancellationToken stop)
    {
        FilterField[] fields =
        [
            new("kind", L["What"], FilterKind.Choice, [new(L["An hour of a role"], nameof(CostKind.Hour).ToLowerInvariant()), new(L["A contact by a channel"], nameof(CostKind.Contact).ToLowerInvariant())]),
        ];
        var filters = Filters.Read(Request.Query, fields);
        var rates = filters.Aggregate(Db.CostRates.AsNoTracking(), (rows, filter) => rows.ByChoice<CostRate, CostKind>(filter, r => r.Kind, word => Enum.TryParse<CostKind>(word, ignoreCase: true, out var kind) ? kind : null));
        var (found, pager) = await new KeyPages<CostRate>(Orders, null, "-day").Page(rates, Db.CostRates, r => r, r => r.Id, after, before, stop);
        var now = Me.Now;
        var begun = await Db.CostRates.AsNoTracking().Where(r => r.BeginsAt <= now && !Db.CostRates.Any(later => later.Kind == r.Kind && later.Which == r.Which && later.BeginsAt > r.BeginsAt && later.BeginsAt <= now)).ToListAsync(stop);
        var today = begun.GroupBy(r => CostWords.Key(r.Kind, r.Which), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return new(CostWords.Keys.ToDictionary(key => key, key => today.GetValueOrDefault(key), StringComparer.Ordinal), found, pager, fields, filters, form, await RecountCostsJob.Last(Db, stop));
    }
}
