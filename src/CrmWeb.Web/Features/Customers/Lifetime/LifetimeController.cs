using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Tags;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Lifetime;

/// <summary>Who still buys, and what is to come of them. Filters are those of the list of customers, and each number opens it.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class LifetimeController(IStringLocalizer L, MemberFields fields) : TenantController
{
    private const string Here = "~/reports/lifetime-value";

    [HttpGet("reports/lifetime-value")]
    public async Task<IActionResult> Show(CancellationToken stop)
    {
        var last = await Read(new(), stop);
        if (last.Model is { } model) (last.Form.CalibrationEnd, last.Form.Unit) = (null, model.Unit);
        return View("Lifetime", last);
    }

    [HttpGet("reports/lifetime-value/progress")]
    public async Task<IActionResult> Progress(CancellationToken stop)
    {
        var job = await ClvJob.Last(Db, stop);
        if (!ClvJob.IsBusy(job)) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Fitting", job);
    }

    /// <summary>Every stay of every segment: a part of the page that comes after it.</summary>
    [HttpGet("reports/lifetime-value/segments")]
    public async Task<IActionResult> Segments(CancellationToken stop)
    {
        var rows = await LifetimePage.SegmentsOf(Db, Me, CustomerQuery.Read(Request.Query, await fields.Seen(stop), FilterBarTag.OpenParameter), stop);
        return PartialView("_Segments", ((IReadOnlyList<LifetimeSegment>)rows, rows.Exists(row => row.Value != 0)));
    }

    [HttpPost("reports/lifetime-value/fit")]
    [Authorize(Permissions.ManageKpis)]
    public async Task<IActionResult> Fit(ClvForm form, CancellationToken stop)
    {
        form.CheckDay(ModelState, Me, L);
        if (!ModelState.IsValid) return this.Invalid("Lifetime", await Read(form, stop));
        if (ClvJob.IsBusy(await ClvJob.Last(Db, stop))) return this.ToldOff(L["A fit is under way already."], Url.Content(Here));
        ClvJob.Ask(Db, form.Ask, Me.Id, Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["The model is being fitted"], Url.Content(Here));
    }

    private async Task<LifetimePage> Read(ClvForm form, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var page = await LifetimePage.Read(Db, Me, CustomerQuery.Read(Request.Query, custom, FilterBarTag.OpenParameter), form, stop);
        var bar = CustomerColumns.Fields(L, Url, custom);
        ViewData["Bar"] = bar;
        ViewData["Chips"] = await CustomerFilterChips.Of(page.Query.Filter, bar, Db, L, stop);
        return page;
    }
}
