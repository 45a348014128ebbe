using System.Security.Claims;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Authentication;

namespace CrmWeb.Web.Platform.Tenancy;

/// <summary>
/// Pages of a tenant live under /t/{slug}. Checks the membership, sets the tenant of the scope once, and moves the slug into PathBase, so that
/// no link can forget it. A tenant one is no member of is answered like one that does not exist.
/// </summary>
public sealed class TenancyMiddleware(RequestDelegate next)
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public async Task InvokeAsync(HttpContext http, CrmDb db, CurrentMember member)
    {
        // an error page is drawn for whoever was found before
        if (http.Features.Get<TenantPass>() is { } found && !member.IsSet)
        {
            db.Current.Enter(found);
            member.Enter(found);
        }

        if (Read(http.Request.Path) is not var (slug, rest))
        {
            await next(http);
            return;
        }

        if (http.User.Identity?.IsAuthenticated != true)
        {
            await http.ChallengeAsync();
            return;
        }

        var userId = long.Parse(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!, System.Globalization.CultureInfo.InvariantCulture);
        if (await PassOf(http, db, slug, userId) is not { } pass)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        db.Current.Enter(pass);
        member.Enter(pass);
        http.Features.Set(pass);
        if (pass.SeenAt is null || member.Now - pass.SeenAt > SeenEvery) await db.SeeMember(pass.MemberId, member.Now);
        http.Features.Set(new Viewer(pass.MemberLanguage, member.TimeZone));
        http.Request.PathBase = http.Request.PathBase.Add($"/t/{pass.Slug}");
        http.Request.Path = rest;
        await next(http);
    }

    /// <summary>The slug that an address names, and what follows it; null outside of tenants.</summary>
    internal static (string Slug, string Path)? Read(PathString path)
    {
        if (!path.StartsWithSegments("/t", StringComparison.Ordinal, out var rest) || rest.Value is not { Length: > 1 } its) return null;
        var end = its.IndexOf('/', 1);
        return end < 0 ? (its[1..], "/") : (its[1..end], its[end..]);
    }

    /// <summary>As it was read together with the session, if it was.</summary>
    private static async Task<TenantPass?> PassOf(HttpContext http, CrmDb db, string slug, long userId) =>
        http.Features.Get<SessionPass>() is { Pass: var pass } && pass.Slug == slug && pass.UserId == userId ? pass : await db.PassOf(slug, userId, http.RequestAborted);
}

/// <summary>Marks endpoints that exist only inside a tenant; outside they are not found.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class TenantPageAttribute : Attribute;

public static class TenancySetup
{
    /// <summary>After routing: a tenant's page asked for without a tenant is not found.</summary>
    public static IApplicationBuilder UseTenantPages(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var inside = http.RequestServices.GetRequiredService<CurrentMember>().IsSet;
        if (inside || http.GetEndpoint()?.Metadata.GetMetadata<TenantPageAttribute>() is null) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
