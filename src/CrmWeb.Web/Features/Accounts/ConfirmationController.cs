using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>
/// The link of a registration. Opening it does nothing, because programs open links too. It asks for the password once more: otherwise a stranger
/// could register with your mail and a password of theirs, and you would open the door for them.
/// </summary>
[AllowAnonymous, OutsideTenants]
public sealed class ConfirmationController(CrmDb db, TenantFounding founding, SignInSteps steps, IPasswordHasher<AppUser> hasher, IStringLocalizer L) : Controller
{
    private CancellationToken Stop => HttpContext.RequestAborted;

    [HttpGet("/register/confirm")]
    public async Task<IActionResult> Show(string? token) =>
        await Find(token) is { } asked ? Page(asked, new ConfirmForm { Token = token }) : Expired();

    [HttpPost("/register/confirm"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> Confirm(ConfirmForm form)
    {
        if (await Find(form.Token) is not { } asked) return Expired();
        if (ModelState.IsValid && hasher.VerifyHashedPassword(new AppUser(), asked.PasswordHash, form.Password!) == PasswordVerificationResult.Failed)
            ModelState.AddModelError(nameof(form.Password), L["This is not the password you chose when you registered."]);
        if (!ModelState.IsValid) return Page(asked, form);

        try
        {
            var (user, slug) = await founding.Found(asked, Stop);
            await steps.Begin(user, remember: false, returnUrl: null);
            return LocalRedirect($"/t/{slug}/today");
        }
        catch (DbUpdateException)
        {
            // pressed twice, or the mail has become a login by another way
            return Expired();
        }
    }

    private Task<Registration?> Find(string? token)
    {
        var (hash, now) = (Secret.Hash(token ?? ""), HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        return db.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.TokenHash == hash && r.ExpiresAt > now, Stop);
    }

    private ViewResult Page(Registration asked, ConfirmForm form)
    {
        ViewData["Asked"] = asked;
        return View("Confirm", form);
    }

    private ViewResult Expired() => View("DeadLink", new DeadLink(L["This link does not work any more"], L["It was used already, or it is too old. If you have confirmed your address, simply sign in."], "/register/again", L["Send another link"]));
}

/// <summary>A link that cannot do what it was made for, and what to do instead.</summary>
public sealed record DeadLink(string Title, string Text, string Url, string Action);
