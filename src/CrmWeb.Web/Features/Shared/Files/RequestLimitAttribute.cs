using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>
/// Answers a request that says itself that it is too large before anything of it is read: the look for the token against forged posts reads the whole body,
/// and the server breaks off in the middle of it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class RequestLimitAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        var (most, size) = (MostOf(http), http.Features.Get<IHttpMaxRequestBodySizeFeature>());
        if (!(http.Request.ContentLength > most))
        {
            Within(http, most);
            return;
        }

        // a browser hears the answer only when the server goes on taking what it sends, and throws it away
        if (size is { IsReadOnly: false }) size.MaxRequestBodySize = null;
        context.Result = TooLarge(http);
    }

    /// <summary>Bytes of the whole request.</summary>
    protected abstract long MostOf(HttpContext http);

    protected abstract IActionResult TooLarge(HttpContext http);

    /// <summary>What is done with a request that does not say that it is larger.</summary>
    protected virtual void Within(HttpContext http, long most) { }
}
