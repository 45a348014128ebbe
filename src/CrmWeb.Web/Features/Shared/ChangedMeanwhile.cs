using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// Says that somebody else was faster, where an action does not explain it itself: nothing was saved. A part of a page stays as it is, with what
/// was typed; a whole page is shown anew.
/// </summary>
internal sealed class ChangedMeanwhile(IStringLocalizer L, ITempDataDictionaryFactory tempData) : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not DbUpdateConcurrencyException) return;
        var (http, said) = (context.HttpContext, L["This was changed by somebody else in the meantime. Look again, then repeat what you wanted to do."]);
        context.ExceptionHandled = true;
        if (http.Request.Headers.ContainsKey("HX-Request"))
        {
            if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            http.Response.Toast(said, Tone.Bad);
            http.Response.Headers["HX-Reswap"] = "none";
            context.Result = new StatusCodeResult(StatusCodes.Status409Conflict);
        }
        else if (WantsJson(http.Request))
        {
            context.Result = new ConflictObjectResult(new ProblemDetails { Status = StatusCodes.Status409Conflict, Title = said });
        }
        else
        {
            tempData.GetTempData(http).Toast(said, Tone.Bad);
            context.Result = new LocalRedirectResult(http.Request.Back("/"));
        }
    }

    private static bool WantsJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accepted && accepted.All(type => type.MediaType.Value?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true);
}
