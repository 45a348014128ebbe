using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>A new password by somebody who knows the old one.</summary>
public sealed class PasswordChangeController : LoginPage
{
    [HttpGet("account/password")]
    public IActionResult Show() => View("ChangePassword", new ChangePasswordForm());

    [HttpPost("account/password"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> Change(ChangePasswordForm form)
    {
        var user = await Login();
        await CheckPassword(user, form.Current);
        if (!ModelState.IsValid) return View("ChangePassword", form);
        user.PasswordHash = Users.PasswordHasher.HashPassword(user, form.Password!);
        Letters.PasswordChanged(user);
        if (!(await Users.UpdateSecurityStampAsync(user)).Succeeded) return Conflict();
        await StayAlone(user);
        return Done(L["The new password holds. All other devices were signed out."]);
    }
}
