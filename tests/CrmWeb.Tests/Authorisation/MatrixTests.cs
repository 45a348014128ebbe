using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Features.Accounts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CrmWeb.Tests.Authorisation;

/// <summary>
/// Every endpoint stands in <c>matrix.txt</c> with what it asks for; a new one fails here until somebody has thought about it. Then each is
/// called as every role.
/// </summary>
public sealed class MatrixTests
{
    [Fact]
    public async Task T1_EveryEndpoint_StandsInTheMatrix()
    {
        var actual = (await Route.All()).Select(route => route.ToString()).ToList();
        var written = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "tests/CrmWeb.Tests/Authorisation/matrix.txt"));
        var expected = written.Where(line => line.Length > 0 && line[0] != '#').ToList();
        Assert.True(actual.SequenceEqual(expected, StringComparer.Ordinal),
            $"Not in matrix.txt:\n{string.Join('\n', actual.Except(expected, StringComparer.Ordinal))}\nOnly in matrix.txt:\n{string.Join('\n', expected.Except(actual, StringComparer.Ordinal))}");
    }

    [Fact]
    public async Task T1_EveryTenantEndpoint_NamesAPermission() =>
        Assert.Empty((await Route.All()).Where(route => route is { InTenant: true, Access: "anyone" or "signed in" }).Select(route => route.ToString()));

    public static TheoryData<Role> EachRole => [.. Roles.Each];

    [Theory, MemberData(nameof(EachRole))]
    public async Task T1_EachRole_IsForbiddenExactlyWhatTheTableDoesNotAllow(Role role)
    {
        var acme = await Make.Tenant();
        var browser = await (await Make.Member(acme, role)).Browser();
        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route.InTenant && route.Access is not ("anyone" or "signed in")))
        {
            var page = await browser.Send(new HttpMethod(route.Method), route.Path(987654321), route.Method == "GET" ? null : new FormUrlEncodedContent([]));
            var allowed = route.Access.Split(" + ").All(permission => role.Allow(permission));
            if ((page.Status == HttpStatusCode.Forbidden) == allowed || page.Status >= HttpStatusCode.InternalServerError) wrong.Add($"{route} answered {(int)page.Status} to {role}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task T1_Anonymous_IsSentToSignIn()
    {
        var acme = await Make.Tenant();
        var nobody = Visitor.Anonymous(acme.Host);
        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route is { IsApi: false, Access: not "anyone" }))
        {
            var path = $"{(route.InTenant ? $"/t/{acme.Slug}" : "")}{route.Path(1)}";
            var page = await nobody.Send(new HttpMethod(route.Method), path, route.Method == "GET" ? null : new FormUrlEncodedContent([]));
            if (page.Status != HttpStatusCode.Redirect || page.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal) != true) wrong.Add($"{route} answered {(int)page.Status}");
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task T1_EveryApiEndpoint_NamesAPermissionThatIsAScope() =>
        Assert.Empty((await Route.All()).Where(route => route.IsApi && !ApiScopes.All.Contains(route.Access, StringComparer.Ordinal)).Select(route => route.ToString()));

    [Theory, MemberData(nameof(EachRole))]
    public async Task T1_KeyOfEachRole_IsForbiddenExactlyWhatTheTableDoesNotAllow(Role role)
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(await Make.Member(acme, role));
        Assert.Empty(await Wrong(api, route => role.Allow(route.Access)));
    }

    public static TheoryData<string> EachScope => [.. ApiScopes.All];

    [Theory, MemberData(nameof(EachScope))]
    public async Task T1_KeyOfOneScope_AllowsThatAndNoMore(string scope)
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin, [scope]);
        Assert.Empty(await Wrong(api, route => route.Access == scope));
    }

    [Fact]
    public async Task T1_WithoutKey_EveryApiEndpointIs401()
    {
        var api = new ApiProgram(await CrmHost.Shared(), null);
        foreach (var route in (await Route.All()).Where(route => route.IsApi))
            (await api.Send(route.Method, route.Path(1)["/api/v1".Length..], Body(route))).AssertProblem(HttpStatusCode.Unauthorized);
    }

    // where a file is taken nothing else finds the way in
    private static object? Body(Route route) => route.Method is "GET" or "DELETE" ? null : route.TakesFile ? new MultipartFormDataContent { { new StringContent(""), "file", "x.csv" } } : "{}";

    private static async Task<List<string>> Wrong(ApiProgram api, Func<Route, bool> allowed)
    {
        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route.IsApi))
        {
            var answer = await api.Send(route.Method, route.Path(987654321)["/api/v1".Length..], Body(route));
            if ((answer.Status == HttpStatusCode.Forbidden) == allowed(route) || answer.Status >= HttpStatusCode.InternalServerError) wrong.Add($"{route} answered {(int)answer.Status}");
        }

        return wrong;
    }

    /// <summary>T11: what comes in is a form of its own, never a row; so tenant, role or owner cannot be set by an extra field.</summary>
    [Fact]
    public async Task T11_NoAction_BindsAnEntity()
    {
        var offences =
            from route in await Route.All()
            from parameter in route.Action.Parameters
            where parameter.BindingInfo?.BindingSource != BindingSource.Services
            from type in Reachable(parameter.ParameterType)
            where type.IsAssignableTo(typeof(ITenantOwned)) || type.Assembly == typeof(CrmDb).Assembly
            select $"{route}: {parameter.Name} reaches {type.Name}";
        Assert.Empty(offences.Distinct(StringComparer.Ordinal));
    }

    private static HashSet<Type> Reachable(Type root)
    {
        var seen = new HashSet<Type>();
        void Walk(Type type)
        {
            foreach (var part in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments()) Walk(part);
            if (!type.Namespace?.StartsWith("CrmWeb", StringComparison.Ordinal) ?? true) return;
            if (!seen.Add(type)) return;
            foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null)) Walk(property.PropertyType);
        }

        Walk(root);
        return seen;
    }
}
