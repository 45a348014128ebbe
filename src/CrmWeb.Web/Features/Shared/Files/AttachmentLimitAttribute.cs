using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>How large a request with files may be, which the configuration says.</summary>
public sealed class AttachmentLimitAttribute : RequestLimitAttribute, IRequestSizePolicy, IRequestFormLimitsPolicy
{
    protected override long MostOf(HttpContext http) => http.RequestServices.GetRequiredService<AttachmentFiles>().MaxRequest;

    protected override IActionResult TooLarge(HttpContext http)
    {
        // a form goes back to its page, which says it; whoever asked for JSON is a program
        var request = http.Request;
        var isPage = request.HasFormContentType && request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        return isPage ? new LocalRedirectResult($"{request.PathBase}{request.Path}?tooMuch=true") : new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }

    protected override void Within(HttpContext http, long most)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most;
        // what is larger than the memory of a form goes through a file of the system's: no size of upload fills the memory
        if (http.Features.Get<IFormFeature>()?.Form is null) http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = most }));
    }
}
