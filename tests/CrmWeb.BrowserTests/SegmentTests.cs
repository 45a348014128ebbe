using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>A segment by keyboard alone: its rule is built, the live count seen, it is saved, and one of its customers explained.</summary>
[Collection(SiteCollection.Name)]
public class SegmentTests(Site site)
{
    // behind whatever the queue of the demo tenant holds at its start
    private const float Refreshing = 180_000;

    [BrowserTheory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("fa", ColorScheme.Dark)]
    public async Task BuildSaveExplain_ByKeyboard(string locale, ColorScheme scheme)
    {
        await using var visit = await site.Visit(Viewport.Wide, scheme, locale);
        var page = visit.Page;
        await visit.SignInToDemo();
        await visit.Go("/t/demo/segments/new");
        await page.Locator("#Name").FocusAsync();
        await page.Keyboard.TypeAsync($"By keys {locale} {Guid.NewGuid():N}");
        await Choose(page, "#rule-part-0-what", "country");
        await page.Locator("#rule-part-0-value-ts-control").FocusAsync();
        await page.Keyboard.TypeAsync("DE");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".crm-live-count")).Not.ToHaveTextAsync("0");
        var all = await page.Locator(".crm-live-count").TextContentAsync();

        await page.Keyboard.PressAsync("Alt+Enter");
        await Assertions.Expect(page.Locator("#rule-part-1-what")).ToBeFocusedAsync();
        await Choose(page, "#rule-part-1-what", "totalSpent");
        await page.Locator("#rule-part-1-value").FocusAsync();
        await page.Keyboard.TypeAsync("500");
        await Assertions.Expect(page.Locator(".crm-live-count")).Not.ToHaveTextAsync(all!);
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.Locator("#rule-part-0-what")).ToHaveValueAsync("totalSpent");
        await Assertions.Expect(page.Locator("#rule-part-0-value")).ToHaveValueAsync("500");
        await visit.Axe();

        // the same as a text, with a slip that is mended by its suggestion
        await page.Locator("button[value=text]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#Text")).ToHaveValueAsync("totalSpent >= 500 and country = \"DE\"");
        await page.Locator("#Text").FillAsync("totlSpent >= 500 and country = \"DE\"");
        await Assertions.Expect(page.Locator("#preview-note")).Not.ToBeEmptyAsync();
        await page.Locator("button[value=tree]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("button[value=fix]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#Text")).ToHaveValueAsync("totalSpent >= 500 and country = \"DE\"");
        await Assertions.Expect(page.Locator("#preview-note")).ToBeEmptyAsync();
        var count = await page.Locator(".crm-live-count").TextContentAsync();
        await visit.Axe();

        await page.Locator("#Text").FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync(url => url.Split('/')[^1].All(char.IsAsciiDigit));
        await Assertions.Expect(page.Locator("main .crm-stat-value").First).ToHaveTextAsync(count!, new() { Timeout = Refreshing });
        await visit.Axe();

        var segment = new Uri(page.Url).AbsolutePath;
        var customer = (await page.Locator(".crm-person a").First.GetAttributeAsync("href"))!.Split('/')[^1];
        await visit.Go($"{segment}/explain?customer={customer}");
        await Assertions.Expect(page.Locator(".crm-clause")).ToHaveCountAsync(3);
        await visit.Axe();
        await visit.Go($"{segment}/overlap");
        await visit.Axe();
    }

    // what letters choose in a list depends on the language of the page
    private static async Task Choose(IPage page, string select, string value)
    {
        await page.Locator(select).FocusAsync();
        await page.Locator(select).SelectOptionAsync(value);
        await Assertions.Expect(page.Locator(select.Replace("what", "operator", StringComparison.Ordinal))).ToBeVisibleAsync();
    }
}
