using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>What one is told, and how: each member's own choice.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class NotificationSettingsController(IStringLocalizer L) : TenantController
{
    [HttpGet("account/notifications")]
    public async Task<IActionResult> Edit(CancellationToken stop)
    {
        var member = await Db.Members.AsNoTracking().SingleAsync(m => m.Id == Me.Id, stop);
        return View("Settings", NotificationSettingsForm.Of(member, await NotificationChoosing.Chosen(Db, stop)));
    }

    [HttpPost("account/notifications")]
    public async Task<IActionResult> Save(NotificationSettingsForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid) return this.Invalid("Settings", form);
        await NotificationChoosing.Put(Db, Me, kind => form[kind], member => member.BeTold(form.FollowsOwned, form.DigestHour, form.DigestDay), stop);
        return this.Done(L["Saved"], Url.Content("~/account/notifications"));
    }
}
