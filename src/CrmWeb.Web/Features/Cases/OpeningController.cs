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

/// <summary>When the tenant works.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class OpeningController(IStringLocalizer L) : TenantController
{
    [HttpGet("settings/service")]
    public async Task<IActionResult> Edit(CancellationToken stop) => View("Opening", OpeningForm.Of(await Db.OpeningTimes.AsNoTracking().ToListAsync(stop)));

    [HttpPost("settings/service")]
    public async Task<IActionResult> Save(OpeningForm form, CancellationToken stop)
    {
        var week = form.Read(L, (day, why) => ModelState.AddModelError(day.ToString(), why));
        if (!ModelState.IsValid) return this.Invalid("Opening", form);

        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (form.Meanwhile(OpeningForm.Of(await Db.OpeningTimes.AsNoTracking().ToListAsync(stop)), OpeningForm.Of(week)) is { Count: > 0 } others) return Conflict(form, others);
        var change = new ClockChange(Db, Me);
        var now = await ServiceClocks.Read(Db, stop);
        var holidays = await Db.Holidays.Select(h => h.Day).ToListAsync(stop);
        var moved = await change.Count(now with { Calendar = ServiceClocks.CalendarOf(await ServiceClocks.Zone(Db, stop), week, holidays) }, stop);
        if (moved > 0 && form.Told != moved) return Ask(form, moved);

        var before = await Db.OpeningTimes.ToListAsync(stop);
        Db.OpeningTimes.RemoveRange(before.Where(old => !week.Exists(one => Same(one, old))));
        await Db.SaveChangesAsync(stop);
        Db.OpeningTimes.AddRange(week.Where(one => !before.Exists(old => Same(one, old))));
        await Db.SaveChangesAsync(stop);
        await Db.MoveAllClocks(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["Opening times saved"], Url.Content("~/settings/service"));
    }

    /// <summary>The form with what was typed, and beside it what a colleague saved.</summary>
    private IActionResult Conflict(OpeningForm form, IEnumerable<(DayOfWeek Day, string? Theirs, string? Mine)> days)
    {
        ModelState.Clear();
        form.Told = null;
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(days.Select(day => new ConflictField(L[day.Day.ToString()], day.Theirs, day.Mine)));
        return this.Invalid("Opening", form, StatusCodes.Status409Conflict);
    }

    private ViewResult Ask(OpeningForm form, int moved)
    {
        form.Told = moved;
        ModelState.Remove(nameof(form.Told));
        return View("Opening", form);
    }

    private static bool Same(OpeningTime one, OpeningTime other) => (one.Day, one.Opens, one.Closes) == (other.Day, other.Opens, other.Closes);
}
