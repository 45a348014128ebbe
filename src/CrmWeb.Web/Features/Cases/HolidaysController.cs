using System.Globalization;
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

        var moved = await Moving(form.Day!.Value, isHoliday: true, stop);
        if (moved > 0 && form.Told != moved)
        {
            form.Told = moved;
            ModelState.Remove(nameof(form.Told));
            return View("Holidays", await Page(form, stop));
        }

        await Put(form, stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", form.Name!.Trim()], Url.Content("~/settings/service/holidays"));
    }

    [HttpPost("settings/service/holidays/{id:long}/delete")]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Db.Holidays.SingleOrDefaultAsync(h => h.Id == id, stop) is not { } holiday) return NotFound();
        var moved = await Moving(holiday.Day, isHoliday: false, stop);
        Db.Holidays.Remove(holiday);
        await Db.SaveChangesAsync(stop);
        await Db.MoveAllClocks(stop);
        await transaction.CommitAsync(stop);
        return this.Done(Said(L["{0} was deleted", holiday.Name], moved), Url.Content("~/settings/service/holidays"), Url.Action("Restore", new { day = holiday.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), name = holiday.Name }));
    }

    /// <summary>Makes a deleted holiday anew, for Undo.</summary>
    [HttpPost("settings/service/holidays/restore")]
    public async Task<IActionResult> Restore(HolidayForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid) return NotFound();
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var moved = await Moving(form.Day!.Value, isHoliday: true, stop);
        if (!await Db.Holidays.AnyAsync(h => h.Day == form.Day, stop)) await Put(form, stop);
        await transaction.CommitAsync(stop);
        return this.Done(Said(L["{0} is back", form.Name!.Trim()], moved), Url.Content("~/settings/service/holidays"));
    }

    /// <summary>How many open cases are due at another time when the day is a holiday, or is none.</summary>
    private async Task<int> Moving(DateOnly day, bool isHoliday, CancellationToken stop)
    {
        var now = await ServiceClocks.Read(Db, stop);
        var days = (await Db.Holidays.Select(h => h.Day).ToListAsync(stop)).Where(other => other != day);
        var week = await Db.OpeningTimes.AsNoTracking().ToListAsync(stop);
        var calendar = ServiceClocks.CalendarOf(await ServiceClocks.Zone(Db, stop), week, isHoliday ? days.Append(day) : days);
        return await new ClockChange(Db, Me).Count(now with { Calendar = calendar }, stop);
    }

    private string Said(LocalizedString done, int moved) => moved == 0 ? done : L["{0}. {1}", done.Value, ClockChange.Say(L, moved)];

    private async Task Put(HolidayForm form, CancellationToken stop)
    {
        Db.Holidays.Add(new Holiday(form.Day!.Value, form.Name!));
        await Db.SaveChangesAsync(stop);
        await Db.MoveAllClocks(stop);
    }

    private async Task<HolidayForm> Page(HolidayForm form, CancellationToken stop)
    {
        ViewData["Holidays"] = await Db.Holidays.AsNoTracking().OrderByDescending(h => h.Day).Take(Most).ToListAsync(stop);
        return form;
    }
}
