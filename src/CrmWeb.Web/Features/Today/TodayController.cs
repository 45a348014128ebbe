using System.Globalization;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Today;

/// <summary>The member's home: what is due, who is planned, and who should hear from us.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class TodayController(IStringLocalizer L) : TenantController
{
    [HttpGet("/")]
    [InsideTenant]
    public IActionResult Home() => RedirectToAction("Show");

    [HttpGet("today")]
    public async Task<IActionResult> Show(string? contacts, CancellationToken stop)
    {
        var everybody = contacts == "all";
        var day = new DayOfMember(Db, Me);
        var rhythm = await Db.ContactRhythm(stop);
        return View("Today", new TodayPage(
            Me.Today, Me.Now, await day.Tasks(overdue: true, stop), await day.Tasks(overdue: false, stop), await day.Planned(stop),
            await day.Contacts(rhythm, everybody, stop), everybody, await Due(rhythm, stop)));
    }

    /// <summary>The lists of those who are due, the tiers that say so before the stages.</summary>
    private async Task<IReadOnlyList<RhythmDue>> Due(ContactRhythm rhythm, CancellationToken stop)
    {
        if (rhythm.IsEmpty) return [];
        var tiers = rhythm.OfTiers.Count > 0 ? await Db.TierNames(stop) : [];
        string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
        // customers of a tier that says how often are not asked for by their stage
        var others = string.Concat(rhythm.OfTiers.Keys.Order().Select(tier => $"&serviceTier={Id(tier)}")) + (rhythm.OfTiers.Count > 0 ? "&serviceTier.op=none" : "");
        string Query(RhythmCut cut) => (cut.TierId is { } tier ? $"serviceTier={Id(tier)}" : $"stage={cut.Stage!.Value.ToString().ToLowerInvariant()}{others}")
            + $"&contact={ContactRhythm.DueBefore(cut.Days, Me.Today).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}&contact.op=before";
        return [.. rhythm.Cuts().OrderBy(cut => cut.Stage).Select(cut => new RhythmDue(cut.TierId is { } tier ? tiers.GetValueOrDefault(tier, "?") : L.Of(cut.Stage!.Value), Query(cut)))];
    }
}
