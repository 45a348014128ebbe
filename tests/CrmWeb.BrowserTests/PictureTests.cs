using CrmWeb.BrowserTests.Support;
using CrmWeb.Domain.Tenants;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>Pictures of the main pages in artifacts/screenshots, to be looked at; eng/pictures takes those of the documentation from there.</summary>
[Collection(SiteCollection.Name)]
public class PictureTests(Site site)
{
    private static readonly string[] OfSales = ["today", "customers", "tasks", "calendar"];

    private static readonly (string Name, string Path)[] OfAdmin =
    [
        ("import", "imports/new"), ("members", "settings/members"), ("organisation", "settings/organisation"),
        ("visibility", "settings/organisation/visibility"), ("sessions", "account/sessions"), ("segments", "segments"), ("segment-new", "segments/new"),
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
        await visit.Screenshot(Name("sign-in"), whole: false);
        await visit.SignInToDemo(Role.Sales);
        foreach (var page in OfSales) await Take(page, page);
        await Customer(visit, Name);

        await visit.Page.Context.ClearCookiesAsync();
        await visit.SignInToDemo();
        foreach (var (page, path) in OfAdmin) await Take(page, path);
        await visit.Go("/t/demo/segments");
        await visit.Page.Locator(".crm-row-link").First.ClickAsync();
        await visit.Page.Locator(".crm-chart").First.WaitForAsync();
        await visit.Screenshot(Name("segment"), whole: false);

        async Task Take(string page, string path)
        {
            var answer = await visit.Go($"/t/demo/{path}");
            Assert.True(answer.Ok, $"{path}: {answer.StatusText}");
            await visit.Screenshot(Name(page), whole: false);
        }
    }

    /// <summary>A customer's page, and over it the form that logs a contact.</summary>
    private static async Task Customer(Visit visit, Func<string, string> name)
    {
        await visit.Go("/t/demo/customers");
        await visit.Page.Locator(".crm-row-link").First.ClickAsync();
        await visit.Page.Locator(".crm-timeline").Last.WaitForAsync();
        await visit.Screenshot(name("customer"), whole: false);
        await visit.Page.Keyboard.PressAsync("l");
        await visit.Page.Locator("#shell-dialog form").WaitForAsync();
        await visit.Screenshot(name("log"), whole: false);
    }
}
