using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>Pictures of the main pages in artifacts/screenshots, to be looked at; eng/pictures takes those of the documentation from there.</summary>
[Collection(SiteCollection.Name)]
public class PictureTests(Site site)
{
    private static readonly (string Name, string Path)[] Pages =
    [
        ("today", "today"), ("customers", "customers"), ("log", "interactions/new"), ("tasks", "tasks"), ("calendar", "calendar"), ("import", "imports/new"),
        ("members", "settings/members"), ("organisation", "settings/organisation"), ("visibility", "settings/organisation/visibility"), ("sessions", "account/sessions"),
    ];

    [BrowserTheory]
    [InlineData(1440, ColorScheme.Light, "en")]
    [InlineData(1440, ColorScheme.Dark, "fa")]
    [InlineData(390, ColorScheme.Light, "fa")]
    [InlineData(390, ColorScheme.Dark, "en")]
    public async Task MainPages_AreTaken(int width, ColorScheme theme, string locale)
    {
        await using var visit = await site.Visit(width < 600 ? Viewport.Phone : Viewport.Wide, theme, locale);
        await visit.Page.SetViewportSizeAsync(width, 900);
        string Name(string page) => FormattableString.Invariant($"{page}-{width}-{theme}-{locale}").ToLowerInvariant();

        await visit.Go("/sign-in");
        await visit.Screenshot(Name("sign-in"));
        await visit.SignInToDemo();
        foreach (var (name, path) in Pages)
        {
            var answer = await visit.Go($"/t/demo/{path}");
            Assert.True(answer.Ok, $"{path}: {answer.StatusText}");
            await visit.Screenshot(Name(name));
        }

        await visit.Go("/t/demo/customers");
        await visit.Page.Locator(".crm-row-link").First.ClickAsync();
        await visit.Page.WaitForLoadStateAsync();
        await visit.Screenshot(Name("customer"));
    }
}
