using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared;

public static class ErrorPages
{
    /// <summary>Every answer without a body and every thrown exception becomes a page that people can read.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) =>
        // a scope of its own: what failed in the first one, the look at the cookie above all, would fail again
        app.UseExceptionHandler("/error/500", createScopeForErrors: true).UseStatusCodePagesWithReExecute("/error/{0}");

    /// <summary>Whether the database cannot be reached or does not answer. A row that it refuses is a mistake of ours.</summary>
    public static bool IsDatabaseAway(Exception? e) => e switch
    {
        null or DbUpdateException { InnerException: not DbException { IsTransient: true } } => false,
        DbException or TimeoutException => true,
        _ => IsDatabaseAway(e.InnerException),
    };
}
