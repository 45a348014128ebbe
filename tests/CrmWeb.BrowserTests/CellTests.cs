using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>Views and editing in place by keyboard alone.</summary>
[Collection(SiteCollection.Name)]
public class CellTests(Site site)
{
    [BrowserTheory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("fa", ColorScheme.Dark)]
    public async Task SaveViewAndEditCells_ByKeyboard_StandsThereAfterwards(string locale, ColorScheme scheme)
    {
        await using var visit = await site.Visit(Viewport.Wide, scheme, locale);
        var page = visit.Page;
        await visit.SignInToDemo();
        var mark = Guid.NewGuid().ToString("N")[..8];
        await visit.NewCustomer("/t/demo", $"Cell {mark}");
        await visit.Go($"/t/demo/customers?name={mark}&name.op=contains&columns=name,stage,city");

        await page.Locator(".crm-filter-end a[href*='views/new']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#shell-dialog [name=Name]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"View {mark}");
        await page.Locator("#shell-dialog input[type=checkbox][name=IsPinned]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForURLAsync("**/customers?view=*");
        var pin = page.Locator(".crm-pins a", new() { HasText = mark });
        await Assertions.Expect(pin).ToContainTextAsync(locale == "fa" ? "۱" : "1");
        await visit.Axe();

        // down to the row, along to the city, into the field
        var along = locale == "fa" ? "ArrowLeft" : "ArrowRight";
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync(along);
        await page.Keyboard.PressAsync(along);
        await page.Keyboard.PressAsync("Enter");
        var field = page.Locator("td.is-editing input[name=City]");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await visit.Axe();
        await page.Keyboard.TypeAsync("Bonn");
        await page.Keyboard.PressAsync("Enter");
        var cell = page.Locator(".crm-table tbody td").Last;
        await Assertions.Expect(cell).ToHaveTextAsync("Bonn");
        await Assertions.Expect(cell).ToBeFocusedAsync();

        // left without saving it is as it was
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Nowhere");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(cell).ToHaveTextAsync("Bonn");
        await page.Locator(".crm-toast-undo").PressAsync("Enter");
        await page.WaitForURLAsync("**/customers?view=*");
        await Assertions.Expect(page.Locator(".crm-table tbody td").Last).ToHaveTextAsync("—");
    }
}
