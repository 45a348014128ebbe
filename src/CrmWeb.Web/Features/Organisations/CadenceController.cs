using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>How often customers of a stage should hear from us; Today lists those who did not.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class CadenceController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/organisation/cadence")]
    public async Task<IActionResult> Edit(CancellationToken stop) => View("Cadence", CadenceForm.Of(await Db.ContactCadences.AsNoTracking().ToListAsync(stop)));

    [HttpPost("settings/organisation/cadence")]
    public async Task<IActionResult> Save(CadenceForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Invalid("Cadence", form);

        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var rows = await Db.ContactCadences.ToDictionaryAsync(row => row.Stage, stop);
        foreach (var stage in Enum.GetValues<LifecycleStage>())
        {
            var row = rows.GetValueOrDefault(stage);
            if (form.For(stage) is not { } days)
            {
                if (row is not null) Db.ContactCadences.Remove(row);
            }
            else if (row is null)
            {
                Db.ContactCadences.Add(new ContactCadence(stage, days));
            }
            else
            {
                row.Days = days;
            }
        }

        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["Contact cadence saved"], Url.Content("~/settings/organisation/cadence"));
    }
}
