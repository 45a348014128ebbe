using System.Globalization;
using System.Security.Claims;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Web.Features.Accounts;

public enum SignInStep
{
    Refused,
    NeedsCode,
    Done,
}

/// <summary>Who gave the right password and still owes the second factor.</summary>
public sealed record HalfSignedIn(AppUser User, bool Remember, string? ReturnUrl);

/// <summary>
/// The way in: the password, then the second factor where there is one. Between the two a short-lived cookie says who it is; it dies with the
/// security stamp like everything else.
/// </summary>
public sealed class SignInSteps(LoginTries tries, TwoFactor factor, SignInManager<AppUser> signIn, UserManager<AppUser> users)
{
    private const string Stamp = "stamp";
    private const string ReturnUrl = "returnUrl";

    private HttpContext Http => signIn.Context;

    public async Task<SignInStep> Password(string? email, string password, bool remember, string? returnUrl)
    {
        if (await tries.Check(email, password, Http.RequestAborted) is not { EmailConfirmed: true } user) return SignInStep.Refused;
        return await Begin(user, remember, returnUrl);
    }

    /// <summary>For somebody whose password was seen to be right: in, or on to the second factor.</summary>
    public async Task<SignInStep> Begin(AppUser user, bool remember, string? returnUrl)
    {
        if (!user.TwoFactorEnabled)
        {
            await Enter(user.Id, remember);
            return SignInStep.Done;
        }

        var half = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        half.AddClaim(new Claim(ClaimTypes.Name, user.Id.ToString(CultureInfo.InvariantCulture)));
        half.AddClaim(new Claim(Stamp, user.SecurityStamp ?? ""));
        if (returnUrl is not null) half.AddClaim(new Claim(ReturnUrl, returnUrl));
        await Http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(half), new AuthenticationProperties { Items = { [nameof(HalfSignedIn.Remember)] = remember ? "1" : null } });
        return SignInStep.NeedsCode;
    }

    /// <summary>Who stands between the two steps; null when nobody does, or too long.</summary>
    public async Task<HalfSignedIn?> Half()
    {
        var ticket = await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (ticket.Principal?.FindFirstValue(ClaimTypes.Name) is not { } id || await users.FindByIdAsync(id) is not { } user) return null;
        return user.TwoFactorEnabled && user.SecurityStamp == ticket.Principal.FindFirstValue(Stamp)
            ? new HalfSignedIn(user, ticket.Properties?.Items.ContainsKey(nameof(HalfSignedIn.Remember)) == true, ticket.Principal.FindFirstValue(ReturnUrl))
            : null;
    }

    public async Task<bool> Code(HalfSignedIn half, string code, bool recovery)
    {
        var right = recovery ? await factor.Redeem(half.User.Id, code, Http.RequestAborted) : await factor.Verify(half.User.Id, code, Http.RequestAborted);
        if (!right) return false;
        await Http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Enter(half.User.Id, half.Remember);
        return true;
    }

    private async Task Enter(long userId, bool remember)
    {
        await tries.Clear(userId, Http.RequestAborted);
        var user = await users.FindByIdAsync(userId.ToString(CultureInfo.InvariantCulture)) ?? throw new InvalidOperationException("The login is gone.");
        await signIn.SignInAsync(user, remember);
    }
}
