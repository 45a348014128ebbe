using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ActionConstraints;

namespace CrmWeb.Web.Features.Today;

/// <summary>Takes an address that also exists outside of tenants (the root) only where a tenant was entered.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InsideTenantAttribute : Attribute, IActionConstraint
{
    public int Order => 0;

    public bool Accept(ActionConstraintContext context) =>
        context.RouteContext.HttpContext.RequestServices.GetRequiredService<CurrentMember>().IsSet;
}
