using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>Closing the door to a member, and opening it again. What they did stays under their name.</summary>
[Authorize(Permissions.ManageMembers)]
public sealed class MemberActivityController(IStringLocalizer L) : TenantController
{
    [HttpPost("settings/members/{id:long}/deactivate")]
    public async Task<IActionResult> Deactivate(long id, CancellationToken stop)
    {
        if (id == Me.Id) return Refused(L["You cannot deactivate yourself."]);
        return await Change(id, active: false, stop);
    }

    [HttpPost("settings/members/{id:long}/reactivate")]
    public Task<IActionResult> Reactivate(long id, CancellationToken stop) => Change(id, active: true, stop);

    private async Task<IActionResult> Change(long id, bool active, CancellationToken stop)
    {
        switch (await new MemberChange(Db, Me).Make(id, null, null, active, null, stop))
        {
            case MemberChanged.Missing:
                return NotFound();
            case MemberChanged.Forbidden:
                return Forbid();
            case MemberChanged.LastAdmin:
                return Refused(L["Somebody must stay admin. Make somebody else admin first."]);
        }

        var name = await Db.Members.Where(m => m.Id == id).Select(m => m.Name).SingleAsync(stop);
        return active
            ? this.Done(L["{0} may come in again", name], Request.Back("/settings/members"))
            : this.Done(L["{0} was deactivated", name], Request.Back("/settings/members"), Url.Content($"~/settings/members/{id}/reactivate"));
    }

    private LocalRedirectResult Refused(string why)
    {
        TempData.Toast(why, Tone.Bad);
        return LocalRedirect(Request.Back("/settings/members"));
    }
}
