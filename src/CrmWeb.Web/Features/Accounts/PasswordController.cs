using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>A forgotten password, and the link that sets a new one. Anonymous: who forgot it cannot sign in.</summary>
[AllowAnonymous, OutsideTenants]
public sealed class PasswordController(CrmDb db, UserManager<AppUser> users, LoginTries logins, MailLinks links, IStringLocalizer L) : Controller
{
    private CancellationToken Stop => HttpContext.RequestAborted;

    [HttpGet("/password/forgotten")]
    public IActionResult Forgotten() => View(new EmailForm());

    [HttpPost("/password/forgotten"), EnableRateLimiting(RequestLimits.Mail), LimitMailbox]
    public async Task<IActionResult> Forgotten(EmailForm form, [FromServices] AccountLetters letters)
    {
        if (!ModelState.IsValid) return View(form);
        await using var steady = SteadyAnswer.Begin();
        if (await logins.Find(form.Email, Stop) is { } user) await letters.ResetPassword(user);
        await db.SaveChangesAsync(Stop);
        TempData["email"] = form.Email;
        return LocalRedirect("/password/sent");
    }

    [HttpGet("/password/sent")]
    public IActionResult Sent() => View("CheckMail", new CheckMail(TempData["email"] as string, L["If {0} has a login here, a link to set a new password is on its way."], "/password/forgotten"));

    [HttpGet(MailLinks.NewPasswordPath)]
    public async Task<IActionResult> New(string? token) => await links.Read(token, MailLinks.NewPasswordPath) is var (user, _)
        ? Page(user, new NewPasswordForm { Token = token })
        : Dead();

    [HttpPost(MailLinks.NewPasswordPath), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> New(NewPasswordForm form, [FromServices] SignInSteps steps, [FromServices] Sessions sessions, [FromServices] AccountLetters letters)
    {
        if (await links.Read(form.Token, MailLinks.NewPasswordPath) is not var (user, _)) return Dead();
        if (!ModelState.IsValid) return Page(user, form);

        // the link came by mail, so the mail is theirs; the new stamp kills this link and every other
        user.EmailConfirmed = true;
        var had = user.PasswordHash is not null;
        user.PasswordHash = users.PasswordHasher.HashPassword(user, form.Password!);
        if (had) letters.PasswordChanged(user);
        if (!(await users.UpdateSecurityStampAsync(user)).Succeeded) return Dead();
        await sessions.EndAll(user.Id, but: null, Stop);
        await logins.Clear(user.Id, Stop);
        // with a second factor the link alone is not enough
        return LocalRedirect(await steps.Begin(user, remember: false, returnUrl: null) == SignInStep.NeedsCode ? "/sign-in/code" : "/");
    }

    private ViewResult Page(AppUser user, NewPasswordForm form)
    {
        ViewData["Email"] = user.Email;
        return View("NewPassword", form);
    }

    private ViewResult Dead() => View("DeadLink", new DeadLink(L["This link does not work any more"], L["It was used already, or it is too old, or the login has changed since."], "/password/forgotten", L["Ask for another link"]));
}
