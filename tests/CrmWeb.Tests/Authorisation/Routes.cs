using System.Text.RegularExpressions;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Authorisation;

/// <summary>One method of one address, and what it asks of who comes.</summary>
/// <param name="Access">"anyone", "signed in", or a permission.</param>
public sealed partial record Route(string Method, string Pattern, bool InTenant, string Access, ControllerActionDescriptor Action)
{
    public override string ToString() => $"{Method,-6} {(InTenant ? "/t/*" : "")}/{Pattern}  {Access}";

    /// <summary>For programs with a key, which names the tenant.</summary>
    public bool IsApi => Pattern.StartsWith("api/v1", StringComparison.Ordinal);

    /// <summary>Of the API: takes a form with a file, and nothing else.</summary>
    public bool TakesFile => Method == "POST" && (Pattern == "api/v1/imports" || Pattern.EndsWith("/files", StringComparison.Ordinal));

    /// <summary>Whether the address names a record.</summary>
    public bool HasId => IdParameter().IsMatch(Pattern);

    /// <summary>The path with every id as given and every other parameter as some text.</summary>
    public string Path(long id) => "/" + OtherParameter().Replace(IdParameter().Replace(Pattern, id.ToString(System.Globalization.CultureInfo.InvariantCulture)), "x");

    public static async Task<IReadOnlyList<Route>> All()
    {
        var host = await CrmHost.Shared();
        return
        [
            .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                .Select(endpoint => (endpoint, action: endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()))
                .Where(x => x.action is not null)
                .SelectMany(x => Methods(x.endpoint).Select(method => new Route(
                    method, x.endpoint.RoutePattern.RawText!.TrimStart('/'), x.endpoint.Metadata.GetMetadata<TenantPageAttribute>() is not null, AccessOf(x.endpoint), x.action!)))
                .OrderBy(route => route.InTenant).ThenBy(route => route.Pattern, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Methods(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    private static string AccessOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) return "anyone";
        var policies = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy).OfType<string>().Order(StringComparer.Ordinal).ToList();
        return policies.Count == 0 ? "signed in" : string.Join(" + ", policies);
    }

    [GeneratedRegex(@"\{\*{0,2}\w+:(?:long|int)[^}]*\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdParameter();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex OtherParameter();
}
