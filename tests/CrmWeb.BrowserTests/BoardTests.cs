using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>Deals on the board: dragged by a pointer, moved by the keyboard alone, taken back, and refused by a stage that asks for more.</summary>
[Collection(SiteCollection.Name)]
public class BoardTests(Site site)
{
    [BrowserTheory]
    [InlineData("en", ColorScheme.Light)]
    [InlineData("fa", ColorScheme.Dark)]
    public async Task Move_ByPointerAndByKeyboard_StandsThereAfterwards(string locale, ColorScheme scheme)
    {
        await using var visit = await site.Visit(Viewport.Wide, scheme, locale);
        var page = visit.Page;
        var (board, stages, card) = await Begin(visit, owned: true);

        // by a pointer
        await card.DragToAsync(Cards(page, stages[1]), new() { TargetPosition = new() { X = 20, Y = 20 } });
        await Assertions.Expect(page.Locator(".crm-toast-undo")).ToBeVisibleAsync();
        await Stands(visit, board, card, stages[1]);
        await visit.Axe();

        // and back to where it came from
        await card.DragToAsync(Cards(page, stages[0]), new() { TargetPosition = new() { X = 20, Y = 20 } });
        var undo = page.Locator(".crm-toast-undo");
        await Assertions.Expect(Cards(page, stages[0]).Locator(card)).ToBeVisibleAsync();
        await undo.ClickAsync();
        await Assertions.Expect(Cards(page, stages[1]).Locator(card)).ToBeVisibleAsync();
        await Stands(visit, board, card, stages[1]);

        // without one: its button, the stage, Enter
        await card.Locator(".crm-board-move").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var choice = page.Locator("#shell-dialog select[name=StageId]");
        await Assertions.Expect(choice).ToBeFocusedAsync();
        await visit.Axe();
        await choice.SelectOptionAsync(stages[0]);
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Cards(page, stages[0]).Locator(card)).ToBeVisibleAsync();
        await Stands(visit, board, card, stages[0]);
    }

    [BrowserFact]
    public async Task Drag_ToAStageThatAsksForMore_AsksAndPutsTheCardBackUntilItIsAnswered()
    {
        await using var visit = await site.Visit(Viewport.Wide, ColorScheme.Light, "en");
        var page = visit.Page;
        visit.Expect("status of 400");
        var (board, stages, card) = await Begin(visit, owned: false);
        await card.DragToAsync(Cards(page, stages[1]), new() { TargetPosition = new() { X = 20, Y = 20 } });
        var owner = page.Locator("#shell-dialog select[name=OwnerId]");
        await Assertions.Expect(owner).ToBeVisibleAsync();
        await Assertions.Expect(Cards(page, stages[0]).Locator(card)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Stands(visit, board, card, stages[0]);

        await card.DragToAsync(Cards(page, stages[1]), new() { TargetPosition = new() { X = 20, Y = 20 } });
        await owner.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(Cards(page, stages[1]).Locator(card)).ToBeVisibleAsync();
        await Stands(visit, board, card, stages[1]);
    }

    /// <summary>A pipeline of its own with one deal in its first stage; the second asks for an owner.</summary>
    private static async Task<(string Board, string[] Stages, ILocator Card)> Begin(Visit visit, bool owned)
    {
        await visit.SignInToDemo();
        var (page, mark) = (visit.Page, Guid.NewGuid().ToString("N")[..8]);
        await visit.Post("/t/demo/settings/pipelines/new", new() { ["Name"] = $"Way {mark}" });
        var customer = await visit.NewCustomer("/t/demo", $"Buyer {mark}");
        await visit.Go("/t/demo/deals/board");
        var board = (await page.Locator("main a", new() { HasText = $"Way {mark}" }).GetAttributeAsync("href"))!;
        await visit.Go(board);
        var stages = await page.Locator("[data-column]").EvaluateAllAsync<string[]>("all => all.map(each => each.dataset.column)");
        await visit.Go("/t/demo/deals/new");
        var me = await page.Locator("[name=OwnerId]").First.InputValueAsync();
        await visit.Post("/t/demo/deals/new", new() { ["Name"] = $"Card {mark}", ["CustomerId"] = customer, ["StageId"] = stages[0], ["OwnerId"] = owned ? me : "" });
        await visit.Go(board);
        var card = page.Locator(".crm-board-card", new() { HasText = $"Card {mark}" });
        await Assertions.Expect(Cards(page, stages[0]).Locator(card)).ToBeVisibleAsync();
        return (board, stages, card);
    }

    private static ILocator Cards(IPage page, string stage) => page.Locator($"[data-column='{stage}'] [data-cards]");

    /// <summary>Also when the page is asked for anew.</summary>
    private static async Task Stands(Visit visit, string board, ILocator card, string stage)
    {
        await visit.Go(board);
        await Assertions.Expect(Cards(visit.Page, stage).Locator(card)).ToBeVisibleAsync();
    }
}
