namespace CrmWeb.Web.Features.Shared;

public static class ErrorPages
{
    /// <summary>Every answer without a body and every thrown exception becomes a page that people can read.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) =>
        app.UseExceptionHandler("/error/500").UseStatusCodePagesWithReExecute("/error/{0}");
}
