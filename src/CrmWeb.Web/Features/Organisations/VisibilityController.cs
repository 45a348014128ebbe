using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>Which customers each role sees. Beside each choice stands how many that would be, before anything is saved.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class VisibilityController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/organisation/visibility")]
    public async Task<IActionResult> Edit(CancellationToken stop) =>
        View("Visibility", await Page(VisibilityForm.Of(await Db.RoleVisibilities.AsNoTracking().ToListAsync(stop)), stop));

    [HttpPost("settings/organisation/visibility")]
    public async Task<IActionResult> Save(VisibilityForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Invalid("Visibility", await Page(form, stop));

        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var rows = await Db.RoleVisibilities.ToDictionaryAsync(row => row.Role, stop);
        foreach (var role in VisibilityForm.Settable)
        {
            if (rows.TryGetValue(role, out var row)) row.Sees = form.For(role);
            else if (form.For(role) != role.DefaultVisibility()) Db.RoleVisibilities.Add(new RoleVisibility(role, form.For(role)));
        }

        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["Saved. It holds from the next click of each member on."], Url.Content("~/settings/organisation/visibility"));
    }

    /// <summary>A count as it stands in a sentence; beyond the limit with a plus.</summary>
    internal static string Counted(int count) =>
        count > VisibilityEffect.CountedUpTo ? Digits.Number(VisibilityEffect.CountedUpTo) + "+" : Digits.Number(count);

    private async Task<VisibilityForm> Page(VisibilityForm form, CancellationToken stop)
    {
        ViewData["Effects"] = await VisibilityEffect.Read(Db, stop);
        ViewData["Saved"] = VisibilityForm.Of(await Db.RoleVisibilities.AsNoTracking().ToListAsync(stop));
        return form;
    }
}
