using CrmWeb.Data;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>The start: into the only organisation, or to the choice among several. For everybody who is signed in, whatever their roles.</summary>
[Authorize]
public sealed class HomeController(CrmDb db, CurrentMember me) : Controller
{
    private CancellationToken Stop => HttpContext.RequestAborted;

    [HttpGet("/")]
    public async Task<IActionResult> Start()
    {
        if (me.IsSet) return Redirect($"{Request.PathBase}/today");
        var tenants = await db.TenantsOf(Sessions.UserId(User), Stop);
        return tenants is [var only] ? LocalRedirect($"/t/{only.Slug}/today") : View("Organisations", tenants);
    }
}
