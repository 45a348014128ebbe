using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Documentation;

/// <summary>The description of the API: for programs, and for people. It says nothing of any tenant.</summary>
[AllowAnonymous]
public sealed class DocumentationController(ApiDocument document, Site site) : Controller
{
    [HttpGet("/openapi/v1.json")]
    public async Task<IActionResult> OpenApi() => Content(await document.Json(), "application/json; charset=utf-8");

    [HttpGet("/api")]
    public async Task<IActionResult> Show() => View("Api", ApiPages.Of(await document.Document(), site.Url("/").TrimEnd('/')));
}
