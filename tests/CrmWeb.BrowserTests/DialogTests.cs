using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>What is done in a dialog is seen on the page beneath at once.</summary>
[Collection(SiteCollection.Name)]
public class DialogTests(Site site)
{
    [BrowserFact]
    public async Task LogOnCustomerPage_Saved_StandsInTheTimeline()
    {
        await using var visit = await site.Visit();
        var page = visit.Page;
        await visit.SignInToDemo();
        await visit.Go("/t/demo/customers");
        await page.Locator(".crm-row-link").First.ClickAsync();
        await page.WaitForURLAsync(url => char.IsAsciiDigit(url[^1]) && url.Contains("/customers/", StringComparison.Ordinal));

        await page.Keyboard.PressAsync("l");
        await Assertions.Expect(page.Locator("#shell-dialog [name=Subject]")).ToBeFocusedAsync();
        var subject = $"Fresh from the dialog {Guid.NewGuid():N}";
        await page.Keyboard.TypeAsync(subject);
        await page.Keyboard.PressAsync("Control+Enter");

        await Assertions.Expect(page.Locator("#shell-dialog")).Not.ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#main .crm-timeline").GetByText(subject)).ToBeVisibleAsync();
        await visit.Axe();
    }
}
