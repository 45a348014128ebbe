using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Api;

public static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyScheme>(ApiKeyScheme.Name, null);
        // whoever comes by the address of the API is asked for a key, and not for a cookie
        services.ConfigureAll<CookieAuthenticationOptions>(options => options.ForwardDefaultSelector = http =>
            http.Features.Get<ApiRequest>() is null ? null : ApiKeyScheme.Name);
        services.AddScoped<IdempotencyFilter>();
        services.Configure<JsonOptions>(options =>
        {
            ApiJson.Configure(options.JsonSerializerOptions);
            // what is wrong is said in our words, not the reader's
            options.AllowInputFormatterExceptionMessages = false;
        });
        services.Configure<RateLimiterOptions>(options => ApiLimits.Add(options, configuration));
        services.PostConfigure<ApiBehaviorOptions>(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = Invalid;
        });
        return services.AddApiDocument();
    }

    /// <summary>Right inside of the error pages: problems instead of them.</summary>
    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) => app.UseMiddleware<ApiProblems>();

    /// <summary>After routing and tenancy.</summary>
    public static IApplicationBuilder UseApiEntrance(this IApplicationBuilder app) => app.UseMiddleware<ApiEntrance>();

    internal static IActionResult Invalid(ActionContext context) =>
        Invalid(context.HttpContext, ApiJson.Errors(context.ModelState, context.HttpContext.RequestServices.GetRequiredService<IStringLocalizer>()));

    internal static IActionResult Invalid(HttpContext http, Dictionary<string, string[]> errors)
    {
        var L = http.RequestServices.GetRequiredService<IStringLocalizer>();
        var problem = ApiProblems.Of(http, StatusCodes.Status400BadRequest, L["Something in the request does not fit."], errors);
        return new ObjectResult(problem) { StatusCode = StatusCodes.Status400BadRequest, ContentTypes = { ApiProblems.ContentType } };
    }
}

/// <summary>Somebody else was faster: 412 for whoever said which version they saw, 409 for whoever did not.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ApiConflictAttribute : ExceptionFilterAttribute
{
    public override void OnException(ExceptionContext context)
    {
        if (context.Exception is not DbUpdateConcurrencyException) return;
        context.ExceptionHandled = true;
        context.Result = new StatusCodeResult(context.HttpContext.Request.Headers.IfMatch.Count > 0 ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict);
    }
}
