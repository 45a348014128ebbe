using CrmWeb.Data.Identity;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>Another mail address for a login: asked for by its owner, confirmed from the new address, told to the old one.</summary>
public sealed class MailChangeController(LoginTries logins, MailLinks links, Sessions sessions) : LoginPage
{
    [HttpGet("account/mail")]
    public IActionResult Show() => View("ChangeMail", new ChangeMailForm());

    [HttpPost("account/mail"), EnableRateLimiting(RequestLimits.Mail), LimitMailbox]
    public async Task<IActionResult> Ask(ChangeMailForm form)
    {
        var user = await Login();
        await CheckPassword(user, form.Current);
        if (!ModelState.IsValid) return View("ChangeMail", form);
        await using var steady = SteadyAnswer.Begin();
        EmailAddress.TryNormalise(form.Email, out var email);
        if (await logins.Find(email, Stop) is null) await Letters.ConfirmNewMail(user, email);
        else Letters.MailTaken(email);
        await Db.SaveChangesAsync(Stop);
        return Done(L["We have sent a link to {0}. The change holds once you open it there.", email]);
    }

    /// <summary>Anonymous: the link may be opened on another device than the one that asked.</summary>
    [HttpGet(MailLinks.NewMailPath), AllowAnonymous]
    public async Task<IActionResult> Open(string? token) => await links.Read(token, MailLinks.NewMailPath) is var (_, email) ? View("ConfirmMail", new ConfirmMail(email!, token!)) : Dead();

    [HttpPost(MailLinks.NewMailPath), AllowAnonymous, EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> Confirm(string? token)
    {
        if (await links.Read(token, MailLinks.NewMailPath) is not var (user, email)) return Dead();
        Letters.MailChanged(user.Email!, email!);
        if (!await Rename(user, email!)) return Dead();
        if (User.Identity?.IsAuthenticated == true && UserId == user.Id)
        {
            await StayAlone(user);
            return Done(L["From now on you sign in with {0}.", email!]);
        }

        await sessions.EndAll(user.Id, but: null, Stop);
        TempData.Toast(L["From now on you sign in with {0}.", email!]);
        return LocalRedirect("/sign-in");
    }

    private async Task<bool> Rename(AppUser user, string email)
    {
        (user.Email, user.UserName, user.EmailConfirmed) = (email, email, true);
        try
        {
            return (await Users.UpdateSecurityStampAsync(user)).Succeeded;
        }
        catch (DbUpdateException)
        {
            // somebody made a login with this mail in the same moment
            return false;
        }
    }

    private ViewResult Dead() => View("DeadLink", new DeadLink(L["This link does not work any more"], L["It was used already, or it is too old, or the login has changed since."], SecurityPath, L["To your account"]));
}

public sealed record ConfirmMail(string Email, string Token);
