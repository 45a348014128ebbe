using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>A page on which somebody changes their own login, inside a tenant or outside. For everybody who is signed in, whatever their roles.</summary>
[Authorize]
public abstract class LoginPage : Controller
{
    protected const string SecurityPath = "/account/security";

    protected CrmDb Db => Need<CrmDb>();

    protected UserManager<AppUser> Users => Need<UserManager<AppUser>>();

    protected AccountLetters Letters => Need<AccountLetters>();

    protected IStringLocalizer L => Need<IStringLocalizer>();

    protected CancellationToken Stop => HttpContext.RequestAborted;

    protected long UserId => Sessions.UserId(User);

    protected async Task<AppUser> Login() => await Users.GetUserAsync(User) ?? throw new InvalidOperationException("The login is gone.");

    /// <summary>Who sits at an open screen is not yet who may change the login: the password is asked for, and wrong ones count.</summary>
    protected async Task CheckPassword(AppUser user, string? current)
    {
        if (ModelState.IsValid && !await Need<LoginTries>().Check(user, current!, Stop))
            ModelState.AddModelError("Current", L["This is not your password. After five wrong tries a login rests for 15 minutes."]);
    }

    /// <summary>After the security stamp changed: every other session is over, and this browser goes on with a fresh cookie.</summary>
    protected async Task StayAlone(AppUser user)
    {
        await Need<Sessions>().EndAll(user.Id, Sessions.SessionId(User), Stop);
        await Need<SignInManager<AppUser>>().RefreshSignInAsync(user);
    }

    protected IActionResult Done(string text, string path = SecurityPath)
    {
        TempData.Toast(text);
        return LocalRedirect(Request.PathBase + path);
    }

    // asked of the request: every page would have to take these and hand them on, though most use one or two of them
    private T Need<T>() where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();
}
