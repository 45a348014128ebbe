using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Shared;

/// <summary>How an action answers after its work: inside the dialog that the shell opened, or as a page of its own.</summary>
public static class Answers
{
    /// <summary>Raised where something was saved: the page beneath shows itself anew.</summary>
    public const string Changed = "crm:changed";

    private const string DialogContent = "shell-dialog-content";

    public static bool InDialog(this HttpRequest request) =>
        request.Headers["HX-Target"].ToString().EndsWith(DialogContent, StringComparison.Ordinal);

    /// <summary>Asked for by a part of the page that takes what it needs out of the answer: there the frame would be for nothing.</summary>
    public static bool ForFilters(this HttpRequest request) =>
        request.Headers["HX-Target"].ToString().EndsWith(Tags.FilterBarTag.AddId, StringComparison.Ordinal);

    /// <summary>Says what was done and leads on: the dialog closes over the page it stood on; a page goes to <paramref name="to"/> (with the path base).</summary>
    public static IActionResult Done(this Controller controller, string text, string to, string? undoUrl = null)
    {
        if (!controller.Request.InDialog())
        {
            controller.TempData.Toast(text, undoUrl: undoUrl);
            return controller.LocalRedirect(to);
        }

        controller.Response.Toast(text, undoUrl: undoUrl);
        controller.Response.CloseDialog();
        controller.Response.Trigger(Changed, new { });
        return controller.NoContent();
    }

    /// <summary>Says why nothing was done, because somebody else was faster, and shows the page as it is now.</summary>
    public static IActionResult ToldOff(this Controller controller, string text, string to)
    {
        if (!controller.Request.InDialog())
        {
            controller.TempData.Toast(text, Tone.Bad);
            return controller.LocalRedirect(to);
        }

        if (controller.HttpContext.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        controller.Response.Toast(text, Tone.Bad);
        controller.Response.CloseDialog();
        controller.Response.Trigger(Changed, new { });
        controller.Response.Headers["HX-Reswap"] = "none";
        return controller.StatusCode(StatusCodes.Status409Conflict);
    }

    /// <summary>The form again, with what is wrong with it.</summary>
    public static IActionResult Invalid(this Controller controller, string view, object form, int status = StatusCodes.Status400BadRequest)
    {
        controller.Response.StatusCode = status;
        return controller.View(view, form);
    }

    /// <summary>The customer on whose page a link was followed or a dialog opened; null on other pages.</summary>
    public static long? CustomerOfPage(this HttpRequest request)
    {
        var from = request.Headers["HX-Current-URL"].ToString() is { Length: > 0 } current ? current : request.Headers.Referer.ToString();
        return Uri.TryCreate(from, UriKind.Absolute, out var page)
            && page.AbsolutePath.StartsWith(request.PathBase + "/customers/", StringComparison.Ordinal)
            && long.TryParse(page.Segments[^1].TrimEnd('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>The page of the tenant that a button was pressed on; <paramref name="otherwise"/> (inside the tenant) when the browser does not say.</summary>
    public static string Back(this HttpRequest request, string otherwise) =>
        request.PathBase.HasValue && request.PageBefore() is { } from && from.StartsWith(request.PathBase + "/", StringComparison.Ordinal) ? from : request.PathBase + otherwise;

    /// <summary>Path and query of the page of ours that a button was pressed on; null when it was no page of ours. A path of two slashes would be another host.</summary>
    public static string? PageBefore(this HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && from.Authority == request.Host.Value
            && from.PathAndQuery is ['/', .. var rest] && !rest.StartsWith('/') && !rest.StartsWith('\\') ? from.PathAndQuery : null;
}
