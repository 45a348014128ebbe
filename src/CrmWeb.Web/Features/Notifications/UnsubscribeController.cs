using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>
/// Stops the mails about notifications by the link in each of them (RFC 8058): one POST, from a mail program that knows no cookie, or from the page that the
/// link opens. Opening changes nothing.
/// </summary>
[AllowAnonymous] // the link is the secret
public sealed class UnsubscribeController(CrmDb db, CurrentMember me, UnsubscribeLinks links) : Controller
{
    [HttpGet(UnsubscribeLinks.Path)]
    public async Task<IActionResult> Ask(string? token, CancellationToken stop) => await Enter(token, stop) ? Page("Unsubscribe") : NotFound();

    [HttpPost(UnsubscribeLinks.Path)]
    [IgnoreAntiforgeryToken] // there is no cookie to be misused: the token names who is meant
    public async Task<IActionResult> Stop([FromQuery] string? token, CancellationToken stop)
    {
        if (!await Enter(token, stop)) return NotFound();
        var chosen = await NotificationChoosing.Chosen(db, stop);
        NotificationWay WayOf(NotificationKind kind) => chosen.TryGetValue(kind, out var way) ? way : kind.DefaultWay();
        await NotificationChoosing.Put(db, me, kind => WayOf(kind) == NotificationWay.Nothing ? NotificationWay.Nothing : NotificationWay.Bell, null, stop);
        return Page("Unsubscribed");
    }

    private async Task<bool> Enter(string? token, CancellationToken stop)
    {
        // inside a tenant there is no such page
        if (me.IsSet || links.Read(token) is not var (tenant, member) || await db.PassOfMember(tenant, member, stop) is not { } pass) return false;
        db.Current.Enter(pass);
        // the frame of the page is nobody's: only what is changed belongs to the member
        me.Enter(pass);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = Cultures.Of(pass.MemberLanguage ?? pass.TenantLanguage);
        return true;
    }

    private ViewResult Page(string view)
    {
        (ViewData["Tenant"], ViewData["Slug"]) = (me.Pass.TenantName, me.Pass.Slug);
        return View(view);
    }
}
