using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Customers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// Passwords and codes, guessed at most as often as the lockout says. A try is counted before the guess is looked at, in one statement: however many
/// guesses come at once, on however many nodes, no more than the limit are looked at.
/// </summary>
public sealed class LoginTries(CrmDb db, IPasswordHasher<AppUser> hasher, IOptions<IdentityOptions> identity, TimeProvider clock)
{
    private static readonly AppUser Nobody = new();
    private static readonly Lock Gate = new();
    private static string? nobodysHash;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>
    /// The login of this mail when the password is its own and it does not rest; null otherwise. A mail without a login costs the same work, so that
    /// time does not tell who has one.
    /// </summary>
    public async Task<AppUser?> Check(string? email, string password, CancellationToken stop)
    {
        var user = await Find(email, stop);
        if (user?.PasswordHash is null || !await Claim(user.Id, stop))
        {
            hasher.VerifyHashedPassword(Nobody, NobodysHash(), password);
            return null;
        }

        if (!Matches(user, password)) return null;
        await GiveBack(user.Id, stop);
        return user;
    }

    /// <summary>The same question for somebody who is signed in.</summary>
    public async Task<bool> Check(AppUser user, string password, CancellationToken stop)
    {
        if (user.PasswordHash is null || !await Claim(user.Id, stop) || !Matches(user, password)) return false;
        await GiveBack(user.Id, stop);
        return true;
    }

    /// <summary>The login of a mail address in whatever form it is typed.</summary>
    public Task<AppUser?> Find(string? email, CancellationToken stop)
    {
        var normal = Normal(email);
        return db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == normal, stop);
    }

    public static string? Normal(string? email) => EmailAddress.TryNormalise(email, out var normal) ? normal.ToUpperInvariant() : null;

    /// <summary>Counts a try; false when the login rests and the guess must not be looked at.</summary>
    public async Task<bool> Claim(long userId, CancellationToken stop)
    {
        DateTimeOffset? now = Now, until = Now + identity.Value.Lockout.DefaultLockoutTimeSpan;
        var max = identity.Value.Lockout.MaxFailedAccessAttempts;
        return await db.Users.Where(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd <= now)).ExecuteUpdateAsync(
            set => set
                .SetProperty(u => u.LockoutEnd, u => u.LockoutEnd == null && u.AccessFailedCount + 1 >= max ? until : null)
                .SetProperty(u => u.AccessFailedCount, u => u.LockoutEnd == null ? u.AccessFailedCount + 1 : 1),
            stop) == 1;
    }

    /// <summary>The guess was right: it is not counted. Earlier wrong ones still are, until <see cref="Clear"/>.</summary>
    public Task GiveBack(long userId, CancellationToken stop) => db.Users.Where(u => u.Id == userId && u.AccessFailedCount > 0).ExecuteUpdateAsync(
        set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount - 1).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), stop);

    /// <summary>Signed in, or a new password set: nothing is counted any more.</summary>
    public Task Clear(long userId, CancellationToken stop) => db.Users.Where(u => u.Id == userId).ExecuteUpdateAsync(
        set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), stop);

    private bool Matches(AppUser user, string password) =>
        hasher.VerifyHashedPassword(user, user.PasswordHash!, password) != PasswordVerificationResult.Failed;

    // made once, and with the hasher of this program, so that it costs what a real one costs
    private string NobodysHash()
    {
        lock (Gate) return nobodysHash ??= hasher.HashPassword(Nobody, Secret.New());
    }
}
