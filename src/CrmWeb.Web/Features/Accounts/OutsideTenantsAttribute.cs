using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>Pages that exist before and beside every tenant; under /t/{slug} they are not found.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutsideTenantsAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<CurrentMember>().IsSet) context.Result = new NotFoundResult();
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
