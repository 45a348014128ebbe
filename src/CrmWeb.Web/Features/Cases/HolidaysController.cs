using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Days on which the tenant does not work.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class HolidaysController(IStringLocalizer L) : TenantController
{
    private const int Most = 1_000;

    [HttpGet("settings/service/holidays")]
    public async Task<IActionResult> Index(CancellationToken stop) => View("Holidays", await Page(new HolidayForm(), stop));

    [HttpPost("settings/service/holidays")]
    public async Task<IActionResult> Add(HolidayForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Holidays.AnyAsync(h => h.Day == form.Day, stop)) ModelState.AddModelError(nameof(form.Day), L["This day is a holiday already."]);
        if (await Db.Holidays.CountAsync(stop) >= Most) ModelState.AddModelError("", L["There are {0} holidays already, and more do not fit.", Most]);
        if (!ModelState.IsValid) return this.Invalid("Holidays", await Page(form, stop));

        var change = new ClockChange(Db, Me);
        var now = await ServiceClocks.Read(Db, stop);
        var days = await Db.Holidays.Select(h => h.Day).ToListAsync(stop);
        var week = await Db.OpeningTimes.AsNoTracking().ToListAsync(stop);
        var moved = await change.Count(now with { Calendar = ServiceClocks.CalendarOf(await ServiceClocks.Zone(Db, stop), week, [.. days, form.Day!.Value]) }, stop);
        if (moved > 0 && form.Told != moved)
        {
            form.Told = moved;
            ModelState.Remove(nameof(form.Told));
            return View("Holidays", await Page(form, stop));
        }

        await Put(form, change, stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", form.Name!.Trim()], Url.Content("~/settings/service/holidays"));
    }

    [HttpPost("settings/service/holidays/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Holidays.SingleOrDefaultAsync(h => h.Id == id, stop) is not { } holiday) return NotFound();
        Db.Holidays.Remove(holiday);
        await Db.SaveChangesAsync(stop);
        await new ClockChange(Db, Me).Apply(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} was deleted", holiday.Name], Url.Content("~/settings/service/holidays"), Url.Action("Restore", new { day = holiday.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), name = holiday.Name }));
    }

    /// <summary>Makes a deleted holiday anew, for Undo.</summary>
    [HttpPost("settings/service/holidays/restore")]
    public async Task<IActionResult> Restore(HolidayForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid) return NotFound();
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (!await Db.Holidays.AnyAsync(h => h.Day == form.Day, stop)) await Put(form, new ClockChange(Db, Me), stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} is back", form.Name!.Trim()], Url.Content("~/settings/service/holidays"));
    }

    private async Task Put(HolidayForm form, ClockChange change, CancellationToken stop)
    {
        Db.Holidays.Add(new Holiday(form.Day!.Value, form.Name!));
        await Db.SaveChangesAsync(stop);
        await change.Apply(stop);
    }

    private async Task<HolidayForm> Page(HolidayForm form, CancellationToken stop)
    {
        ViewData["Holidays"] = await Db.Holidays.AsNoTracking().OrderByDescending(h => h.Day).Take(Most).ToListAsync(stop);
        return form;
    }
}
