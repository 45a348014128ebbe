using System.Net;
using System.Text;
using System.Text.Json;
using CrmWeb.Tests.Authorisation;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Platform.Api;

/// <summary>Whatever comes in, the answer is JSON and never a mistake of ours.</summary>
public sealed class ApiFuzzTests
{
    private const int Rounds = 12;

    private static readonly string[] Nasty =
    [
        "' OR 1=1 --", "\"; DROP TABLE Customers; --", "%00", "\u202e", "../../etc/passwd", "<script>", "{{7*7}}", "-1", "99999999999999999999", "1e400", "NaN", "null", "true", "[]", "{}",
        "0x10", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "۱۴۰۵/۰۹/۰۱", "name,(select 1)", "a b", "🙂", new string('x', 3000),
    ];

    private static readonly string[] Names =
    [
        "name", "kind", "email", "phone", "otherEmails", "website", "country", "stage", "description", "externalId", "ownerId", "organisationId", "tags", "title", "note", "dueOn", "priority",
        "repeat", "customerId", "done", "channel", "direction", "occurredAt", "isPlanned", "subject", "body", "outcome", "minutes", "items", "needs", "productIds", "preferredChannels", "rule", "tree", "id", "tenantId", "version", "",
    ];

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Elements(Nasty).Select(text => JsonSerializer.Serialize(text)), Gen.Choose(-3, int.MaxValue).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.Elements("null", "true", "false", "[]", "{}", "1.5", "1e400", "[null]", "[[1]]", "\"\\ud800\"", "\"\\u0000\"", "[\"a\",5]", "{\"a\":{\"b\":1}}", "nope", "\"person\"", "\"2026-11-22\"", "\"2026-11-22T10:00:00Z\""));

    private static readonly Gen<string> Body = Gen.OneOf(
        Gen.ArrayOf(Gen.Elements(Names).Zip(Value, (name, value) => $"{JsonSerializer.Serialize(name)}:{value}")).Select(fields => "{" + string.Join(',', fields.Take(6)) + "}"),
        Gen.ArrayOf(Value).Select(values => "{\"items\":[" + string.Join(',', values.Take(5)) + "]}"),
        Value, Gen.Elements("", "{", "[", "{\"name\":", "\ufeff{}", "{\"name\":\"A\",\"name\":\"B\"}", new string('[', 500)));

    [Fact]
    public async Task T13_Bodies_NeverBreakAnything()
    {
        await using var host = await CrmHost.Start(settings: Unlimited);
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var ids = new[] { customer, await Make.Interaction(acme, customer), await Make.Task(acme, acme.Admin) };
        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route.IsApi && route.Method is "POST" or "PUT" or "PATCH"))
        {
            if (!route.IsApi) continue;
            foreach (var body in Gen.Sample(Body, 20, Rounds))
            {
                var answer = await api.Send(route.Method, route.Path(ids[body.Length % ids.Length])["/api/v1".Length..], body);
                Judge(answer, $"{route} {body}", wrong);
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task T13_Queries_NeverBreakAnything()
    {
        await using var host = await CrmHost.Start(settings: Unlimited);
        var acme = await Make.Tenant(host);
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        string[] keys = ["limit", "after", "sort", "q", "stage", "stage.op", "owner", "due", "due.op", "state", "customer", "kind", "scope", "active", "createdAt", "createdAt.op", "filter", "nonsense", "tag", "lang"];
        var wrong = new List<string>();
        foreach (var route in (await Route.All()).Where(route => route is { IsApi: true, Method: "GET" }))
        {
            foreach (var key in keys)
                foreach (var value in Nasty.Where(value => value.Length < 1000))
                {
                    if ((key.Length * 31 + value.Length) % 3 != 0 && route.HasId) continue;
                    Judge(await api.Get($"{route.Path(customer)["/api/v1".Length..]}?{key}={Uri.EscapeDataString(value)}"), $"{route}?{key}={value}", wrong);
                }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Everything_Else_IsAProblemToo()
    {
        var api = await Make.Program((await Make.Tenant()).Admin);
        (await api.Get("/nothing")).AssertProblem(HttpStatusCode.NotFound);
        (await api.Get("/customers/abc")).AssertProblem(HttpStatusCode.NotFound);
        (await api.Get("/customers/99999999999999999999")).AssertProblem(HttpStatusCode.NotFound);
        (await api.Delete("/customers")).AssertProblem(HttpStatusCode.MethodNotAllowed);
        (await api.Post("/customers", new StringContent("name=Ann", Encoding.UTF8, "application/x-www-form-urlencoded"))).AssertProblem(HttpStatusCode.UnsupportedMediaType);
        (await api.Post("/customers", new StringContent("<a/>", Encoding.UTF8, "text/xml"))).AssertProblem(HttpStatusCode.UnsupportedMediaType);
        (await api.Get("/customers", ("Accept", "text/html"))).Assert200();
        (await api.Get("/nothing", ("Accept", "text/html"))).AssertProblem(HttpStatusCode.NotFound);
        (await api.Patch("/customers/1", "{}", ("If-Match", "nonsense"))).AssertProblem(HttpStatusCode.NotFound);
    }

    private static readonly Dictionary<string, string?> Unlimited = new(StringComparer.Ordinal) { ["Limits:Api"] = "1000000", ["Limits:ApiBurst"] = "1000000" };

    private static void Judge(ApiAnswer answer, string asked, List<string> wrong)
    {
        if ((int)answer.Status >= 500) wrong.Add($"{(int)answer.Status} for {asked}: {answer.Body}");
        else if ((int)answer.Status >= 400 && answer.ContentType != "application/problem+json") wrong.Add($"{answer.ContentType} for {asked}");
        else if (answer.Body.Length > 0 && answer.Body[0] is not ('{' or '[')) wrong.Add($"no JSON for {asked}");
    }
}
