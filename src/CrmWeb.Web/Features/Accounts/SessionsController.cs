using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>Where one is signed in, and how to end that: with the next request of that browser, on every node.</summary>
public sealed class SessionsController(Sessions sessions) : LoginPage
{
    [HttpGet("account/sessions")]
    public async Task<IActionResult> List() => View("Sessions", new SessionsPage(await sessions.Of(UserId, Stop), Sessions.SessionId(User)));

    [HttpPost("account/sessions/{id:guid}/end")]
    public async Task<IActionResult> End(Guid id) =>
        await sessions.End(UserId, id, Stop) ? Done(L["That device was signed out."], "/account/sessions") : NotFound();

    [HttpPost("account/sessions/end")]
    public async Task<IActionResult> EndAll()
    {
        await sessions.EndAll(UserId, but: null, Stop);
        await Users.UpdateSecurityStampAsync(await Login());
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return LocalRedirect("/sign-in");
    }
}

public sealed record SessionsPage(IReadOnlyList<Data.Identity.UserSession> Open, Guid? ThisOne);
