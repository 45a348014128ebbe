using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>Files on the page of a customer, with scripts: each goes up by itself, the good ones stay, the bad ones are named.</summary>
[Collection(SiteCollection.Name)]
public class FileTests(Site site)
{
    [BrowserFact]
    public async Task Choose_GoodAndBad_KeepsTheGoodAndDeletesWithUndo()
    {
        await using var visit = await site.Visit(locale: "en");
        await visit.SignInToDemo();
        var customer = await visit.FirstOf("/t/demo/customers");
        await visit.Go($"/t/demo/customers/{customer}");
        await visit.Page.Locator("[data-drop] input[type=file]").SetInputFilesAsync(
        [
            new FilePayload { Name = "Visit notes.txt", MimeType = "text/plain", Buffer = "They want more decaf."u8.ToArray() },
            new FilePayload { Name = "invoice.pdf.exe", MimeType = "application/pdf", Buffer = "MZ\0"u8.ToArray() },
        ]);
        var names = visit.Page.Locator("#files .crm-file-name", new() { HasText = "Visit notes.txt" });
        await Assertions.Expect(visit.Page.Locator(".crm-upload.is-bad")).ToContainTextAsync("invoice.pdf.exe");
        await Assertions.Expect(names).ToHaveCountAsync(1);
        await visit.Page.Locator("#files li", new() { HasText = "Visit notes.txt" }).Locator("button[formaction$='/delete']").ClickAsync();
        await Assertions.Expect(names).ToHaveCountAsync(0);
        await visit.Page.Locator(".crm-toast-undo").ClickAsync();
        await Assertions.Expect(names).ToHaveCountAsync(1);
    }
}
