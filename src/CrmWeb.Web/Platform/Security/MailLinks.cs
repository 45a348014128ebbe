using System.Security.Cryptography;
using System.Text.Json;
using CrmWeb.Data.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// Links that let whoever reads a login's mail do one thing. What the link may do stands inside, protected by the keys of the program together with
/// the login's security stamp: setting a password, changing the mail or the second factor changes the stamp, and every link from before is dead.
/// </summary>
public sealed class MailLinks(UserManager<AppUser> users, IDataProtectionProvider protection, Site site, TimeProvider clock)
{
    public const string NewPasswordPath = "/password/new";
    public const string NewMailPath = "/mail/change";
    private readonly IDataProtector protector = protection.CreateProtector("CrmWeb.MailLinks");

    private sealed record Token(long User, string For, string Stamp, DateTime Until, string? Extra);

    /// <summary>Sets a password: after forgetting the old one, or for a login that has none yet.</summary>
    public Task<string> NewPassword(AppUser user, TimeSpan lifetime) => Make(user, NewPasswordPath, null, lifetime);

    /// <summary>Sent to the new address: whoever can read it there may confirm that it is theirs.</summary>
    public Task<string> NewMail(AppUser user, string email, TimeSpan lifetime) => Make(user, NewMailPath, email, lifetime);

    /// <summary>The login that a link stands for, and what it says besides; null when the link is wrong, used, too old, or for something else.</summary>
    public async Task<(AppUser User, string? Extra)?> Read(string? text, string path)
    {
        if (Open(text) is not { } token || token.For != path || token.Until <= clock.GetUtcNow().UtcDateTime) return null;
        var user = await users.FindByIdAsync(token.User.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return user is not null && user.SecurityStamp == token.Stamp ? (user, token.Extra) : null;
    }

    private async Task<string> Make(AppUser user, string path, string? extra, TimeSpan lifetime)
    {
        var token = new Token(user.Id, path, await users.GetSecurityStampAsync(user), clock.GetUtcNow().UtcDateTime + lifetime, extra);
        return site.Url($"{path}?token={WebEncoders.Base64UrlEncode(protector.Protect(JsonSerializer.SerializeToUtf8Bytes(token)))}");
    }

    private Token? Open(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize<Token>(protector.Unprotect(WebEncoders.Base64UrlDecode(text)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}
