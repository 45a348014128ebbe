using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CrmWeb.Web.Features.Kit;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CrmWeb.Tests.Features.Shared;

/// <summary>The kit on a host of its own: no data, no members, only the pieces that pages are made of.</summary>
public sealed class KitPageTests : IAsyncLifetime
{
    private static readonly string[] References = ["for", "aria-describedby", "aria-labelledby", "aria-controls", "popovertarget", "form", "data-opens"];
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development, ApplicationName = typeof(KitController).Assembly.GetName().Name });
        builder.WebHost.UseTestServer();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddControllersWithViews().AddKit();
        _app = builder.Build();
        _app.UseSecurityHeaders();
        _app.UseCrmLocalisation();
        _app.UseErrorPages();
        _app.UseRouting();
        _app.MapControllers();
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/kit?lang=en", "en", "ltr")]
    [InlineData("/kit?lang=fa", "fa", "rtl")]
    [InlineData("/kit/shell?lang=fa", "fa", "rtl")]
    [InlineData("/kit/sign-in?lang=en", "en", "ltr")]
    public async Task Page_InEachLanguage_HoldsTogether(string url, string language, string direction)
    {
        var page = await Page(url);

        Assert.Equal((language, direction), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        var ids = page.All.Select(element => element.Id).Where(id => !string.IsNullOrEmpty(id)).ToArray();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        var broken = from element in page.All
                     from name in References
                     where element.HasAttribute(name)
                     from id in element.GetAttribute(name)!.Split(' ')
                     where page.GetElementById(id) is null
                     select $"{name}={id}";
        Assert.Empty(broken);
        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Theory]
    [InlineData("/kit")]
    [InlineData("/kit/sign-in")]
    [InlineData("/error/404")]
    public async Task T14_Page_HasNothingInline(string url)
    {
        var page = await Page(url);

        Assert.DoesNotContain(page.All, element => element.HasAttribute("style") || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.Scripts, script => Assert.False(string.IsNullOrEmpty(script.GetAttribute("src")) || string.IsNullOrEmpty(script.GetAttribute("nonce"))));
    }

    [Fact]
    public async Task T14_Nonce_TwoRequests_Differs()
    {
        using var first = await _client.GetAsync("/kit");
        using var second = await _client.GetAsync("/kit");
        Assert.NotEqual(Policy(first), Policy(second));
    }

    [Fact]
    public async Task Form_Empty_ShowsErrorsBesideTheirFields()
    {
        var page = Parse(await (await Post("/kit", ("Name", ""), ("Email", ""))).Content.ReadAsStringAsync());

        Assert.Equal("true", page.GetElementById("Name")!.GetAttribute("aria-invalid"));
        Assert.Contains("Name-error", page.GetElementById("Name")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal(["#Name", "#Email"], page.QuerySelectorAll(".crm-errors a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData("http://localhost/kit?a=1", "/kit?a=1")]
    [InlineData("https://elsewhere.example/kit", "/")]
    [InlineData("http://localhost//elsewhere.example", "/")]
    [InlineData("http://localhost:81/kit", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData(null, "/")]
    public async Task T19_Language_ReturnsToLocalAddressesOnly(string? from, string location)
    {
        using var answer = await Post("/language", from, ("language", "fa"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(location, answer.Headers.Location!.OriginalString);
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("crm.language=fa;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task K6_Language_WithoutToken_IsRefused()
    {
        using var answer = await _client.PostAsync("/language", new FormUrlEncodedContent([new("language", "fa")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/html", "text/html")]
    [InlineData("application/json", "application/problem+json")]
    public async Task Missing_Address_IsAFriendlyPageOrAProblem(string accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere") { Headers = { { "Accept", accept } } };
        using var answer = await _client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotFound, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    private static string Policy(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private async Task<IDocument> Page(string url)
    {
        using var answer = await _client.GetAsync(url);
        return Parse(await answer.Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> Post(string url, params (string Name, string Value)[] fields) => Post(url, null, fields);

    private async Task<HttpResponseMessage> Post(string url, string? from, params (string Name, string Value)[] fields)
    {
        using var form = await _client.GetAsync("/kit");
        var token = Parse(await form.Content.ReadAsStringAsync()).QuerySelector("meta[name=csrf-token]")!.GetAttribute("content")!;
        var cookies = form.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Where(cookie => !cookie.EndsWith('='));
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("Cookie", string.Join("; ", cookies));
        if (from is not null) request.Headers.TryAddWithoutValidation("Referer", from);
        request.Content = new FormUrlEncodedContent([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("__RequestVerificationToken", token)]);
        return await _client.SendAsync(request);
    }
}
