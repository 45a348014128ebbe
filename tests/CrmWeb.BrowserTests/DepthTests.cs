using System.Globalization;
using System.Text;
using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>A week with many customers: a field of one's own, a file, a view for the team, a bulk edit taken back, two customers made one and two again.</summary>
[Collection(SiteCollection.Name)]
public class DepthTests(Site site)
{
    [BrowserFact]
    public async Task FieldImportFilterViewBulkMerge_AndBackAgain()
    {
        await using var visit = await site.Visit();
        await visit.SignInToDemo();
        var mark = string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetter)) + "x";
        await AddField(visit, mark);
        await Import(visit, mark);
        await FilterAndSave(visit, mark);
        await BulkAndUndo(visit, mark);
        await MergeAndTakeApart(visit, mark);
    }

    /// <summary>The queue by keys alone: what was decided is gone, and the next pair has the focus.</summary>
    [BrowserFact]
    public async Task Queue_ByKeys_GoesOnWithTheNextPair()
    {
        await using var visit = await site.Visit();
        var page = visit.Page;
        await visit.SignInToDemo();
        var mark = string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetter)) + "q";
        foreach (var name in new[] { "Ada", "Bea", "Cia" })
        {
            await visit.NewCustomer("/t/demo", $"{name} {mark}");
            await visit.NewCustomer("/t/demo", $"{name} {mark}");
        }

        await visit.Post("/t/demo/duplicates/scan", []);
        await visit.Until(async () =>
        {
            await visit.Go("/t/demo/duplicates?kind=person");
            return await page.Locator(".crm-row-link", new() { HasText = mark }).CountAsync() == 3;
        });
        var row = page.Locator(".crm-list-row", new() { HasText = mark });
        while (await Focused(page) is not { } text || !text.Contains(mark, StringComparison.Ordinal)) await page.Keyboard.PressAsync("j");
        var (first, second) = (await Focused(page), await row.Nth(1).Locator(".crm-row-link").InnerTextAsync());

        await page.Keyboard.PressAsync("n");
        await Assertions.Expect(row).ToHaveCountAsync(2);
        Assert.Equal(second, await Focused(page));
        Assert.NotEqual(first, second);

        await page.Keyboard.PressAsync("m");
        await page.WaitForURLAsync("**/merge?with=*");
        await page.Keyboard.PressAsync("j");
        await visit.Axe();
        await page.Keyboard.PressAsync("m");
        await page.WaitForURLAsync("**/duplicates");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        Assert.NotNull(await Focused(page));
    }

    private static async Task AddField(Visit visit, string mark)
    {
        var page = visit.Page;
        await visit.Go("/t/demo/settings/fields");
        await Press(page, AriaRole.Link, "New field");
        await Press(page, AriaRole.Link, "Choose: One of several");
        await Assertions.Expect(page.Locator("[name=Label]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"Grind {mark}");
        await page.FillAsync("[name=NewOptions]", "Coarse\nFine");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync("**/settings/fields");
        await Assertions.Expect(page.GetByText($"Grind {mark}").First).ToBeVisibleAsync();
    }

    private static async Task Import(Visit visit, string mark)
    {
        var page = visit.Page;
        var lines = new StringBuilder($"Name,Email,City,Grind {mark}\n");
        for (var i = 0; i < 8; i++) lines.Append(CultureInfo.InvariantCulture, $"Person{(char)('a' + i)} {mark},p{i}@{mark}.example,Bonn,{(i < 6 ? "Fine" : "Coarse")}\n");
        await visit.Upload("/t/demo", $"{mark}.csv", lines.ToString());
        await Press(page, AriaRole.Button, "Next: the columns");
        await page.WaitForURLAsync("**/columns");
        await Press(page, AriaRole.Button, "Check without changing anything");
        await Press(page, AriaRole.Button, "Import now");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take the import back" }).WaitForAsync(new() { Timeout = 60_000 });
    }

    /// <summary>The filter is found by its name and chosen by keys; the dialog saves with the keys of every form.</summary>
    private static async Task FilterAndSave(Visit visit, string mark)
    {
        var page = visit.Page;
        await visit.Go("/t/demo/customers?view=all");
        await page.Keyboard.PressAsync("f");
        await page.Locator("#filter-new summary", new() { HasText = $"Grind {mark}" }).PressAsync("Enter");
        await page.Locator("#filter-new details[open]").GetByLabel("Fine").CheckAsync();
        await page.Locator("#filter-new details[open] button[type=submit]").PressAsync("Enter");
        await page.WaitForURLAsync("**/customers?*custom.*");
        await Assertions.Expect(page.Locator(".crm-row-link")).ToHaveCountAsync(6);

        await page.Locator(".crm-filter-end a[href*='views/new']").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#shell-dialog [name=Name]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"Fine {mark}");
        await page.Locator("#shell-dialog [name=SharedWith]").SelectOptionAsync("Team");
        await page.Locator("#shell-dialog [name=TeamId]").SelectOptionAsync(new SelectOptionValue { Label = "Business customers" });
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync("**/customers?view=*");
        await Assertions.Expect(page.Locator("[aria-current=page]", new() { HasText = $"Fine {mark}" }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".crm-row-link")).ToHaveCountAsync(6);
    }

    private static async Task BulkAndUndo(Visit visit, string mark)
    {
        var page = visit.Page;
        await page.Locator("[data-select-all]").PressAsync("Space");
        await Press(page, AriaRole.Button, "Change a field");
        await page.WaitForURLAsync("**/field");
        await page.Locator("[name=Field]").First.SelectOptionAsync("stage");
        await Press(page, AriaRole.Button, "Next");
        await page.Locator("[name=Value]").SelectOptionAsync(new SelectOptionValue { Label = "Prospect" });
        await Press(page, AriaRole.Button, "See what happens");
        await Assertions.Expect(page.GetByText("This is what happens to 6 customers.")).ToBeVisibleAsync();
        await Press(page, AriaRole.Button, "Do it");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Undo" }).WaitForAsync(new() { Timeout = 60_000 });
        var edit = page.Url;
        Assert.Equal(6, await CountOf(visit, $"/t/demo/customers?q={mark}&stage=prospect"));

        await visit.Go(edit);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Undo" }).PressAsync("Enter");
        await page.Locator(".crm-callout.is-good").WaitForAsync(new() { Timeout = 60_000 });
        Assert.Equal(0, await CountOf(visit, $"/t/demo/customers?q={mark}&stage=prospect"));
    }

    private static async Task MergeAndTakeApart(Visit visit, string mark)
    {
        var page = visit.Page;
        await visit.Go($"/t/demo/customers?q=Persona+{mark}");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => !url.Contains('?', StringComparison.Ordinal));
        var survivor = new Uri(page.Url).AbsolutePath;
        await visit.Go($"{survivor}/merge");
        await page.Pick("with", $"Personb {mark}");
        await Press(page, AriaRole.Button, "Compare");
        await page.WaitForURLAsync("**/merge?with=*");
        while (!await page.EvaluateAsync<bool>("() => document.activeElement.name === 'Take[name]'")) await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("2");
        await visit.Axe();
        await page.Keyboard.PressAsync("m");
        await page.WaitForURLAsync($"**{survivor}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Personb {mark}");
        Assert.Equal(7, await CountOf(visit, $"/t/demo/customers?q={mark}"));

        await visit.Go($"{survivor}/merge");
        await page.Locator(".crm-list-more button", new() { HasText = "Take apart" }).PressAsync("Enter");
        await page.WaitForURLAsync($"**{survivor}");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync($"Persona {mark}");
        Assert.Equal(8, await CountOf(visit, $"/t/demo/customers?q={mark}"));
    }

    private static async Task<int> CountOf(Visit visit, string list)
    {
        await visit.Go(list);
        return await visit.Page.Locator("main .crm-row-link").CountAsync();
    }

    private static Task<string?> Focused(IPage page) => page.EvaluateAsync<string?>("() => document.activeElement.closest('.crm-list-row')?.querySelector('.crm-row-link')?.innerText ?? null");

    private static Task Press(IPage page, AriaRole role, string name) => page.GetByRole(role, new() { Name = name, Exact = true }).First.PressAsync("Enter");
}
