using System.Diagnostics;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Api;

/// <summary>Whatever goes wrong under the address of the API is said as a problem (RFC 9457): never a page, never a redirect.</summary>
internal sealed class ApiProblems(RequestDelegate next, IStringLocalizer L, ILogger<ApiProblems> log)
{
    public const string ContentType = "application/problem+json";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(ApiRequest.Root, StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        http.Features.Set(new ApiRequest());
        // an answer is for whoever has the key, and for now
        http.Response.Headers.CacheControl = "no-store";
        if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var status = e is BadHttpRequestException bad ? bad.StatusCode : DatabaseAway.Is(e) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
            if (status >= StatusCodes.Status500InternalServerError) log.LogError(e, "A request of the API failed");
            http.Response.Clear();
            http.Response.Headers.CacheControl = "no-store";
            http.Response.StatusCode = status;
        }

        var response = http.Response;
        if (response.HasStarted || response.StatusCode < StatusCodes.Status400BadRequest || response.ContentType is not null || response.ContentLength > 0) return;
        await response.WriteAsJsonAsync(Of(http, response.StatusCode, Title(response.StatusCode)), options: null, ContentType, CancellationToken.None);
    }

    public static ProblemDetails Of(HttpContext http, int status, string title, IDictionary<string, string[]>? errors = null)
    {
        var problem = errors is null ? new ProblemDetails() : new ValidationProblemDetails(errors);
        (problem.Type, problem.Status, problem.Title) = ("about:blank", status, title);
        // under it the log has the rest
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        return problem;
    }

    private string Title(int status) => status switch
    {
        400 => L["This request cannot be read."],
        401 => L["A key is needed that is valid: Authorization: Bearer crm_…"],
        403 => L["The key does not allow this: its scopes and the roles of its member decide."],
        404 => L["There is nothing here."],
        405 => L["This address does not take this method."],
        408 => L["The request took too long."],
        409 => L["Something else is in the way."],
        412 => L["It was changed in the meantime. Read it again and repeat what you wanted to do."],
        413 => L["The request is too large."],
        415 => L["The content must be JSON: Content-Type: application/json"],
        429 => L["There were too many requests. Wait as long as Retry-After says."],
        503 => L["A part of the system does not answer. Try again shortly."],
        _ => L["Something went wrong on our side."],
    };
}

/// <summary>After routing: the API is found by its own address only, its changes come in its way, and the use of a key is noted.</summary>
internal sealed class ApiEntrance(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, CrmDb db, CurrentMember me)
    {
        var request = http.Features.Get<ApiRequest>();
        if (request is null && http.GetEndpoint()?.Metadata.GetMetadata<ApiEndpointAttribute>() is not null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (request is not null && me.IsSet) db.Current.Through(Via.Api);
        if (request is { KeyIsStale: true } && me is { IsSet: true, Pass.ApiKeyId: { } key }) await db.SeeApiKey(key, me.Now);
        await next(http);
    }
}

/// <summary>Marks the endpoints of the API.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ApiEndpointAttribute : Attribute;
