using System.Diagnostics;
using System.Globalization;
using CrmWeb.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A page that says what happened in plain words, with the reference under which the log has the rest.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class ErrorController(IStringLocalizer L) : Controller
{
    [Route("/error/{status:int}")]
    [ResponseCache(NoStore = true)]
    public IActionResult Show()
    {
        // not a parameter: nothing is bound while the body of the request that failed cannot be read
        var status = int.Parse((string)RouteData.Values["status"]!, CultureInfo.InvariantCulture);
        // an address typed by hand must not make the server answer 200, nor a status that is no error
        if (HttpContext.Features.Get<IExceptionHandlerFeature>() is { } failed)
            status = DatabaseAway.Is(failed.Error) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError;
        var page = Describe(status);
        Response.StatusCode = page.Status;
        if (WantsJson()) return Problem(statusCode: page.Status, title: page.Title, detail: page.Text);
        return View("Error", page);
    }

    private bool WantsJson()
    {
        var accepted = Request.GetTypedHeaders().Accept;
        return accepted.Any(type => type.MediaType.Value?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true)
            && !accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    private ErrorPage Describe(int status)
    {
        var reference = Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;
        return status switch
        {
            400 => new(400, "alert-circle", L["This request could not be read"], L["The page may have been open for too long. Go back, reload it and try again."], reference),
            401 or 403 => new(status, "lock", L["You may not do this"], L["Your roles do not allow it. An administrator of your organisation can change that."], reference),
            429 => new(429, "hourglass", L["That was too often"], L["Many requests came from your address in a short time. Wait a minute, then try again."], reference),
            503 => new(503, "plug-connected-x", L["We are back in a moment"], L["A part of the system is not answering right now. Nothing you saved is lost; try again shortly."], reference),
            >= 400 and < 500 => new(status, "map-search", L["There is nothing here"], L["The address may be wrong, or the record was removed, or it is not yours to see."], reference),
            _ => new(500, "alert-triangle", L["Something went wrong on our side"], L["It has been recorded. If it happens again, tell us the reference below."], reference),
        };
    }
}

public sealed record ErrorPage(int Status, string Icon, string Title, string Text, string Reference);
