using System.Globalization;
using System.Security.Claims;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Data.Providers;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmWeb.Benchmarks;

/// <summary>A browser that is signed in as the admin: the cookies, and the anti-forgery token for posts.</summary>
internal sealed record SignedIn(string Cookie, string Token)
{
    /// <summary>Writes a session and makes its cookie with the key ring that the server reads from the same database.</summary>
    public static async Task<SignedIn> As(Installation installation)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = installation.Provider.ToString(),
            ["ConnectionStrings:Crm"] = installation.Connection,
        }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddCrmDb(configuration).AddLogins(configuration);
        services.AddHttpContextAccessor().AddAntiforgery(options => options.HeaderName = "X-CSRF-TOKEN");
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var user = await db.Users.SingleAsync(u => u.Email == Installation.Admin);
        var principal = await scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>().CreateUserPrincipalAsync(user);
        var now = TimeProvider.System.GetUtcNow();
        var session = new UserSession(user.Id, "Benchmark", now.UtcDateTime);
        db.UserSessions.Add(session);
        await db.SaveChangesAsync();
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Sessions.SessionClaim, session.Id.ToString()));

        var cookies = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var lifetime = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + cookies.ExpireTimeSpan };
        var ticket = cookies.TicketDataFormat.Protect(new AuthenticationTicket(principal, lifetime, IdentityConstants.ApplicationScheme));
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext { User = principal, RequestServices = scope.ServiceProvider });
        var antiforgery = scope.ServiceProvider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value;
        return new SignedIn(
            string.Create(CultureInfo.InvariantCulture, $"{cookies.Cookie.Name}={ticket}; {antiforgery.Cookie.Name}={tokens.CookieToken}"), tokens.RequestToken!);
    }
}
