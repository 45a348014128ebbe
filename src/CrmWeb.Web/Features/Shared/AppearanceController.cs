using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Views;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Language and theme are choices of a browser, signed in or not; a posted form changes them, with or without scripts.</summary>
[AllowAnonymous]
[AutoValidateAntiforgeryToken]
public sealed class AppearanceController : Controller
{
    [HttpPost("/language")]
    public IActionResult Language(string? language)
    {
        if (!Languages.Known(language)) return BadRequest();
        LocalisationSetup.Remember(Response, Languages.Cookie, language!);
        return Back();
    }

    [HttpPost("/theme")]
    public IActionResult SetTheme(string? theme)
    {
        if (!Theme.Known(theme)) return BadRequest();
        LocalisationSetup.Remember(Response, Theme.Cookie, theme!);
        return Back();
    }

    /// <summary>To the page of ours that the button stood on.</summary>
    private IActionResult Back() => LocalRedirect(Request.PageBefore() ?? Request.RootUrl("/"));
}
