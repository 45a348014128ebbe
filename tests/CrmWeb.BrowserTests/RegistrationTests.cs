using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

[Collection(SiteCollection.Name)]
public class RegistrationTests(Site site)
{
    [BrowserFact]
    public async Task Address_FollowsTheName_UntilItIsTyped()
    {
        await using var visit = await site.Visit();
        var page = visit.Page;
        var slug = page.Locator("[name=Slug]");
        await visit.Go("/register");

        await page.FillAsync("[name=Organisation]", "Northern Bakery");
        await page.FocusAsync("[name=Name]");
        await Assertions.Expect(slug).ToHaveValueAsync("northern-bakery");
        await page.FillAsync("[name=Organisation]", "Southern Bakery");
        await page.FocusAsync("[name=Name]");
        await Assertions.Expect(slug).ToHaveValueAsync("southern-bakery");

        await slug.FillAsync("bread");
        await page.RunAndWaitForResponseAsync(async () =>
        {
            await page.FillAsync("[name=Organisation]", "Western Bakery");
            await page.FocusAsync("[name=Name]");
        }, answer => answer.Url.Contains("/register/address", StringComparison.Ordinal));
        await Assertions.Expect(slug).ToHaveValueAsync("bread");
    }
}
