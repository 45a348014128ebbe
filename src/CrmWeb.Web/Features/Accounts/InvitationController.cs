using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Security;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>The link of an invitation. Anonymous: the invited person may have no login yet. Opening it changes nothing; the button does.</summary>
[AllowAnonymous, OutsideTenants, Route("/invitations/{slug}/{token}")]
public sealed class InvitationController(CrmDb db, Joining joining, LoginTries logins, TimeProvider clock, IStringLocalizer L) : Controller
{
    private CancellationToken Stop => HttpContext.RequestAborted;

    private string Here => Request.Path;

    [HttpGet("")]
    public async Task<IActionResult> Show(string slug, string token)
    {
        if (await joining.Find(slug, token, Stop) is not { } offer) return NotFound();
        if (Closed(offer) is { } told) return told;
        return await SeenBy(offer) switch
        {
            Reader.Stranger => View("AcceptAsNew", new Acceptance(offer, Here), new NewJoinForm()),
            Reader.Invited => View("Accept", new Acceptance(offer, Here), new JoinForm { Name = await db.NameOf(Sessions.UserId(User), Stop) }),
            Reader.SignedOut => View("SignInToAccept", new Acceptance(offer, Here), new JoinForm()),
            _ => View("OtherLogin", new Acceptance(offer, Here), new JoinForm()),
        };
    }

    /// <summary>Somebody without a login: the link proves the mail, so a name and a password are all that is missing.</summary>
    [HttpPost("new"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> New(string slug, string token, NewJoinForm form, [FromServices] SignInSteps steps, [FromServices] IPasswordHasher<AppUser> hasher)
    {
        if (await joining.Find(slug, token, Stop) is not { } offer) return NotFound();
        if (Closed(offer) is { } told) return told;
        if (await SeenBy(offer) != Reader.Stranger || !EmailAddress.TryNormalise(offer.Email, out var email)) return LocalRedirect(Back(slug, token));
        if (!ModelState.IsValid) return View("AcceptAsNew", new Acceptance(offer, Back(slug, token)), form);
        try
        {
            if (await joining.JoinAsNew(offer, email, form.Name!, hasher.HashPassword(new AppUser(), form.Password!), Stop) is not { } user) return LocalRedirect(Back(slug, token));
            await steps.Begin(user, remember: false, returnUrl: null);
            return LocalRedirect($"/t/{offer.Slug}/today");
        }
        catch (DbUpdateException)
        {
            return LocalRedirect(Back(slug, token));
        }
    }

    /// <summary>Somebody who is signed in with the mail that was invited.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Accept(string slug, string token, JoinForm form)
    {
        if (await joining.Find(slug, token, Stop) is not { } offer) return NotFound();
        if (Closed(offer) is { } told) return told;
        if (await SeenBy(offer) != Reader.Invited) return LocalRedirect(Back(slug, token));
        if (!ModelState.IsValid) return View("Accept", new Acceptance(offer, Back(slug, token)), form);
        return LocalRedirect(await joining.Join(offer, Sessions.UserId(User), form.Name!, Stop) ? $"/t/{offer.Slug}/today" : Back(slug, token));
    }

    private enum Reader
    {
        Stranger,
        SignedOut,
        Invited,
        Other,
    }

    private async Task<Reader> SeenBy(Offer offer)
    {
        var login = await logins.Find(offer.Email, Stop);
        if (User.Identity?.IsAuthenticated == true) return login is not null && login.Id == Sessions.UserId(User) ? Reader.Invited : Reader.Other;
        return login is null ? Reader.Stranger : Reader.SignedOut;
    }

    private ViewResult? Closed(Offer offer)
    {
        if (offer.IsOpen(clock.GetUtcNow().UtcDateTime)) return null;
        if (offer.AcceptedAt is not null) return View("DeadLink", new DeadLink(L["This invitation was accepted already"], L["Sign in, and you are in {0}.", offer.TenantName], "/sign-in", L["Sign in"]));
        return View("DeadLink", new DeadLink(
            offer.RevokedAt is null ? L["This invitation has run out"] : L["This invitation was taken back"],
            L["Ask an administrator of {0} to send you a new one.", offer.TenantName], "/", L["Go to the start"]));
    }

    private ViewResult View(string view, Acceptance page, object form)
    {
        ViewData["Acceptance"] = page;
        return View(view, form);
    }

    private static string Back(string slug, string token) => $"/invitations/{Uri.EscapeDataString(slug)}/{Uri.EscapeDataString(token)}";
}

/// <param name="Path">Of the invitation.</param>
public sealed record Acceptance(Offer Offer, string Path);

public class JoinForm
{
    [Display(Name = "Your name"), StringLength(Member.NameLength)]
    public string? Name { get; set; }
}

public sealed class NewJoinForm : JoinForm
{
    [Display(Name = "Password"), DataType(DataType.Password)]
    public string? Password { get; set; }
}

public sealed class JoinFormValidator : AbstractValidator<JoinForm>
{
    public JoinFormValidator(IStringLocalizer L) => RuleFor(form => form.Name).Text(L, Member.NameLength);
}

public sealed class NewJoinFormValidator : AbstractValidator<NewJoinForm>
{
    public NewJoinFormValidator(IStringLocalizer L)
    {
        RuleFor(form => form.Name).Text(L, Member.NameLength);
        RuleFor(form => form.Password).NewPassword(L);
    }
}
