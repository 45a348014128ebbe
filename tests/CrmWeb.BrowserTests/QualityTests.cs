using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>The page of data quality by keyboard alone: count, group anew, open the records of a number.</summary>
[Collection(SiteCollection.Name)]
public class QualityTests(Site site)
{
    private const float Counting = 60_000;

    [BrowserTheory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("fa", ColorScheme.Dark)]
    public async Task CountAndOpen_ByKeyboard_LeadsToTheRecords(string locale, ColorScheme scheme)
    {
        await using var visit = await site.Visit(Viewport.Wide, scheme, locale);
        var page = visit.Page;
        await visit.SignInToDemo();
        await visit.Go("/t/demo/quality");
        await page.Locator("[formaction$='/quality/count']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main .crm-stat-value").First).ToBeVisibleAsync(new() { Timeout = Counting });
        await Assertions.Expect(page.Locator("main progress")).ToHaveCountAsync(0, new() { Timeout = Counting });
        await visit.Axe();

        await page.Locator("main a[href*='by=origin']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/quality?by=origin*");
        await Assertions.Expect(page.Locator("main a[href*='origin=']").First).ToBeVisibleAsync();

        var number = page.Locator("main a[href*='email.op=empty']").First;
        var then = (await number.GetAttributeAsync("href"))!.Split("then=")[^1];
        await number.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/customers?email.op=empty*");
        await visit.Axe();
        Assert.EndsWith($"then={then}", page.Url, StringComparison.Ordinal);
        await visit.Go("/t/demo/customers?aged=phone");
        await Assertions.Expect(page.Locator("main .crm-filter-bar, main form").First).ToBeVisibleAsync();
        await visit.Axe();
    }
}
