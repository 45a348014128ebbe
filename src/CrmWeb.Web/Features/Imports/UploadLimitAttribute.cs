using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Sends a file that is far too large back to its field before anything of it is read. The look for the token against forged posts reads the
/// whole body, and the server breaks off in the middle of it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UploadLimitAttribute : Attribute, IAuthorizationFilter, IOrderedFilter
{
    /// <summary>What a form adds around its file.</summary>
    public const long Around = 1 << 20;

    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var files = context.HttpContext.RequestServices.GetRequiredService<ImportFiles>();
        if (!(context.HttpContext.Request.ContentLength > files.MaxSize + Around)) return;
        // a browser hears the answer only when the server goes on taking what it sends, and throws it away
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        context.Result = new RedirectToActionResult("New", "Imports", new { tooLarge = true });
    }
}
