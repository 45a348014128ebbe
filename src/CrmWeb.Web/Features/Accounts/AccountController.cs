using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>How one is called and likes things in this tenant; and an overview of what guards the login.</summary>
public sealed class AccountController(CurrentMember me, TwoFactor factor) : LoginPage
{
    [HttpGet("account")]
    public IActionResult Profile() => me.IsSet
        ? View("Profile", new ProfileForm { Name = me.Pass.MemberName, TimeZone = me.Pass.MemberTimeZone, Language = me.Pass.MemberLanguage })
        : LocalRedirect(SecurityPath);

    [HttpPost("account")]
    public async Task<IActionResult> Profile(ProfileForm form)
    {
        if (!me.IsSet) return NotFound();
        if (!ModelState.IsValid) return View("Profile", form);
        var member = await Db.Members.SingleAsync(m => m.Id == me.Id, Stop);
        member.Prefer(form.Name!, NullIfEmpty(form.TimeZone), NullIfEmpty(form.Language));
        await Db.SaveChangesAsync(Stop);
        // a language chosen in this browser before would hide the new choice
        if (NullIfEmpty(form.Language) is { } language) LocalisationSetup.Remember(Response, Languages.Cookie, language);
        return Done(L["Saved"], "/account");
    }

    [HttpGet("account/security")]
    public async Task<IActionResult> Security()
    {
        var user = await Login();
        return View("Security", new SecurityPage(user.Email!, user.TwoFactorEnabled, user.TwoFactorEnabled ? await factor.RecoveryCodesLeft(user.Id, Stop) : 0));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

public sealed record SecurityPage(string Email, bool TwoFactor, int RecoveryCodesLeft);
