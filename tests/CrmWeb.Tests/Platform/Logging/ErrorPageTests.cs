using System.Net;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Platform.Logging;

public sealed class ErrorPageTests
{
    [Fact]
    public async Task Failure_Reference_StandsInTheLogWithTenantAndMember()
    {
        var logs = Directory.CreateTempSubdirectory("crm-logs-").FullName;
        var (host, breaks) = await Breaks.Host(new Dictionary<string, string?> { ["Logs:Folder"] = logs });
        var tenant = await Make.Tenant(host);
        var browser = await tenant.Admin.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/customers")).Status);

        breaks.With = sql => sql.Contains("\"Customers\"", StringComparison.Ordinal) ? new InvalidOperationException("broken on purpose") : null;
        var page = await browser.Get("/customers?q=canary");

        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        var reference = page.Find(".crm-reference code")!.TextContent.Trim();
        var lines = Directory.GetFiles(logs).SelectMany(Lines).ToList();
        Assert.Contains(lines, line => line.Contains($"[ERR] trace={reference} tenant={tenant.Id} member={tenant.Admin.Id} ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("broken on purpose", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("canary", StringComparison.Ordinal));
        // the frame is the one of the member
        Assert.NotNull(page.Find($"a[href='/t/{tenant.Slug}/tasks']"));
    }

    [Fact]
    public async Task AnsweredUniqueViolation_IsNoErrorInTheLog()
    {
        var logs = Directory.CreateTempSubdirectory("crm-logs-").FullName;
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Logs:Folder"] = logs });
        var browser = await (await Make.Tenant(host)).Admin.Browser();
        var form = new { Kind = "Person", Name = "Twin", Stage = "Lead", ExternalId = "X-1" };
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/customers/new", form)).Status);
        var page = await browser.Post("/customers/new", form);

        Assert.Equal("Another customer has this external id.", page.ErrorFor("ExternalId"));
        Assert.DoesNotContain(Directory.GetFiles(logs).SelectMany(Lines), line => line.Contains("[ERR]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failure_Headers_AreThoseOfEveryPage()
    {
        var (host, breaks) = await Breaks.Host();
        var browser = await (await Make.Tenant(host)).Admin.Browser();
        var good = await browser.Get("/customers");
        breaks.With = sql => sql.Contains("\"Customers\"", StringComparison.Ordinal) ? new InvalidOperationException("broken on purpose") : null;
        var bad = await browser.Get("/customers");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (good.Status, bad.Status));
        foreach (var header in new[] { "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy" })
        {
            Assert.True(good.Response.Headers.Contains(header), header);
            Assert.True(bad.Response.Headers.Contains(header), header);
        }

        var nonce = bad.Find("script[nonce]")!.GetAttribute("nonce")!;
        Assert.Contains($"'nonce-{nonce}'", bad.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SiteOverHttps_EveryAnswer_KeepsTheBrowserThere()
    {
        var (host, breaks) = await Breaks.Host(new Dictionary<string, string?> { ["Site:BaseUrl"] = "https://localhost:5080" });
        using var http = host.CreateClient(new() { BaseAddress = new Uri("https://localhost:5080") });
        var good = await http.GetAsync("/register/address?organisation=Acme");
        breaks.With = sql => sql.Contains("\"Tenants\"", StringComparison.Ordinal) ? new InvalidOperationException("broken on purpose") : null;
        var bad = await http.GetAsync("/register/address?organisation=Acme");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.InternalServerError), (good.StatusCode, bad.StatusCode));
        Assert.All([good, bad], answer => Assert.True(answer.Headers.Contains("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("/customers")]
    [InlineData("~/organisations")]
    public async Task DatabaseAway_SignedIn_GetsAPageThatSaysSo(string path)
    {
        var (host, breaks) = await Breaks.Host();
        var browser = await (await Make.Tenant(host)).Admin.Browser();
        Assert.NotEqual(HttpStatusCode.InternalServerError, (await browser.Get(path)).Status);

        breaks.With = _ => new DatabaseAway();
        var page = await browser.Get(path);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("We are back in a moment", page.Text, StringComparison.Ordinal);

        // whoever was signed in still is
        breaks.With = _ => null;
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/customers")).Status);
    }

    [Fact]
    public async Task R5_DatabaseAwayAtStart_EveryPageSaysSoUntilItIsBack()
    {
        var (host, breaks) = await Breaks.Host();
        // a node that starts has no keys yet, and the pages are drawn with tokens
        breaks.With = sql => sql.Contains("\"ProtectionKeys\"", StringComparison.Ordinal) ? new DatabaseAway() : null;
        var browser = Visitor.Anonymous(host);
        foreach (var path in new[] { "~/sign-in", "~/register", "~/", "~/t/acme/customers", "~/sign-in" })
        {
            var page = await browser.Get(path);
            Assert.True(page.Status == HttpStatusCode.ServiceUnavailable, $"{path} {(int)page.Status}");
            Assert.Contains("We are back in a moment", page.Text, StringComparison.Ordinal);
            // nothing on it asks for what is away
            Assert.Empty(page.Html.QuerySelectorAll("form"));
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.Get("~/health/live")).Status);
        var style = (await browser.Get("~/sign-in")).Find("link[rel=stylesheet]")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("~" + style)).Status);

        breaks.With = _ => null;
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("~/sign-in")).Status);
    }

    [Fact]
    public async Task R5_DatabaseAway_StylesOfWhoIsSignedIn_StillCome()
    {
        var (host, breaks) = await Breaks.Host();
        var browser = await (await Make.Tenant(host)).Admin.Browser();
        breaks.With = _ => new DatabaseAway();
        var style = (await browser.Get("/customers")).Find("link[rel=stylesheet]")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("~" + style)).Status);
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n');
    }
}
