using System.Linq.Expressions;
using System.Security.Claims;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Tenancy;
using CrmWeb.Web.Platform.Views;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// Signing in writes a session row and puts its id into the cookie; every request looks the row up. Ending a session, a new password or another
/// security stamp therefore ends the cookie on every node with the next request, without a cache to wait for.
/// </summary>
public sealed class Sessions(CrmDb db, KeyWatch keys, TimeProvider clock) : CookieAuthenticationEvents
{
    public const string SessionClaim = "sid";
    private const string StampClaim = "AspNet.Identity.SecurityStamp";
    private const int MostShown = 50;
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    private static readonly CompiledQuery<Func<CrmDb, Guid, CancellationToken, Task<SessionState?>>> OpenSession = new(() =>
        EF.CompileAsyncQuery((CrmDb db, Guid id, CancellationToken stop) => db.UserSessions.Where(s => s.Id == id && s.EndedAt == null)
            .Select(s => new SessionState(s.UserId, s.User!.SecurityStamp, s.LastSeenAt)).SingleOrDefault()));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public override async Task SigningIn(CookieSigningInContext context)
    {
        await keys.Look(db, context.HttpContext.RequestAborted);
        var user = UserId(context.Principal!);
        var session = new UserSession(user, Devices.Describe(context.Request.Headers.UserAgent.ToString()), Now);
        db.UserSessions.Add(session);
        await db.SaveChangesAsync(context.HttpContext.RequestAborted);
        await End(SessionId(context.HttpContext.User));

        var identity = (ClaimsIdentity)context.Principal!.Identity!;
        if (identity.FindFirst(SessionClaim) is { } old) identity.RemoveClaim(old);
        identity.AddClaim(new Claim(SessionClaim, session.Id.ToString()));
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // the session could not be looked up the first time; who was known by then still is. Styles and scripts are for everybody
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null || Assets.AreAskedFor(context.Request))
        {
            context.RejectPrincipal();
            return;
        }

        var id = SessionId(context.Principal!);
        var session = id is { } known ? await Open(context.HttpContext, known) : null;
        if (session is null || session.UserId != UserId(context.Principal!) || session.SecurityStamp != context.Principal!.FindFirstValue(StampClaim))
        {
            // perhaps everybody was signed out because the keys are new
            await keys.Look(db, context.HttpContext.RequestAborted);
            context.RejectPrincipal();
            return;
        }

        if (Now - session.LastSeenAt > SeenEvery)
            await db.UserSessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, Now), CancellationToken.None);
    }

    /// <summary>Forbidden is said at the address that was asked for, not by sending the browser elsewhere.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>A part of a page cannot become the sign-in page: the script is told, and says so.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!context.Request.Headers.ContainsKey("HX-Request")) return base.RedirectToLogin(context);
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task SigningOut(CookieSigningOutContext context) => End(SessionId(context.HttpContext.User));

    /// <summary>The sessions of a login that are open, the last used first.</summary>
    public Task<List<UserSession>> Of(long userId, CancellationToken stop)
    {
        var oldest = Now - SecuritySetup.SignedInFor;
        return db.UserSessions.AsNoTracking().Where(s => s.UserId == userId && s.EndedAt == null && s.LastSeenAt > oldest)
            .OrderByDescending(s => s.LastSeenAt).Take(MostShown).ToListAsync(stop);
    }

    /// <summary>Ends one session of this login, on every node with its next request. False when it is not one of theirs.</summary>
    public async Task<bool> End(long userId, Guid id, CancellationToken stop) => await Open(s => s.UserId == userId && s.Id == id, stop) == 1;

    /// <summary>Ends all sessions of a login: everywhere, or everywhere <paramref name="but"/> here.</summary>
    public Task<int> EndAll(long userId, Guid? but, CancellationToken stop) => Open(s => s.UserId == userId && s.Id != but, stop);

    /// <summary>Signs everybody out.</summary>
    public Task<int> EndAll(CancellationToken stop) => Open(_ => true, stop);

    private Task<int> Open(Expression<Func<UserSession, bool>> which, CancellationToken stop) =>
        db.UserSessions.Where(s => s.EndedAt == null).Where(which).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, Now), stop);

    private Task<int> End(Guid? id) => db.UserSessions.Where(s => s.Id == id && s.EndedAt == null)
        .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, Now), CancellationToken.None);

    /// <summary>Inside a tenant with what the login may do there, for whoever comes next: the one is no use without the other.</summary>
    private async Task<SessionState?> Open(HttpContext http, Guid id)
    {
        if (TenancyMiddleware.Read(http.Request.Path) is not { } place || await db.PassOfSession(id, place.Slug, http.RequestAborted) is not { } found)
            return await OpenSession.For(db)(db, id, http.RequestAborted);
        http.Features.Set(found);
        return found.Session;
    }

    public static Guid? SessionId(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : null;

    public static long UserId(ClaimsPrincipal user) =>
        long.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A user agent in the few words a person recognises their machine by.</summary>
internal static class Devices
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];

    public static string Describe(string agent) => (Find(Browsers, agent), Find(Systems, agent)) switch
    {
        ({ } browser, { } system) => $"{browser}, {system}",
        ({ } browser, null) => browser,
        (null, { } system) => system,
        _ => "",
    };

    private static string? Find((string Mark, string Name)[] among, string agent) =>
        among.FirstOrDefault(entry => agent.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
