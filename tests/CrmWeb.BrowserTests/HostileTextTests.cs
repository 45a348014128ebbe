using System.Globalization;
using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>T14: whatever people write is shown as text. No script runs, no dialog opens, the policy has nothing to report.</summary>
[Collection(SiteCollection.Name)]
public class HostileTextTests(Site site)
{
    private static readonly string[] Payloads =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(2)>",
        "'><svg/onload=alert(3)>",
        "' autofocus onfocus='alert(4)",
        "</title><script>alert(5)</script>",
        "</textarea></option></select><script>alert(6)</script>",
        "javascript:alert(7)",
        "{{constructor.constructor('alert(8)')()}}${alert(8)}",
        "<a href=\"javascript:alert(9)\">x</a><style>*{display:none}</style>",
        "<iframe srcdoc='<script>parent.alert(10)</script>'></iframe>",
        "--><!--<script>alert(11)</script>]]>",
        "<div hx-get=/health/live hx-trigger=load hx-on:click=alert(12)>x</div>",
        "&lt;script&gt;alert(13)&lt;/script&gt;&#60;b&#62;",
        "\u202Eevitnetta\u202C <b>bold</b> \uFEFF\u200D\\';alert(14)//",
    ];

    [BrowserFact]
    public async Task T14_HostileText_EverywhereItIsShown_StaysText()
    {
        await using var visit = await site.Visit();
        visit.Expect("status of 400");
        var page = visit.Page;
        var tenant = await visit.Register(site, "\"><script>alert('organisation')</script>", "<img src=x onerror=alert('member')>", $"hostile-{Guid.NewGuid():N}@example.org");

        var customers = new List<string>();
        foreach (var payload in Payloads) customers.Add(await Write(visit, tenant, payload));

        await Open(visit, tenant, ["today", "customers", "tasks", "calendar", "calendar?view=week", "calendar?view=day", "settings/members", "settings/teams", "settings/organisation",
            "settings/organisation/visibility", "settings/invitations/new", "account", "account/sessions", "imports"]);
        foreach (var (customer, payload) in customers.Zip(Payloads))
        {
            await Open(visit, tenant, [$"customers/{customer}", $"customers?q={Uri.EscapeDataString(payload)}&tag={Uri.EscapeDataString(payload)}&stage={Uri.EscapeDataString(payload)}"]);
            await Assertions.Expect(page.GetByRole(AriaRole.Searchbox).Or(page.Locator("input[name=q]")).First).ToBeVisibleAsync();
        }

        await Open(visit, tenant, [$"customers/{customers[1]}/edit", $"interactions/new?customerId={customers[1]}", $"customers/new?kind=person&organisationId={customers[1]}"]);
        await Dialogs(visit, tenant, customers[1]);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('#main script, #main iframe, #main [onerror], #main [onload], #main [hx-trigger=load]').length"));
    }

    private static async Task Open(Visit visit, string tenant, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var answer = await visit.Go($"{tenant}/{path}");
            Assert.True(answer.Status is 200 or 400, $"{path} answered {answer.Status.ToString(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>The scripts draw as well: a choice of the picker, tags, the words of a toast.</summary>
    private static async Task Dialogs(Visit visit, string tenant, string customer)
    {
        var page = visit.Page;
        await visit.Go($"{tenant}/customers");
        await page.Keyboard.PressAsync("l");
        await page.Locator("#shell-dialog form").WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Locator(".ts-dropdown .option").First.WaitForAsync();
        await page.Keyboard.TypeAsync("alert");
        await page.WaitForTimeoutAsync(400);
        await page.Locator(".ts-dropdown .option").First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#shell-dialog [name=Subject]").FillAsync(Payloads[1]);
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#shell-dialog")).Not.ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".crm-toast").First).ToBeVisibleAsync();
        await visit.Go($"{tenant}/customers/{customer}");
        await page.Keyboard.PressAsync("e");
        await page.Locator("[name=Description]").First.WaitForAsync();
    }

    /// <summary>One customer with the text in every field that takes any text, a contact, a task, a team. Returns its id.</summary>
    private static async Task<string> Write(Visit visit, string tenant, string text)
    {
        var at = await visit.Post($"{tenant}/customers/new", new()
        {
            ["Kind"] = "Organisation",
            ["Stage"] = "Lead",
            ["Name"] = text,
            ["Street"] = text,
            ["City"] = text,
            ["Region"] = text,
            ["Industry"] = text,
            ["Source"] = text,
            ["ExternalId"] = text,
            ["Description"] = text,
            ["Tags"] = text.Length > 60 ? text[..60] : text,
            ["Website"] = text,
        });
        // what is no address is refused beside the field, which shows it too
        if (!at.Contains("/customers/", StringComparison.Ordinal) || at.EndsWith("/new", StringComparison.Ordinal)) at = await visit.Post($"{tenant}/customers/new", new()
        {
            ["Kind"] = "Organisation",
            ["Stage"] = "Lead",
            ["Name"] = text,
            ["Street"] = text,
            ["City"] = text,
            ["Region"] = text,
            ["Industry"] = text,
            ["Source"] = text,
            ["ExternalId"] = text,
            ["Description"] = text,
            ["Tags"] = text.Length > 60 ? text[..60] : text,
        });
        var id = at.Split('/')[^1].Split('?')[0];
        Assert.True(long.TryParse(id, CultureInfo.InvariantCulture, out _), $"{text} could not be written: {at}");
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await visit.Post($"{tenant}/interactions/new", new()
        {
            ["CustomerId"] = id,
            ["Channel"] = "Call",
            ["Direction"] = "Outbound",
            ["Outcome"] = "None",
            ["At"] = today + "T00:00",
            ["Subject"] = text,
            ["Body"] = text,
            ["NextTitle"] = text,
            ["NextDueOn"] = today,
        });
        await visit.Post($"{tenant}/tasks/new", new() { ["Title"] = text, ["Note"] = text, ["DueOn"] = today, ["CustomerId"] = id });
        await visit.Post($"{tenant}/settings/teams/new", new() { ["Name"] = text });
        return id;
    }
}
