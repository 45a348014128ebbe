using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Today;

/// <summary>The member's home: what is due, who is planned, and who should hear from us.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class TodayController : TenantController
{
    [HttpGet("/")]
    [InsideTenant]
    public IActionResult Home() => RedirectToAction("Show");

    [HttpGet("today")]
    public async Task<IActionResult> Show(string? contacts, CancellationToken stop)
    {
        var everybody = contacts == "all";
        var day = new DayOfMember(Db, Me);
        var cadences = await Db.ContactCadences.AsNoTracking().ToListAsync(stop);
        return View("Today", new TodayPage(
            Me.Today, Me.Now, await day.Tasks(overdue: true, stop), await day.Tasks(overdue: false, stop), await day.Planned(stop),
            await day.Contacts(cadences, everybody, stop), everybody,
            [.. cadences.Select(cadence => new StageDue(cadence.Stage, cadence.DueBefore(Me.Today))).OrderBy(due => due.Stage)]));
    }
}
