using CrmWeb.Data;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Platform.Tenancy;

/// <summary>
/// Base of every controller that works inside a tenant. Each action names its permission with [Authorize(Permissions.…)]; the matrix test
/// (T1) fails on one that does not. What all of them need is asked of the request: a constructor of the base would be repeated in each of them
/// only to hand on what it got.
/// </summary>
[TenantPage]
public abstract class TenantController : Controller
{
    protected CrmDb Db => HttpContext.RequestServices.GetRequiredService<CrmDb>();

    protected CurrentMember Me => HttpContext.RequestServices.GetRequiredService<CurrentMember>();
}
