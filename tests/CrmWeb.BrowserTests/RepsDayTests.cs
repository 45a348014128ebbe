using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>The first day with the product, by one admin: from nothing to a call that shows on Today.</summary>
[Collection(SiteCollection.Name)]
public class RepsDayTests(Site site)
{
    [BrowserFact]
    public async Task RegisterInviteImportFindLog_EndsOnToday()
    {
        var (admin, rep) = ($"owner-{Guid.NewGuid():N}@example.org", $"rep-{Guid.NewGuid():N}@example.org");
        await using var visit = await site.Visit();
        var page = visit.Page;

        var tenant = await visit.Register(site, "Acme Trading", "Olga Admin", admin);
        await Invite(visit, tenant, rep);
        await Import(visit, tenant);
        await LogByKeyboard(visit, tenant);

        // what was agreed stands on Today
        await visit.Go($"{tenant}/today");
        await Assertions.Expect(page.GetByText("Send the offer").First).ToBeVisibleAsync();
        await visit.Screenshot("today-after-call");
        await Join(rep);
    }

    private static async Task Invite(Visit visit, string tenant, string rep)
    {
        await visit.Go($"{tenant}/settings/invitations/new");
        await visit.Page.FillAsync("[name=Emails]", rep);
        await visit.Page.Locator("input[name=Roles][value=Sales]").CheckAsync();
        await visit.Page.Locator("main button[type=submit]").First.ClickAsync();
        await Assertions.Expect(visit.Page.GetByText(rep).First).ToBeVisibleAsync();
    }

    /// <summary>The invited one comes in by the link of the mail.</summary>
    private async Task Join(string rep)
    {
        await using var visit = await site.Visit();
        await visit.Go(await site.LinkMailedTo(rep));
        await visit.Page.FillAsync("[name=Name]", "Rita Rep");
        await visit.Page.FillAsync("[name=Password]", People.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/today");
    }

    private static async Task Import(Visit visit, string tenant)
    {
        var page = visit.Page;
        await visit.Go($"{tenant}/imports/new");
        await page.SetInputFilesAsync("input[type=file]", await Files.Accounts());
        await Press(page, "Upload");
        await page.WaitForURLAsync("**/format");
        await Press(page, "Next: the columns");
        await page.WaitForURLAsync("**/columns");
        await page.Locator("select[name='Form.Kind']").SelectOptionAsync("Organisation");
        await Press(page, "Check without changing anything");
        await Press(page, "Import now", 60_000);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take the import back" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await visit.Go($"{tenant}/customers");
        await Assertions.Expect(page.Locator(".crm-pager").GetByText("423").First).ToBeVisibleAsync();
    }

    private static Task Press(IPage page, string button, float patience = 15_000) =>
        page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync(new() { Timeout = patience });

    /// <summary>No mouse from here on: one key opens the form, the customer is found by typing.</summary>
    private static async Task LogByKeyboard(Visit visit, string tenant)
    {
        var page = visit.Page;
        await visit.Go($"{tenant}/today");
        await page.Keyboard.PressAsync("l");
        await page.Locator("#shell-dialog form").WaitForAsync();
        await page.Keyboard.TypeAsync("Gravity Inv");
        await page.Locator(".ts-dropdown .option", new() { HasText = "Gravity Investments" }).First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#shell-dialog [name=Subject]").FocusAsync();
        await page.Keyboard.TypeAsync("Asked for an offer");
        await page.Locator("#shell-dialog [name=NextTitle]").FocusAsync();
        await page.Keyboard.TypeAsync("Send the offer");
        await page.FillAsync("#shell-dialog [name=NextDueOn]", await page.Locator("#shell-dialog [name=At]").EvaluateAsync<string>("field => field.value.slice(0, 10)"));
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#shell-dialog")).Not.ToBeVisibleAsync();

        await visit.Go($"{tenant}/customers?q=gravity");
        await page.Locator(".crm-row-link", new() { HasText = "Gravity Investments" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("Asked for an offer").First).ToBeVisibleAsync();
    }
}
