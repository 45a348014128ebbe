using System.Globalization;
using System.Security.Cryptography;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using QRCoder;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>Two-step sign-in: on with an app and a proof that it works, off, and fresh recovery codes. Each asks for the password.</summary>
public sealed class TwoFactorController(TwoFactor factor, IDataProtectionProvider protection) : LoginPage
{
    private const int Module = 4;

    private IDataProtector Setup => protection.CreateProtector("CrmWeb.TwoFactorSetup", UserId.ToString(CultureInfo.InvariantCulture));

    [HttpGet("account/two-factor")]
    public async Task<IActionResult> Show() => (await Login()).TwoFactorEnabled
        ? LocalRedirect(Request.PathBase + SecurityPath)
        : SetupPage(new TurnOnForm { Setup = Setup.Protect(Totp.NewSecret()) });

    [HttpPost("account/two-factor"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> TurnOn(TurnOnForm form)
    {
        var user = await Login();
        if (user.TwoFactorEnabled || Secret(form.Setup) is not { } secret) return LocalRedirect(Request.PathBase + SecurityPath);
        await CheckPassword(user, form.Current);
        if (ModelState.IsValid && await factor.TurnOn(user, secret, form.Code!) is { } codes)
        {
            Letters.TwoFactorChanged(user, on: true);
            await Db.SaveChangesAsync(Stop);
            await StayAlone(user);
            return View("RecoveryCodes", codes);
        }

        if (ModelState.IsValid) ModelState.AddModelError(nameof(form.Code), L["This is not the code the app shows now. Check the clock of your phone."]);
        return SetupPage(form);
    }

    [HttpGet("account/two-factor/off")]
    public IActionResult Off() => View("TurnOff", new CurrentPasswordForm());

    [HttpPost("account/two-factor/off"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> Off(CurrentPasswordForm form)
    {
        var user = await Login();
        await CheckPassword(user, form.Current);
        if (!ModelState.IsValid) return View("TurnOff", form);
        await factor.TurnOff(user);
        Letters.TwoFactorChanged(user, on: false);
        await Db.SaveChangesAsync(Stop);
        await StayAlone(user);
        return Done(L["Two-step sign-in is off"]);
    }

    [HttpGet("account/two-factor/codes")]
    public IActionResult Codes() => View("NewCodes", new CurrentPasswordForm());

    [HttpPost("account/two-factor/codes"), EnableRateLimiting(RequestLimits.SignIn)]
    public async Task<IActionResult> Codes(CurrentPasswordForm form)
    {
        var user = await Login();
        if (!user.TwoFactorEnabled) return NotFound();
        await CheckPassword(user, form.Current);
        if (!ModelState.IsValid) return View("NewCodes", form);
        var codes = await factor.NewRecoveryCodes(user);
        await StayAlone(user);
        return View("RecoveryCodes", codes);
    }

    private IActionResult SetupPage(TurnOnForm form)
    {
        var secret = Secret(form.Setup)!;
        var code = new SvgQRCode(QRCodeGenerator.GenerateQrCode(Totp.Uri(secret, User.Identity!.Name!), QRCodeGenerator.ECCLevel.M));
        ViewData["Qr"] = code.GetGraphic(Module);
        ViewData["Secret"] = string.Join(' ', secret.Chunk(4).Select(four => new string(four)));
        return View("TurnOn", form);
    }

    private string? Secret(string? setup)
    {
        try
        {
            return setup is null ? null : Setup.Unprotect(setup);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
