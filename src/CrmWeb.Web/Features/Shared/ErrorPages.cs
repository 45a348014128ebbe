namespace CrmWeb.Web.Features.Shared;

public static class ErrorPages
{
    /// <summary>Every answer without a body and every thrown exception becomes a page that people can read.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) =>
        // a scope of its own: what failed in the first one, the look at the cookie above all, would fail again
        app.UseExceptionHandler("/error/500", createScopeForErrors: true).UseStatusCodePagesWithReExecute("/error/{0}");
}
