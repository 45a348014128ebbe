using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Following a customer, and who else does.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class FollowController(IStringLocalizer L) : TenantController
{
    public const int MaxShown = 100;

    [HttpPost("customers/{id:long}/follow")]
    public Task<IActionResult> Follow(long id, CancellationToken stop) => Say(id, true, stop);

    [HttpPost("customers/{id:long}/unfollow")]
    public Task<IActionResult> Unfollow(long id, CancellationToken stop) => Say(id, false, stop);

    [HttpGet("customers/{id:long}/followers")]
    public async Task<IActionResult> Followers(long id, CancellationToken stop)
    {
        if (await Name(id, stop) is not { } name) return NotFound();
        (ViewData["Of"], ViewData["Customer"]) = (id, name);
        return View("Followers", await Db.Followers(id).OrderBy(m => m.Name).ThenBy(m => m.Id).Select(m => m.Name).Take(MaxShown + 1).ToListAsync(stop));
    }

    private async Task<IActionResult> Say(long id, bool isOn, CancellationToken stop)
    {
        if (await Name(id, stop) is not { } name) return NotFound();
        await Db.Follow(id, Me.Id, isOn, stop);
        return this.Done(isOn ? L["You follow {0}", name] : L["You no longer follow {0}", name], Request.Back($"/customers/{id}"), Url.Content($"~/customers/{id}/{(isOn ? "unfollow" : "follow")}"));
    }

    private Task<string?> Name(long id, CancellationToken stop) => Db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleOrDefaultAsync(stop);
}
