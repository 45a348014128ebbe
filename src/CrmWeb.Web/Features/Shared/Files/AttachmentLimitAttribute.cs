using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>
/// How large a request with files may be, which the configuration says. One that says itself that it is larger is answered before anything of it is read: the
/// look for the token against forged posts reads the whole body, and the server breaks off in the middle of it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AttachmentLimitAttribute : Attribute, IAuthorizationFilter, IOrderedFilter, IRequestSizePolicy, IRequestFormLimitsPolicy
{
    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        var most = http.RequestServices.GetRequiredService<AttachmentFiles>().MaxRequest;
        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (http.Request.ContentLength > most)
        {
            // a browser hears the answer only when the server goes on taking what it sends, and throws it away
            if (size is { IsReadOnly: false }) size.MaxRequestBodySize = null;
            // a form goes back to its page, which says it; whoever asked for JSON is a program
            var request = http.Request;
            var isPage = request.HasFormContentType && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
            context.Result = isPage ? new LocalRedirectResult($"{request.PathBase}{request.Path}?tooMuch=true") : new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
            return;
        }

        if (size is { IsReadOnly: false }) size.MaxRequestBodySize = most;
        // what is larger than the memory of a form goes through a file of the system's: no size of upload fills the memory
        if (http.Features.Get<IFormFeature>()?.Form is null) http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = most }));
    }
}
