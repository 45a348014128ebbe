using System.Globalization;
using System.Security.Claims;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CrmWeb.Tests.Support;

/// <summary>A browser of a test: asks for pages, posts forms with a valid anti-forgery token, keeps cookies.</summary>
public sealed class Visitor
{
    private readonly HttpClient http;
    private readonly string root;
    private readonly string? token;

    private Visitor(HttpClient http, string root, string? token) => (this.http, this.root, this.token) = (http, root, token);

    public HttpClient Http => http;

    /// <summary>Somebody who is not signed in.</summary>
    public static Visitor Anonymous(CrmHost host) => new(host.Browser(), "", null);

    /// <summary>A browser with the cookie of a login, made by the program's own keys. Paths are inside the tenant unless they begin with "~/".</summary>
    public static Task<Visitor> SignedIn(CrmHost host, TestTenant tenant, long userId) => host.Scope(async services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        var user = await db.Users.SingleAsync(u => u.Id == userId);
        var principal = await services.GetRequiredService<SignInManager<AppUser>>().CreateUserPrincipalAsync(user);
        var session = new UserSession(userId, "Test", host.Clock.Now);
        db.UserSessions.Add(session);
        await db.SaveChangesAsync();
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Sessions.SessionClaim, session.Id.ToString()));

        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var lifetime = new AuthenticationProperties { IssuedUtc = host.Clock.GetUtcNow(), ExpiresUtc = host.Clock.GetUtcNow() + options.ExpireTimeSpan };
        var ticket = options.TicketDataFormat.Protect(new AuthenticationTicket(principal, lifetime, IdentityConstants.ApplicationScheme));
        var tokens = services.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext { User = principal, RequestServices = services });
        var antiforgery = services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value;

        var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", $"{options.Cookie.Name}={ticket}; {antiforgery.Cookie.Name}={tokens.CookieToken}");
        return new Visitor(browser, $"/t/{tenant.Slug}", tokens.RequestToken);
    });

    public Task<Page> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>Posts the properties of <paramref name="form"/> (an anonymous object, or pairs) as a form.</summary>
    public Task<Page> Post(string path, object? form = null) => Send(HttpMethod.Post, path, new FormUrlEncodedContent(Fields(form)));

    public async Task<Page> Send(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("~/", StringComparison.Ordinal) ? path[1..] : root + path) { Content = content };
        if (token is not null && method != HttpMethod.Get) request.Headers.Add("X-CSRF-TOKEN", token);
        return await Page.Of(await http.SendAsync(request));
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(object? form) => form switch
    {
        null => [],
        IEnumerable<KeyValuePair<string, string>> pairs => pairs,
        _ => form.GetType().GetProperties().SelectMany(p => Values(p.GetValue(form)).Select(value => KeyValuePair.Create(p.Name, value))),
    };

    private static IEnumerable<string> Values(object? value) => value switch
    {
        null => [],
        string text => [text],
        DateTime instant => [instant.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)],
        DateOnly date => [date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        System.Collections.IEnumerable many => many.Cast<object>().SelectMany(Values),
        _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
    };
}
