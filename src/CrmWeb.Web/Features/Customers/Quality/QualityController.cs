using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>What the data is like: numbers that each open their records.</summary>
public sealed class QualityController(IStringLocalizer L, MemberFields fields) : TenantController
{
    [HttpGet("quality")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Index(string? by, CancellationToken stop)
    {
        var custom = await fields.Seen(stop);
        var page = await QualityPage.Read(Db, Me, custom, QualityCut.Read(Request.Query), by, stop);
        IReadOnlyList<FilterField> bar = [.. CustomerColumns.Fields(L, Url, custom).Where(field => QualityCut.IsOfCut(field.Key))];
        ViewData["Bar"] = bar;
        ViewData["Chips"] = await CustomerFilterChips.Of(page.Cut.Filter, bar, Db, L, stop);
        ViewData["Names"] = (page.By == "owner" ? await Db.EveryMember(stop) : page.By == "team" ? await Db.TeamChoices(stop) : []).ToDictionary(item => item.Value, item => item.Text, StringComparer.Ordinal);
        return View("Quality", page);
    }

    [HttpGet("quality/progress")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Progress(CancellationToken stop)
    {
        var job = await QualityJob.Last(Db, stop);
        if (!QualityJob.IsBusy(job)) Response.Headers["HX-Refresh"] = "true";
        return PartialView("_Count", job);
    }

    [HttpPost("quality/count")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Count(CancellationToken stop)
    {
        if (!QualityJob.IsBusy(await QualityJob.Last(Db, stop)))
        {
            Db.Jobs.Add(new Job(QualityJob.JobKind, "", Me.Id, Me.Now));
            await Db.SaveChangesAsync(stop);
        }

        return LocalRedirect(Url.Content("~/quality"));
    }

    [HttpGet("quality/fresh")]
    [Authorize(Permissions.ManageTenant)]
    public async Task<IActionResult> Fresh(CancellationToken stop) =>
        View("Fresh", await Db.Tenants.Where(t => t.Id == Me.Pass.TenantId).Select(t => new FreshForm { Days = t.FreshDays, Version = t.Version }).SingleAsync(stop));

    [HttpPost("quality/fresh")]
    [Authorize(Permissions.ManageTenant)]
    public async Task<IActionResult> Fresh(FreshForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Invalid("Fresh", form);
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.CustomFieldsChange(stop);
        var tenant = await Db.Tenants.SingleAsync(t => t.Id == Me.Pass.TenantId, stop);
        if (tenant.Version != form.Version) return Stale(tenant, form);
        tenant.HoldFresh(form.Days!.Value);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["Saved. The next count goes by it."], Url.Content("~/quality"));
    }

    private IActionResult Stale(Tenant tenant, FreshForm form)
    {
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(new ConflictField(L["Days a record stays fresh"], Digits.Number(tenant.FreshDays), Digits.Number(form.Days!.Value)));
        form.Version = tenant.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Fresh", form, StatusCodes.Status409Conflict);
    }
}
