using Microsoft.Playwright;
using Xunit.Sdk;

namespace CrmWeb.BrowserTests.Support;

/// <summary>The collector has to notice, or the tests that rely on it prove nothing.</summary>
[Collection(SiteCollection.Name)]
public class VisitTests(Site site)
{
    [BrowserTheory]
    [InlineData("<p style='color:red'>x</p>", "style-src")]
    [InlineData("<img src='/health/live' onerror='void 0'>", "script-src")]
    [InlineData("<script>document.title = 'x'</script>", "script-src")]
    [InlineData("<script nonce='n'>throw new Error('thrown')</script>", "thrown")]
    [InlineData("<script nonce='n'>alert('MARK')</script>", "MARK")]
    [InlineData("<script nonce='n'>console.error('logged')</script>", "logged")]
    [InlineData("<img src='/missing.png' alt=''>", "404")]
    public async Task T14_PageThatMisbehaves_FailsTheVisit(string body, string reported)
    {
        var visit = await Serve(body);
        var failure = await Assert.ThrowsAsync<TrueException>(async () => await visit.DisposeAsync());
        Assert.Contains(reported, failure.Message, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task PageThatBehaves_IsClean()
    {
        await using var visit = await Serve("<p>Good</p>");
        await visit.Axe();
        await visit.FitsWidth();
    }

    [BrowserFact]
    public async Task WithoutJavaScript_PageIsMeasuredAllTheSame()
    {
        await using var visit = await Serve("<p>Plain</p>", javaScript: false);
        await visit.FitsWidth();
        Assert.True(await visit.Page.GetByText("Plain").IsVisibleAsync());
    }

    [BrowserFact]
    public async Task Axe_ImageWithoutText_Fails()
    {
        await using var visit = await Serve("<img src='/health/live'>");
        visit.Expect("health/live");
        var failure = await Assert.ThrowsAsync<TrueException>(visit.Axe);
        Assert.Contains("image-alt", failure.Message, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task FitsWidth_TooWide_Fails()
    {
        await using var visit = await Serve("<pre>" + new string('x', 400) + "</pre>", Viewport.Phone);
        await Assert.ThrowsAsync<TrueException>(visit.FitsWidth);
    }

    private async Task<Visit> Serve(string body, Viewport viewport = Viewport.Wide, bool javaScript = true)
    {
        var visit = await site.Visit(viewport, javaScript: javaScript);
        await visit.Page.RouteAsync("**/favicon.ico", route => route.FulfillAsync(new() { Status = 204 }));
        await visit.Page.RouteAsync("**/missing.png", route => route.FulfillAsync(new() { Status = 404 }));
        await visit.Page.RouteAsync("**/probe", route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Content-Security-Policy"] = "default-src 'self'; script-src 'nonce-n'" },
            Body = $"<!doctype html><html lang=en><title>Probe</title><meta name=viewport content='width=device-width'><main><h1>Probe</h1>{body}</main></html>",
        }));
        await visit.Page.GotoAsync("/probe", new() { WaitUntil = WaitUntilState.Load });
        return visit;
    }
}
