using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>The palette by keyboard alone: opened, typed into, chosen from, closed.</summary>
[Collection(SiteCollection.Name)]
public class PaletteTests(Site site)
{
    [BrowserTheory]
    [InlineData("en", Viewport.Wide, ColorScheme.Light)]
    [InlineData("fa", Viewport.Wide, ColorScheme.Dark)]
    [InlineData("en", Viewport.Phone, ColorScheme.Dark)]
    [InlineData("fa", Viewport.Phone, ColorScheme.Light)]
    public async Task Palette_ByKeyboard_LeadsToTheCustomer(string locale, Viewport viewport, ColorScheme scheme)
    {
        await using var visit = await site.Visit(viewport, scheme, locale);
        var page = visit.Page;
        await visit.SignInToDemo();
        var mark = Guid.NewGuid().ToString("N")[..8];
        var name = $"Quillon V{mark} Worth";
        var id = await visit.NewCustomer("/t/demo", name);
        await visit.Go("/t/demo/today");

        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#palette-q")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"{mark} wort");
        var first = page.Locator("#palette-results [aria-selected=true]");
        await Assertions.Expect(first).ToContainTextAsync(name);
        await Assertions.Expect(page.Locator("#palette-q")).ToHaveAttributeAsync("aria-activedescendant", (await first.GetAttributeAsync("id"))!);
        await visit.Axe();
        await visit.FitsWidth();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**/customers/{id}");

        // what was opened last stands first, and a slash opens it too
        await visit.Go("/t/demo/tasks");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(first).ToContainTextAsync(name);
        await visit.Axe();
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.Locator("#palette-results [role=option]").Last).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#palette")).Not.ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Palette_Action_OpensItsDialog()
    {
        await using var visit = await site.Visit();
        await visit.SignInToDemo();
        await visit.Go("/t/demo/today");
        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.TypeAsync("log a call");
        await Assertions.Expect(visit.Page.Locator("#palette-results [aria-selected=true]")).ToContainTextAsync("Log interaction");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#shell-dialog [name=Subject]")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#palette")).Not.ToBeVisibleAsync();
    }
}
