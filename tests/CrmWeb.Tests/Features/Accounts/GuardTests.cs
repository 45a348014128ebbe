using System.Net;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Accounts;

public sealed class GuardTests
{
    private static readonly string[] Unsafe = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>A mail program posts there with no cookie and no page before (RFC 8058, G3); the sealed link alone says whose mails stop, and a cookie adds nothing.</summary>
    private const string OneClick = "notifications/unsubscribe";

    [Fact]
    public async Task K6_EveryUnsafeEndpoint_AsksForTheToken()
    {
        var host = await CrmHost.Shared();
        var tenant = await Make.Tenant(host);
        var login = await Login.Of(tenant.Admin);
        var person = new Person(host);
        await person.SignIn(login);

        var open = new List<string>();
        foreach (var (route, verb) in UnsafeRoutes(host).Where(one => !IsApi(one.Route) && one.Route != OneClick))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*guid[^}]*\}", Guid.Empty.ToString(), default, TimeSpan.FromSeconds(1));
            path = "/" + System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "1", default, TimeSpan.FromSeconds(1)).TrimStart('/');
            // a page is answered inside a tenant or outside; wherever it is, it wants the token
            var answers = new List<HttpStatusCode>();
            foreach (var prefix in new[] { "", $"/t/{tenant.Slug}" })
                answers.Add((await person.Send(new HttpRequestMessage(new HttpMethod(verb), prefix + path) { Content = new FormUrlEncodedContent([]) })).Status);
            if (!answers.Contains(HttpStatusCode.BadRequest) || answers.Any(status => (int)status is < 400 or >= 500)) open.Add($"{verb} {route}: {string.Join(", ", answers)}");
        }

        Assert.Empty(open);
        Assert.True(await person.IsIn());
    }

    [Fact]
    public async Task K6_EveryUnsafeAction_CarriesTheFilter()
    {
        var host = await CrmHost.Shared();
        var bare = Actions(host).Where(action => !IsApi(action.Route) && action.Route != OneClick).Where(action => action.Action.FilterDescriptors.All(filter => filter.Filter is not TypeFilterAttribute { ImplementationType: var type } || type != typeof(AutoValidateAntiforgeryTokenAttribute))
            || action.Action.FilterDescriptors.Any(filter => filter.Filter is IgnoreAntiforgeryTokenAttribute)).Select(action => action.Route);
        Assert.Empty(bare);
    }

    /// <summary>The API asks for no token: a browser has nothing that would let it in there.</summary>
    [Fact]
    public async Task K6_EveryUnsafeEndpointOfTheApi_IsClosedToACookie()
    {
        var host = await CrmHost.Shared();
        var tenant = await Make.Tenant(host);
        var person = new Person(host);
        await person.SignIn(await Login.Of(tenant.Admin));

        var routes = UnsafeRoutes(host).Where(one => IsApi(one.Route)).ToList();
        Assert.NotEmpty(routes);
        foreach (var (route, verb) in routes)
        {
            var path = "/" + System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*\}", "1", default, TimeSpan.FromSeconds(1));
            foreach (var (prefix, status) in new[] { ("", HttpStatusCode.Unauthorized), ($"/t/{tenant.Slug}", HttpStatusCode.NotFound) })
            {
                var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
                var answer = await person.Send(new HttpRequestMessage(new HttpMethod(verb), prefix + path) { Content = content });
                // an upload refuses other content before anything else
                Assert.True(answer.Status == status || answer.Status == HttpStatusCode.UnsupportedMediaType, $"{verb} {prefix}{path}: {answer.Status}");
            }
        }
    }

    private static bool IsApi(string route) => route.StartsWith("api/v1/", StringComparison.Ordinal);

    private static IEnumerable<(string Route, string Verb)> UnsafeRoutes(CrmHost host) =>
        Actions(host).SelectMany(action => action.Verbs.Select(verb => (action.Route, verb)));

    private static IEnumerable<(string Route, string[] Verbs, ControllerActionDescriptor Action)> Actions(CrmHost host) =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
        let verbs = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Intersect(Unsafe, StringComparer.Ordinal).ToArray() ?? []
        where action is not null && verbs.Length > 0
        select (endpoint.RoutePattern.RawText!, verbs, action);

    [Fact]
    public async Task K8_SecretsOfEveryKind_StandInNoLog()
    {
        var logs = Directory.CreateTempSubdirectory("crm-logs-").FullName;
        var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Logs:Folder"] = logs, ["Serilog:MinimumLevel"] = "Information" });
        var login = await Login.Make(host) with { };
        var canaries = new List<string> { login.Password, "CANARY-wrong-password", "CANARY-new-password" };

        var person = new Person(host);
        await person.SignIn(login, canaries[1]);
        await person.SignIn(login);
        var setup = await person.Get("/account/two-factor");
        var secret = setup.Find("[data-copy]")!.GetAttribute("data-copy")!;
        var codes = await person.Submit(setup, new { Code = CrmWeb.Web.Platform.Security.Totp.Code(secret, host.Clock.GetUtcNow()), Current = login.Password });
        canaries.Add(secret);
        canaries.AddRange(codes.Texts("code"));
        await person.Submit("/password/forgotten", new { login.Email });
        var reset = await host.LinkTo(login.Email);
        await new Person(host).Submit(reset, new { Password = canaries[2] });
        canaries.Add(reset.Split('=')[1]);
        var tenant = await Make.Tenant(host);
        await new Person(host).Get($"/invitations/{tenant.Slug}/CANARY-invitation-secret");
        canaries.Add("CANARY-invitation-secret");
        canaries.AddRange(person.SetCookies.Select(cookie => cookie.Split(';')[0].Split('=', 2)[1]).Where(value => value.Length > 20));
        canaries.Add(login.Email);
        await host.DisposeAsync();

        var log = string.Concat(Directory.GetFiles(logs).Select(File.ReadAllText));
        Assert.Contains("password/new", log, StringComparison.Ordinal);
        Assert.All(canaries, canary => Assert.DoesNotContain(canary, log, StringComparison.OrdinalIgnoreCase));
    }
}
