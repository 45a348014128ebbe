using CrmWeb.Web.Features.Shared.Files;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Sends a file that is far too large back to its field.</summary>
internal sealed class UploadLimitAttribute : RequestLimitAttribute
{
    /// <summary>What a form adds around its file.</summary>
    public const long Around = 1 << 20;

    protected override long MostOf(HttpContext http) => http.RequestServices.GetRequiredService<ImportFiles>().MaxSize + Around;

    protected override IActionResult TooLarge(HttpContext http) => new LocalRedirectResult($"{http.Request.PathBase}{http.Request.Path}?tooLarge=true");
}
