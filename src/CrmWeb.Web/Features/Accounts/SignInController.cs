using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>In and out. Anonymous, because this is where one becomes somebody.</summary>
[AllowAnonymous, OutsideTenants]
public sealed class SignInController(SignInSteps steps, IStringLocalizer L) : Controller
{
    [HttpGet("/sign-in")]
    public IActionResult Show(string? returnUrl)
    {
        if (User.Identity?.IsAuthenticated == true) return Onward(returnUrl);
        return View("SignIn", new SignInForm { ReturnUrl = returnUrl });
    }

    [HttpPost("/sign-in"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> SignIn(SignInForm form)
    {
        if (!ModelState.IsValid) return View("SignIn", form);
        switch (await steps.Password(form.Email, form.Password!, form.Remember, form.ReturnUrl))
        {
            case SignInStep.Done: return Onward(form.ReturnUrl);
            case SignInStep.NeedsCode: return LocalRedirect("/sign-in/code");
            default:
                // one answer for a wrong password, an unknown mail and a login that rests: it tells a stranger nothing
                ModelState.AddModelError("", L["Mail address and password do not match. After five wrong tries a login rests for 15 minutes."]);
                return View("SignIn", form);
        }
    }

    [HttpPost("/sign-out")]
    public async Task<IActionResult> SignOut(string? returnUrl)
    {
        await HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/sign-in");
    }

    [HttpGet("/sign-in/code")]
    public async Task<IActionResult> Code() => await steps.Half() is null ? LocalRedirect("/sign-in") : View(new CodeForm());

    [HttpPost("/sign-in/code"), EnableRateLimiting(RequestLimits.SignIn)]
    public Task<IActionResult> Code(CodeForm form) => SecondStep(form, "Code", recovery: false);

    [HttpGet("/sign-in/recovery")]
    public async Task<IActionResult> Recovery() => await steps.Half() is null ? LocalRedirect("/sign-in") : View(new CodeForm());

    [HttpPost("/sign-in/recovery"), EnableRateLimiting(RequestLimits.SignIn)]
    public Task<IActionResult> Recovery(CodeForm form) => SecondStep(form, "Recovery", recovery: true);

    private async Task<IActionResult> SecondStep(CodeForm form, string view, bool recovery)
    {
        if (await steps.Half() is not { } half) return LocalRedirect("/sign-in");
        if (ModelState.IsValid && await steps.Code(half, form.Code!, recovery)) return Onward(half.ReturnUrl);
        if (ModelState.IsValid) ModelState.AddModelError(nameof(form.Code), L["This code is wrong or was used already. After five wrong tries a login rests for 15 minutes."]);
        return View(view, form);
    }

    private IActionResult Onward(string? returnUrl) => LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
}
