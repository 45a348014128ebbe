using System.Security.Cryptography;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// The second factor of a login: an authenticator app, and recovery codes for the day the phone is gone. All of it is one value that is replaced only
/// while it is still what was read, so that a code works once, however often it is sent at the same moment.
/// </summary>
public sealed class TwoFactor(CrmDb db, UserManager<AppUser> users, LoginTries tries, TimeProvider clock)
{
    public const int RecoveryCodes = 10;
    private const string Store = "CrmWeb";
    private const string Name = "TwoFactor";
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";

    /// <param name="Step">The last step of the clock whose code was taken.</param>
    /// <param name="Recovery">Hashes of the codes that are left.</param>
    private sealed record State(string App, long Step, string[] Recovery);

    /// <summary>Turns it on when the code shows that the app has the secret. Answers the recovery codes, which nobody can read again; null when the code is wrong.</summary>
    public async Task<IReadOnlyList<string>?> TurnOn(AppUser user, string secret, string code)
    {
        if (Totp.StepOf(secret, Clean(code), clock.GetUtcNow()) is not { } step) return null;
        var codes = NewCodes();
        await users.SetAuthenticationTokenAsync(user, Store, Name, JsonSerializer.Serialize(new State(secret, step, Hashes(codes))));
        await users.SetTwoFactorEnabledAsync(user, true);
        return codes;
    }

    public async Task TurnOff(AppUser user)
    {
        await users.RemoveAuthenticationTokenAsync(user, Store, Name);
        await users.SetTwoFactorEnabledAsync(user, false);
    }

    /// <summary>Fresh recovery codes; the old ones die, and so do the other sessions.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodes(AppUser user)
    {
        var codes = NewCodes();
        var state = JsonSerializer.Deserialize<State>(await users.GetAuthenticationTokenAsync(user, Store, Name) ?? throw new InvalidOperationException("This login has no second factor."))!;
        await users.SetAuthenticationTokenAsync(user, Store, Name, JsonSerializer.Serialize(state with { Recovery = Hashes(codes) }));
        await users.UpdateSecurityStampAsync(user);
        return codes;
    }

    public async Task<int> RecoveryCodesLeft(long userId, CancellationToken stop) => (await Read(userId, stop))?.State.Recovery.Length ?? 0;

    /// <summary>Whether this is the code of the app at this moment, and not taken before.</summary>
    public Task<bool> Verify(long userId, string code, CancellationToken stop) => Take(userId, state =>
        Totp.StepOf(state.App, Clean(code), clock.GetUtcNow()) is { } step && step > state.Step ? state with { Step = step } : null, stop);

    /// <summary>Whether this is a recovery code that is left; it is used up by that.</summary>
    public Task<bool> Redeem(long userId, string code, CancellationToken stop)
    {
        var hash = Secret.Hash(Clean(code).ToLowerInvariant());
        return Take(userId, state => state.Recovery.Contains(hash, StringComparer.Ordinal) ? state with { Recovery = [.. state.Recovery.Where(h => h != hash)] } : null, stop);
    }

    // a wrong code counts as a wrong try of the login, so that six digits cannot be tried out
    private async Task<bool> Take(long userId, Func<State, State?> take, CancellationToken stop)
    {
        if (!await tries.Claim(userId, stop) || await Read(userId, stop) is not var (stored, state) || take(state) is not { } next) return false;
        var taken = await Row(userId).Where(t => t.Value == stored).ExecuteUpdateAsync(set => set.SetProperty(t => t.Value, JsonSerializer.Serialize(next)), stop) == 1;
        if (taken) await tries.GiveBack(userId, stop);
        return taken;
    }

    private async Task<(string Stored, State State)?> Read(long userId, CancellationToken stop) =>
        await Row(userId).AsNoTracking().Select(t => t.Value).SingleOrDefaultAsync(stop) is { } stored ? (stored, JsonSerializer.Deserialize<State>(stored)!) : null;

    private IQueryable<IdentityUserToken<long>> Row(long userId) => db.UserTokens.Where(t => t.UserId == userId && t.LoginProvider == Store && t.Name == Name);

    // 50 bits each; a dash in the middle for the eye
    private static string[] NewCodes() => [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(Letters, 10).Insert(5, "-"))];

    private static string[] Hashes(IEnumerable<string> codes) => [.. codes.Select(code => Secret.Hash(Clean(code)))];

    // apps show codes in groups, and people type digits of their own language
    private static string Clean(string code) => string.Concat(code.Where(char.IsLetterOrDigit)
        .Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));
}
