using CrmWeb.Data;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>The organisations of a login, and one more. For everybody who is signed in.</summary>
[Authorize, OutsideTenants]
public sealed class OrganisationsController(CrmDb db, IStringLocalizer L) : Controller
{
    private CancellationToken Stop => HttpContext.RequestAborted;

    [HttpGet("/organisations")]
    public async Task<IActionResult> Show() => View("Organisations", await db.TenantsOf(Sessions.UserId(User), Stop));

    [HttpGet("/organisations/new")]
    public async Task<IActionResult> New() => View("NewOrganisation", new OrganisationForm { Name = await db.NameOf(Sessions.UserId(User), Stop) });

    [HttpPost("/organisations/new")]
    public async Task<IActionResult> Create(OrganisationForm form, [FromServices] TenantFounding founding)
    {
        if (ModelState.IsValid) await this.ChooseSlug(db, form.Organisation, form.Slug, slug => form.Slug = slug, L);
        if (!ModelState.IsValid) return View("NewOrganisation", form);
        try
        {
            return LocalRedirect($"/t/{await founding.Found(Sessions.UserId(User), form.Organisation!, form.Slug!, form.Name!, Stop)}/today");
        }
        catch (DbUpdateException)
        {
            ModelState.AddModelError(nameof(form.Slug), L["This address is taken."]);
            return View("NewOrganisation", form);
        }
    }
}
