using System.Collections.Concurrent;
using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Views;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// A node keeps the key ring in memory for a day. This tells it to read again as soon as the ring in the database has changed: every two
/// seconds while there are requests, before a cookie is made, and when one comes in that was made with a key it does not know.
/// </summary>
public sealed class KeyWatch(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(2);
    private readonly Lock gate = new();
    private CancellationTokenSource changed = new();
    private long? newest;
    private long lookedAt;

    /// <summary>Cancelled when the ring in memory is out of date.</summary>
    public CancellationToken Changed
    {
        get { lock (gate) return changed.Token; }
    }

    /// <summary>True when nobody has looked for a moment: then the next request does.</summary>
    public bool IsStale => Volatile.Read(ref lookedAt) is var at && (at == 0 || clock.GetElapsedTime(at) > Often);

    public async Task Look(CrmDb db, CancellationToken stop)
    {
        var before = Volatile.Read(ref lookedAt);
        Volatile.Write(ref lookedAt, clock.GetTimestamp());
        long seen;
        try
        {
            seen = await db.ProtectionKeys.MaxAsync(key => (long?)key.Id, stop) ?? 0;
        }
        catch
        {
            // nobody has looked: the next request says so too, and does not take somebody it cannot read the cookie of for nobody
            Volatile.Write(ref lookedAt, before);
            throw;
        }

        CancellationTokenSource? old = null;
        lock (gate)
        {
            if (newest != seen) (old, changed) = (changed, new CancellationTokenSource());
            newest = seen;
        }

        if (old is null) return;
        await old.CancelAsync();
        old.Dispose();
    }

    public void Dispose() => changed.Dispose();
}

/// <summary>The key manager of the framework, which also hears of keys that another process made.</summary>
internal sealed class WatchedKeys(XmlKeyManager keys, KeyWatch watch) : IKeyManager
{
    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => keys.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => keys.GetAllKeys();

    public CancellationToken GetCacheExpirationToken() =>
        CancellationTokenSource.CreateLinkedTokenSource(keys.GetCacheExpirationToken(), watch.Changed).Token;

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => keys.RevokeAllKeys(revocationDate, reason);

    public void RevokeKey(Guid keyId, string? reason = null) => keys.RevokeKey(keyId, reason);
}

/// <summary>
/// A cookie begins with the id of its key. One of a key never seen here makes the node look for new keys before it judges the cookie. Anybody may send
/// anything: only the program's own cookies are looked at, with one question a request, and an id that was no key is not asked for again.
/// </summary>
internal sealed class KeyWatchMiddleware(RequestDelegate next, IOptionsMonitor<CookieAuthenticationOptions> cookies, IOptions<AntiforgeryOptions> antiforgery)
{
    private const int Magic = 4;
    private const int Id = 16;
    private const int MostUnknown = 10_000;
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, bool> seen = new();
    private readonly ConcurrentDictionary<Guid, long> unknown = new();

    private readonly string[] own =
    [
        antiforgery.Value.Cookie.Name!,
        .. new[] { IdentityConstants.ApplicationScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme }.Select(scheme => cookies.Get(scheme).Cookie.Name!),
    ];

    public async Task InvokeAsync(HttpContext http, KeyWatch watch, CrmDb db, TimeProvider clock)
    {
        if (!IsErrorPage(http) && !NeedsNoKeys(http.Request))
        {
            if (watch.IsStale) await watch.Look(db, http.RequestAborted);
            if (NewKeys(http.Request.Cookies, clock) is { Length: > 0 } keys && await Know(keys, db, clock, http.RequestAborted)) await watch.Look(db, http.RequestAborted);
        }

        await next(http);
    }

    private static bool NeedsNoKeys(HttpRequest request) => request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || Assets.AreAskedFor(request);

    // the request is run a second time to say what went wrong: no time to ask the database again
    private static bool IsErrorPage(HttpContext http) =>
        http.Features.Get<IExceptionHandlerFeature>() is not null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private Guid[] NewKeys(IRequestCookieCollection sent, TimeProvider clock) =>
    [
        .. own.Select(name => sent[name] is { } value ? KeyOf(value) : null).OfType<Guid>().Distinct()
            .Where(key => !seen.ContainsKey(key) && !(unknown.TryGetValue(key, out var at) && clock.GetElapsedTime(at) < Forgotten)),
    ];

    /// <summary>True when one of them is a key of the ring.</summary>
    private async Task<bool> Know(Guid[] keys, CrmDb db, TimeProvider clock, CancellationToken stop)
    {
        var names = keys.ToDictionary(key => string.Create(CultureInfo.InvariantCulture, $"key-{key:D}"), StringComparer.Ordinal);
        var found = await db.ProtectionKeys.Where(key => names.Keys.Contains(key.Name)).Select(key => key.Name).ToListAsync(stop);
        foreach (var name in found) seen.TryAdd(names[name!], true);
        if (unknown.Count > MostUnknown) unknown.Clear();
        foreach (var key in keys.Where(key => !seen.ContainsKey(key))) unknown[key] = clock.GetTimestamp();
        return found.Count > 0;
    }

    internal static Guid? KeyOf(string cookie)
    {
        // 20 bytes are the first 27 characters of base64url
        if (!cookie.StartsWith("CfDJ8", StringComparison.Ordinal) || cookie.Length < 40) return null;
        try
        {
            return new Guid(WebEncoders.Base64UrlDecode(cookie[..28]).AsSpan(Magic, Id));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>"Rotate the keys and sign everybody out."</summary>
public static class KeyRotation
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public static async Task<int> RotateKeys(this IServiceProvider services, CancellationToken stop)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = services.GetRequiredService<IKeyManager>();
        keys.RevokeAllKeys(now, "keys rotate");
        keys.CreateNewKey(now, now + Lifetime);
        // running nodes may hold the old ring a little longer: a session that has ended is refused whatever key its cookie has
        return await services.GetRequiredService<Sessions>().EndAll(stop);
    }
}
