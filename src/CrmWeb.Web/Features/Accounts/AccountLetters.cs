using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Mail;
using CrmWeb.Web.Platform.Security;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>The mails around a login, in the language of the page that causes them. Each puts its row into the context; the caller saves.</summary>
public sealed class AccountLetters(CrmDb db, MailLinks links, Site site, IStringLocalizer L, TimeProvider clock)
{
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(2);
    public static readonly TimeSpan NewMailLifetime = TimeSpan.FromDays(1);

    public void ConfirmRegistration(Registration registration, string secret) => Post(registration.Email, new Letter(Languages.Current, L["Confirm your mail address"])
    {
        Lines = [L["Hello {0},", registration.Name], L["one click is left until {0} can begin: confirm that this address is yours.", registration.Organisation]],
        Button = L["Confirm and begin"],
        Url = site.Url($"/register/confirm?token={secret}"),
        Footnotes = [L["The link works once, for two days."], L["If you did not register, ignore this mail: nothing has been created."]],
    });

    /// <summary>Somebody registered with the mail of a login. The page said what it says to everybody; only the owner of the mail learns more.</summary>
    public void AlreadyRegistered(string email) => Post(email, new Letter(Languages.Current, L["You have a login already"])
    {
        Lines = [L["Somebody, perhaps you, wanted to register an organisation with this address."], L["Your login is enough for any number of organisations: sign in, and add one there. If you have forgotten the password, the sign-in page helps."]],
        Button = L["Sign in and add an organisation"],
        Url = site.Url("/organisations/new"),
        Footnotes = [L["If this was not you, ignore this mail."]],
    });

    public async Task ResetPassword(AppUser user) => Post(user.Email!, new Letter(Languages.Current, L["Set a new password"])
    {
        Lines = [L["Somebody, perhaps you, asked for a new password for this login."]],
        Button = L["Set a new password"],
        Url = await links.NewPassword(user, ResetLifetime),
        Footnotes = [L["The link works once, for two hours."], L["If this was not you, ignore this mail: your password stays as it is."]],
    });

    public void PasswordChanged(AppUser user) => Post(user.Email!, new Letter(Languages.Current, L["Your password was changed"])
    {
        Lines = [L["The password of your login was changed, and all other devices were signed out."], L["If this was not you, set a new password at once."]],
        Button = L["Set a new password"],
        Url = site.Url("/password/forgotten"),
    });

    public async Task ConfirmNewMail(AppUser user, string email) => Post(email, new Letter(Languages.Current, L["Confirm your new mail address"])
    {
        Lines = [L["You want to sign in with this address from now on. Confirm that it is yours."]],
        Button = L["Confirm the address"],
        Url = await links.NewMail(user, email, NewMailLifetime),
        Footnotes = [L["The link works once, for one day."], L["If this was not you, ignore this mail."]],
    });

    /// <summary>The address somebody wants belongs to another login. Only its owner learns that.</summary>
    public void MailTaken(string email) => Post(email, new Letter(Languages.Current, L["This address has a login already"])
    {
        Lines = [L["Somebody, perhaps you, wanted to change the mail address of another login to this one. That is not possible, because this address has a login of its own."]],
        Footnotes = [L["If this was not you, ignore this mail."]],
    });

    public void MailChanged(string oldEmail, string newEmail) => Post(oldEmail, new Letter(Languages.Current, L["Your mail address was changed"])
    {
        Lines = [L["Your login now belongs to {0}; this address no longer opens it.", newEmail], L["If this was not you, tell an administrator of your organisation at once."]],
    });

    public void TwoFactorChanged(AppUser user, bool on) => Post(user.Email!, new Letter(Languages.Current, on ? L["Two-step sign-in is on"] : L["Two-step sign-in is off"])
    {
        Lines =
        [
            on ? L["From now on your login asks for a code of your authenticator app."] : L["Your login no longer asks for a code; the password alone opens it."],
            L["If this was not you, set a new password at once."],
        ],
        Button = L["Set a new password"],
        Url = site.Url("/password/forgotten"),
    });

    private void Post(string email, Letter letter) => db.OutgoingMails.Add(letter.To(email, clock.GetUtcNow().UtcDateTime));
}
