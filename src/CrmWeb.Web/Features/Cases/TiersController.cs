using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>How much service customers are promised. A tier that is put away is given to nobody any more; who has it keeps it, and what it promises.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class TiersController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/service/tiers")]
    public async Task<IActionResult> Index(CancellationToken stop)
    {
        ViewData["Segments"] = (await Db.Segments.Where(s => s.ServiceTierId != null).OrderBy(s => s.NameNormal).Select(s => new { s.ServiceTierId, s.Name }).ToListAsync(stop)).ToLookup(s => s.ServiceTierId!.Value, s => s.Name);
        return View("Tiers", await Db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(stop));
    }

    [HttpGet("settings/service/tiers/new")]
    public IActionResult New() => View("Tier", new TierForm());

    [HttpPost("settings/service/tiers/new")]
    public async Task<IActionResult> Create(TierForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        await CheckName(form, null, stop);
        if (await Db.ServiceTiers.CountAsync(stop) >= ServiceTier.Most) ModelState.AddModelError("", L["There are {0} tiers already, and more do not fit.", ServiceTier.Most]);
        if (!ModelState.IsValid) return this.Invalid("Tier", form);
        var tier = new ServiceTier(form.Name!, (await Db.ServiceTiers.MaxAsync(t => (int?)t.Position, stop) ?? 0) + 1);
        tier.Call(form.CadenceDays);
        Db.ServiceTiers.Add(tier);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", tier.Name], Url.Content("~/settings/service/tiers"));
    }

    [HttpGet("settings/service/tiers/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } tier) return NotFound();
        ViewData["Id"] = id;
        return View("Tier", TierForm.Of(tier));
    }

    [HttpPost("settings/service/tiers/{id:long}")]
    public async Task<IActionResult> Save(long id, TierForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } tier) return NotFound();
        ViewData["Id"] = id;
        await CheckName(form, id, stop);
        if (!ModelState.IsValid) return this.Invalid("Tier", form);
        if (form.IsStale(tier)) return Conflict(form, tier);
        tier.Rename(form.Name!);
        tier.Call(form.CadenceDays);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", tier.Name], Url.Content("~/settings/service/tiers"));
    }

    [HttpPost("settings/service/tiers/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } tier) return NotFound();
        tier.Delete(Me.Now);
        await Follow(transaction, stop);
        return this.Done(L["{0} is out of use. Who has it keeps it.", tier.Name], Url.Content("~/settings/service/tiers"), Url.Content($"~/settings/service/tiers/{id}/restore"));
    }

    [HttpPost("settings/service/tiers/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleOrDefaultAsync(t => t.Id == id, stop) is not { } tier) return NotFound();
        if (await IsTaken(tier.Name, id, stop)) return this.ToldOff(L["There is a tier of this name already."], Url.Content("~/settings/service/tiers"));
        tier.Restore();
        await Follow(transaction, stop);
        return this.Done(L["{0} is back", tier.Name], Url.Content("~/settings/service/tiers"));
    }

    [HttpPost("settings/service/tiers/{id:long}/up")]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Move(id, -1, stop);

    [HttpPost("settings/service/tiers/{id:long}/down")]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Move(id, 1, stop);

    /// <summary>The form with what was typed, and beside it what a colleague saved.</summary>
    private IActionResult Conflict(TierForm form, ServiceTier now)
    {
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new ConflictField(L["Name"], now.Name, form.Name), new ConflictField(L["A contact every so many days"], Days(now.CadenceDays), Days(form.CadenceDays)));
        (form.Seen, form.SeenDays) = (now.Name, now.CadenceDays);
        ModelState.Remove(nameof(form.Seen));
        ModelState.Remove(nameof(form.SeenDays));
        return this.Invalid("Tier", form, StatusCodes.Status409Conflict);
    }

    private static string? Days(int? days) => days is { } some ? Digits.Number(some) : null;

    private Task<ServiceTier?> Find(long id, CancellationToken stop) => Db.ServiceTiers.SingleOrDefaultAsync(t => t.Id == id, stop);

    private async Task CheckName(TierForm form, long? id, CancellationToken stop)
    {
        if (await IsTaken(form.Name?.Trim() ?? "", id, stop)) ModelState.AddModelError(nameof(form.Name), L["There is a tier of this name already."]);
    }

    /// <summary>Of a tier in use; what is out of use may be called the same.</summary>
    private Task<bool> IsTaken(string name, long? id, CancellationToken stop) => Db.ServiceTiers.AnyAsync(t => t.Name == name && t.Id != id, stop);

    private async Task<IActionResult> Move(long id, int by, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var all = await Db.ServiceTiers.OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(stop);
        if (all.Find(t => t.Id == id) is not { } tier) return NotFound();
        Places.Move(all, tier, by, (t, place) => t.Position = place);
        await Follow(transaction, stop);
        return LocalRedirect(Url.Content("~/settings/service/tiers"));
    }

    /// <summary>Of several tiers that segments give to a customer the best one counts, which may be another now.</summary>
    private async Task Follow(IDbContextTransaction transaction, CancellationToken stop)
    {
        await Db.SaveChangesAsync(stop);
        await Db.FollowTiersOf(null, stop);
        await transaction.CommitAsync(stop);
    }
}
