using System.Security.Claims;
using System.Text.Encodings.Web;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CrmWeb.Web.Platform.Api;

/// <summary>A request that came in by the address of the API. The same address behind a tenant's path is none.</summary>
/// <param name="KeyIsStale">The use of its key has not been noted for a while.</param>
internal sealed record ApiRequest(bool KeyIsStale = false)
{
    public const string Root = "/api/v1";
}

/// <summary>
/// <c>Authorization: Bearer crm_…</c>: the key names the tenant and the member. Nothing else lets anybody in here; a cookie is not looked at, so that
/// no page elsewhere can make a browser do something.
/// </summary>
internal sealed class ApiKeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, CrmDb db, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiKey";

    private const string Bearer = "Bearer ";
    private const int MaxLength = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ Length: < MaxLength } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.PassOfKey(Secret.Hash(header[Bearer.Length..].Trim()), now, Context.RequestAborted) is not { } found) return AuthenticateResult.Fail("The key is unknown.");

        Context.Features.Set(found.Pass);
        Context.Features.Set(new ApiRequest(found.LastUsedAt is not { } used || now - used >= ApiKey.UsedEvery));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, found.Pass.UserId.ToString(System.Globalization.CultureInfo.InvariantCulture))], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Request.Headers.Authorization.Count > 0 ? "Bearer realm=\"CrmWeb\", error=\"invalid_token\"" : "Bearer realm=\"CrmWeb\"";
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
