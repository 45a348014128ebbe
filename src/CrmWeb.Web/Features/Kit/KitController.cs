using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Kit;

/// <summary>Every piece that pages are made of, in both directions and themes. Only where the program is developed.</summary>
[AllowAnonymous]
[AutoValidateAntiforgeryToken]
[ApiExplorerSettings(IgnoreApi = true)]
[Route("/kit")]
public sealed class KitController(IHostEnvironment environment, IStringLocalizer L) : Controller
{
    public override void OnActionExecuting(ActionExecutingContext context)
    {
        if (!environment.IsDevelopment())
        {
            context.Result = NotFound();
            return;
        }

        // shows a direction without changing what the browser remembers
        if (Request.Query["dir"] == "rtl") CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Cultures.Of(Languages.Persian);
        if (Request.Query["dir"] == "ltr") CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Cultures.Of(Languages.English);
        HttpContext.Features.Set(Sample());
    }

    [HttpGet("")]
    public IActionResult Kit() => View(new KitForm());

    [HttpPost("")]
    public IActionResult Send(KitForm form)
    {
        if (!ModelState.IsValid) return View("Kit", form);
        TempData.Toast(L["Saved"], undoUrl: Url.Action(nameof(Undo)));
        return RedirectToAction(nameof(Kit));
    }

    [HttpPost("undo")]
    public IActionResult Undo()
    {
        TempData.Toast(L["Undone"], Tone.Neutral);
        return RedirectToAction(nameof(Kit));
    }

    [HttpGet("shell")]
    public IActionResult Page() => View("Page");

    [HttpGet("sign-in")]
    public IActionResult Plain() => View("Plain", new KitForm());

    [HttpGet("side-by-side")]
    public IActionResult SideBySide() => View();

    [HttpGet("dialog")]
    public IActionResult Dialog() => View(new KitForm());

    [HttpPost("dialog")]
    public IActionResult SendDialog(KitForm form)
    {
        if (!ModelState.IsValid) return View("Dialog", form);
        Response.CloseDialog();
        Response.Toast(L["Saved"], undoUrl: Url.Action(nameof(Undo)));
        return NoContent();
    }

    [HttpGet("progress")]
    public IActionResult Progress(int done) => PartialView("_Progress", Math.Min(100, done + 7));

    [HttpGet("options")]
    public IActionResult Options(string? q) => Json(
        KitPeople.All.Where(person => person.Name.Contains(q ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(person => new { id = person.Id, text = person.Name, hint = person.Company }));

    private Shell Sample() => Shell.OfTenant(Request.PathBase, L, _ => true) with
    {
        TenantName = "Northwind",
        TenantSlug = "northwind",
        MemberName = "Ava Karimi",
        MemberMail = "ava@northwind.example",
        LogUrl = Url.Action(nameof(Dialog)),
        ProfileUrl = "#",
        SignOutUrl = Url.Action(nameof(Undo)),
    };
}
