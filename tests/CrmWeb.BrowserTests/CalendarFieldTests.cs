using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>The calendar beside a date that is typed in Persian: by keys alone, and away without scripts.</summary>
[Collection(SiteCollection.Name)]
public class CalendarFieldTests(Site site)
{
    [BrowserFact]
    public async Task DateAndTime_ChosenByKeys_StandInTheField()
    {
        await using var visit = await site.Visit(locale: "fa");
        var page = visit.Page;
        await visit.SignInToDemo();
        await page.Keyboard.PressAsync("l");
        await page.Locator("#shell-dialog form").WaitForAsync();
        var field = page.Locator("#shell-dialog [name=At]");
        await field.FillAsync("۱۴۰۳/۱۲/۲۹ ۰۹:۰۵");

        // 1403 has a 30th of Esfand; the day after it is a new year
        await field.PressAsync("ArrowDown");
        await Focused(page, "چهارشنبه ۲۹ اسفند ۱۴۰۳");
        await visit.Axe();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Focused(page, "پنجشنبه ۳۰ اسفند ۱۴۰۳");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Focused(page, "جمعه ۱ فروردین ۱۴۰۴");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowRight");
        await Focused(page, "پنجشنبه ۷ فروردین ۱۴۰۴");
        await page.Keyboard.PressAsync("PageUp");
        await Focused(page, "سه‌شنبه ۷ اسفند ۱۴۰۳");
        await page.Keyboard.PressAsync("PageDown");
        await page.Keyboard.PressAsync("Home");
        await Focused(page, "شنبه ۲ فروردین ۱۴۰۴");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(field).ToHaveValueAsync("۱۴۰۴/۰۱/۰۲ ۰۹:۰۵");
        await Assertions.Expect(field).ToBeFocusedAsync();

        // Escape closes the calendar and nothing else
        await field.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#shell-dialog")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".crm-jalali:popover-open")).ToHaveCountAsync(0);
        await Assertions.Expect(field).ToHaveValueAsync("۱۴۰۴/۰۱/۰۲ ۰۹:۰۵");
    }

    [BrowserFact]
    public async Task WithoutScripts_TheDateIsALineOfText()
    {
        await using var visit = await site.Visit(locale: "fa", javaScript: false);
        await visit.SignInToDemo();
        await visit.Go("/t/demo/tasks/new");
        await Assertions.Expect(visit.Page.Locator("[name=DueOn]")).ToBeEditableAsync();
        await Assertions.Expect(visit.Page.Locator("[data-calendar]:visible")).ToHaveCountAsync(0);
    }

    private static Task Focused(IPage page, string day) => Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = day, Exact = true })).ToBeFocusedAsync();
}
