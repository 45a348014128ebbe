using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>The organisation itself: its name, and where and how it counts days and money.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class OrganisationController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/organisation")]
    public async Task<IActionResult> Edit(CancellationToken stop)
    {
        var t = await Tenant().AsNoTracking().SingleAsync(stop);
        return View("Organisation", new OrganisationForm
        {
            Name = t.Name,
            TimeZone = t.TimeZone,
            Language = t.Language,
            Country = t.Country,
            Currency = t.Currency,
            Version = t.Version,
        });
    }

    [HttpPost("settings/organisation")]
    public async Task<IActionResult> Save(OrganisationForm form, CancellationToken stop)
    {
        var tenant = await Tenant().SingleAsync(stop);
        // a zone that only another machine knows may stay
        if (form.TimeZone == tenant.TimeZone) ModelState.Remove(nameof(form.TimeZone));
        // what was sold is kept in it
        if (form.Currency != tenant.Currency && await Db.KeepsMoney(stop)) ModelState.AddModelError(nameof(form.Currency), L["Orders, deals and rates are kept in {0}. It can be changed only while there are none.", tenant.Currency]);
        if (!ModelState.IsValid) return this.Invalid("Organisation", form);

        Db.Expect(tenant, form.Version);
        var moves = form.TimeZone != tenant.TimeZone;
        // the days of the rates begin at other hours then; a little later, for who sells something in this moment still reads the old ones
        if (moves && await Db.ExchangeRates.AnyAsync(stop)) Db.Jobs.Add(new Job(SalesWorth.JobKind, "", Me.Id, Me.Now.AddMinutes(1)));
        tenant.Change(form.Name!, form.TimeZone!, form.Language!, string.IsNullOrEmpty(form.Country) ? null : form.Country, form.Currency!);
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            await transaction.RollbackAsync(stop);
            return await Stale(form, stop);
        }

        // nine o'clock is another moment there
        if (moves) await Db.MoveAllClocks(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", tenant.Name], Url.Content("~/settings/organisation"));
    }

    private async Task<IActionResult> Stale(OrganisationForm form, CancellationToken stop)
    {
        Db.ChangeTracker.Clear();
        var now = await Tenant().AsNoTracking().SingleAsync(stop);
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new(L["Name"], now.Name, form.Name?.Trim()), new(L["Time zone"], now.TimeZone, form.TimeZone), new(L["Language"], now.Language, form.Language),
            new(L["Country"], now.Country, form.Country), new(L["Currency"], now.Currency, form.Currency));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Organisation", form, StatusCodes.Status409Conflict);
    }

    private IQueryable<Tenant> Tenant()
    {
        var id = Me.Pass.TenantId;
        return Db.Tenants.Where(t => t.Id == id);
    }
}
