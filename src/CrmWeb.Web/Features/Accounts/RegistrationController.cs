using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>Asking for an organisation. Anonymous: whoever asks has no login yet. Whether the mail has one is told by mail only.</summary>
[AllowAnonymous, OutsideTenants]
public sealed class RegistrationController(CrmDb db, LoginTries logins, AccountLetters letters, IPasswordHasher<AppUser> hasher, IStringLocalizer L) : Controller
{
    private DateTime Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    private CancellationToken Stop => HttpContext.RequestAborted;

    [HttpGet("/register")]
    public IActionResult New() => User.Identity?.IsAuthenticated == true ? LocalRedirect("/organisations/new") : View("Register", new RegistrationForm());

    /// <summary>Proposes an address while the name is typed. What the person wrote over the last proposal stays.</summary>
    [HttpGet("/register/address")]
    public async Task<IActionResult> Address(string? organisation, string? slug, string? proposed)
    {
        if (!string.IsNullOrEmpty(slug) && slug != proposed) return NoContent();
        var fresh = SlugProposal.Of(organisation) is { Length: > 1 } wanted ? await SlugProposal.Free(db, wanted, Stop) : null;
        ViewData["Proposed"] = fresh;
        // the field is to show the proposal, not what came with the question
        ModelState.Clear();
        return PartialView("_Address", new RegistrationForm { Slug = fresh });
    }

    [HttpPost("/register"), EnableRateLimiting(RequestLimits.Mail)]
    public async Task<IActionResult> Create(RegistrationForm form)
    {
        if (ModelState.IsValid) await this.ChooseSlug(db, form.Organisation, form.Slug, slug => form.Slug = slug, L);
        if (!ModelState.IsValid) return View("Register", form);

        await using var steady = SteadyAnswer.Begin();
        EmailAddress.TryNormalise(form.Email, out var email);
        var hash = hasher.HashPassword(new AppUser(), form.Password!);
        if (await logins.Find(email, Stop) is null) Ask(new Registration(email, form.Organisation!, form.Slug!, form.Name!, Languages.Current, Now) { PasswordHash = hash });
        else letters.AlreadyRegistered(email);
        await db.SaveChangesAsync(Stop);
        return Sent(email);
    }

    [HttpGet("/register/sent")]
    public IActionResult Sent() => View("CheckMail", new CheckMail(TempData["email"] as string, L["We have sent a link to {0}. It confirms that the address is yours."], "/register/again"));

    [HttpGet("/register/again")]
    public IActionResult Again() => View("SendAgain", new EmailForm());

    [HttpPost("/register/again"), EnableRateLimiting(RequestLimits.Mail)]
    public async Task<IActionResult> Again(EmailForm form)
    {
        if (!ModelState.IsValid) return View("SendAgain", form);
        await using var steady = SteadyAnswer.Begin();
        EmailAddress.TryNormalise(form.Email, out var email);
        var now = Now;
        if (await db.Registrations.Where(r => r.Email == email && r.ExpiresAt > now).OrderByDescending(r => r.Id).FirstOrDefaultAsync(Stop) is { } asked) Send(asked);
        await db.SaveChangesAsync(Stop);
        return Sent(email);
    }

    private void Ask(Registration registration)
    {
        db.Registrations.Add(registration);
        Send(registration);
    }

    private void Send(Registration registration)
    {
        var secret = Secret.New();
        registration.Renew(Secret.Hash(secret), Now);
        letters.ConfirmRegistration(registration, secret);
    }

    private IActionResult Sent(string email)
    {
        TempData["email"] = email;
        return LocalRedirect("/register/sent");
    }
}
