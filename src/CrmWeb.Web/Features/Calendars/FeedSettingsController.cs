using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Calendars;

/// <summary>Turning the member's feed on and off. The address is shown once, because only its hash is kept.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class FeedSettingsController(IStringLocalizer L, Site site) : TenantController
{
    private const string Fresh = "crm.calendar";

    [HttpGet("calendar/feed")]
    public async Task<IActionResult> Show()
    {
        var member = await Self();
        return View("Feed", new FeedPage(member.CalendarTokenHash is not null, TempData[Fresh] as string));
    }

    /// <summary>Turns it on, or gives it a new address: the old one dies.</summary>
    [HttpPost("calendar/feed")]
    public async Task<IActionResult> Renew()
    {
        var token = Secret.New();
        (await Self()).CalendarTokenHash = Secret.Hash(token);
        await Db.SaveChangesAsync();
        TempData[Fresh] = site.Url($"/calendars/{Me.Pass.Slug}/{token}.ics");
        return RedirectToAction("Show");
    }

    [HttpPost("calendar/feed/off")]
    public async Task<IActionResult> TurnOff()
    {
        (await Self()).CalendarTokenHash = null;
        await Db.SaveChangesAsync();
        TempData.Toast(L["The calendar address is off"]);
        return RedirectToAction("Show");
    }

    private Task<Member> Self() => Db.Members.SingleAsync(m => m.Id == Me.Id);
}

/// <param name="Address">Only right after it was made.</param>
public sealed record FeedPage(bool IsOn, string? Address);
