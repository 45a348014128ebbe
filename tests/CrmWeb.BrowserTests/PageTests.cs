using CrmWeb.BrowserTests.Support;
using CrmWeb.Domain.Tenants;
using Microsoft.Playwright;
using Totp = CrmWeb.Web.Platform.Security.Totp;

namespace CrmWeb.BrowserTests;

/// <summary>
/// Every page, in both languages, themes and widths: axe finds nothing, nothing is wider than the window, nothing is reported on the console. The
/// addresses come from the matrix of endpoints; here are the states in which a page looks different.
/// </summary>
[Collection(SiteCollection.Name)]
public class PageTests(Site site)
{
    private static readonly (Viewport, ColorScheme)[] English = [(Viewport.Wide, ColorScheme.Light), (Viewport.Phone, ColorScheme.Dark)];
    private static readonly (Viewport, ColorScheme)[] Persian = [(Viewport.Wide, ColorScheme.Dark), (Viewport.Phone, ColorScheme.Light)];

    /// <summary>Addresses with something after the question mark.</summary>
    private static readonly string[] Asked =
    [
        "customers?stage=lead&stage=prospect", "customers?archived=true", "customers?q=nobody-is-called-so", "customers/new?kind=organisation", "tasks?q=nobody-is-called-so",
        "calendar?view=week", "calendar?view=day", "settings/members?q=nobody-is-called-so", "interactions/new?customerId=0", "tasks/new?customerId=0", "quality/inventory/email",
    ];

    /// <summary>Lists that say what to do while there is nothing on them.</summary>
    private static readonly string[] Empty = ["today", "customers", "tasks", "calendar", "imports", "settings/invitations", "settings/teams"];

    [Fact]
    public void Links_LeadingToPages_AreThoseThatTheTestFollows() =>
        Assert.Equal(["/dev/mail/{name}", "/invitations/{slug}/{token}"], Addresses.ByLink);

    [BrowserTheory]
    [InlineData("en")]
    [InlineData("fa")]
    public async Task EveryPage_HoldsTogether(string locale)
    {
        await using var visit = await site.Visit(locale: locale);
        var look = new Look(visit, locale == "fa" ? Persian : English);
        foreach (var path in Addresses.Outside) await look.At(path);
        foreach (var status in new[] { 400, 403, 404, 429, 500, 503 }) await look.At(FormattableString.Invariant($"/error/{status}"), status);

        await visit.SignInToDemo();
        foreach (var path in Addresses.OfLogin.Concat(Addresses.OfTenant("/t/demo"))) await look.At(path);
        var customer = await visit.FirstOf("/t/demo/customers");
        foreach (var path in Asked) await look.At($"/t/demo/{path.Replace("=0", $"={customer}", StringComparison.Ordinal)}");
        await look.At("/t/demo/customers/987654321", 404);
        look.Judge();
    }

    [BrowserTheory]
    [InlineData("en")]
    [InlineData("fa")]
    public async Task EveryRecord_HoldsTogether(string locale)
    {
        await using var visit = await site.Visit(locale: locale);
        var look = new Look(visit, locale == "fa" ? Persian : English);
        await visit.SignInToDemo();
        await Imports(visit, look);
        foreach (var (list, pages) in Addresses.OfRecords("/t/demo"))
        {
            var id = list.EndsWith("/interactions", StringComparison.Ordinal) ? await visit.Interaction()
                : await visit.FirstOf(list, ListedOn(list));
            foreach (var page in pages) await look.At(Addresses.Of(page, id));
        }

        await Archived(visit, look);
        await Doubles(visit, look);
        await look.At(await visit.Leading("/t/demo/customers/bulk", "main tbody tr:last-child a[href*='/bulk/']"));
        await look.At(await visit.Leading("/t/demo/customers/views", "main a[href*='view=']"));
        await Conflict(visit, look);
        await Opened(visit, look);
        await Forms(visit, look);
        await visit.Page.Context.ClearCookiesAsync();
        await visit.SignInToDemo(Role.Viewer);
        await look.At("/t/demo/settings/members", 403);
        look.Judge();
    }

    /// <summary>The page that lists records, where it is not at the address of the list.</summary>
    private static string? ListedOn(string list) => list[(list.LastIndexOf('/') + 1)..] switch
    {
        "groups" => list[..^"/groups".Length],
        // those of everybody: the first account has none
        "cases" => list + "?scope=all",
        "stages" => list.Replace("/stages", "/pipelines", StringComparison.Ordinal),
        _ => null,
    };

    /// <summary>From nothing: the links of mails, an organisation in which there is nothing yet, two-step sign-in.</summary>
    [BrowserTheory]
    [InlineData("en")]
    [InlineData("fa")]
    public async Task EveryBeginning_HoldsTogether(string locale)
    {
        await using var visit = await site.Visit(locale: locale);
        var look = new Look(visit, locale == "fa" ? Persian : English);
        var (owner, guest) = ($"begin-{Guid.NewGuid():N}@example.org", $"guest-{Guid.NewGuid():N}@example.org");
        await visit.Go("/register");
        await visit.Post("/register", new() { ["Organisation"] = "Fresh & Co", ["Name"] = "Fiona Founder", ["Email"] = owner, ["Password"] = People.Password });
        var confirm = await site.LinkMailedTo(owner);
        await visit.Go("/dev/mail");
        await look.At((await visit.Page.Locator("a[href^='/dev/mail/']").First.GetAttributeAsync("href"))!);
        await look.At(confirm);
        await visit.Page.FillAsync("[name=Password]", People.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/today");
        var tenant = new Uri(visit.Page.Url).AbsolutePath.Replace("/today", "", StringComparison.Ordinal);
        foreach (var path in Empty) await look.At($"{tenant}/{path}");

        await Invitations(visit, look, tenant, owner, guest);
        await TwoSteps(visit, look, owner);
        look.Judge();
    }

    /// <summary>What an invited person sees: a stranger, somebody who has a login, somebody else.</summary>
    private async Task Invitations(Visit visit, Look look, string tenant, string owner, string guest)
    {
        await visit.Post($"{tenant}/settings/invitations/new", new() { ["Emails"] = guest, ["Roles"] = "Sales" });
        var link = await site.LinkMailedTo(guest);
        await look.At($"{tenant}/settings/invitations");
        await look.At(link);
        await visit.Page.Context.ClearCookiesAsync();
        await look.At(link);

        await visit.SignInToDemo();
        await visit.Post("/t/demo/settings/invitations/new", new() { ["Emails"] = owner, ["Roles"] = "Sales" });
        await visit.Until(async () => (link = await site.LinkMailedTo(owner)).Contains("/invitations/", StringComparison.Ordinal));
        await look.At(link);
        await visit.Page.Context.ClearCookiesAsync();
        await look.At(link);
        await visit.SignIn(owner, People.Password);
        await look.At(link);
        await visit.Page.Locator("main form button[type=submit]").First.ClickAsync();
        await visit.Page.WaitForURLAsync("**/today");
        await look.At(link);
    }

    private static async Task TwoSteps(Visit visit, Look look, string owner)
    {
        await look.At("/account/two-factor");
        var secret = (await visit.Page.Locator(".crm-fact code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await visit.Page.FillAsync("[name=Code]", Totp.Code(secret, TimeProvider.System.GetUtcNow()));
        await visit.Page.FillAsync("[name=Current]", People.Password);
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator("[name=Code]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await look.Here("the recovery codes");
        await look.At("/account/security");
        await look.At("/account/two-factor/codes");
        await look.At("/account/two-factor/off");

        await visit.Page.Context.ClearCookiesAsync();
        await visit.SignIn(owner, People.Password, until: "**/sign-in/code*");
        await look.Here("the code");
        await look.At("/sign-in/recovery");
    }

    /// <summary>One file at each step; the newest, which the list shows first, is one whose columns can still be said.</summary>
    private static async Task Imports(Visit visit, Look look)
    {
        foreach (var last in new[] { "reverted", "done", "checked", "columns" })
        {
            await visit.Upload("/t/demo", $"{last}.csv", $"Name,Email,Created\nAnn Example,{Guid.NewGuid():N}@example.org,{(last == "columns" ? "03-04-05" : "2026-01-02")}\nBen Example,no mail,2026-01-03\n");
            await look.Here("the format");
            await visit.Page.Locator("main form button[type=submit].btn-primary").ClickAsync();
            await visit.Page.WaitForURLAsync("**/columns");
            if (last == "columns") continue;
            await visit.Page.Locator("main form button[type=submit].btn-primary").ClickAsync();
            await visit.Page.Locator("[formaction$='/run']").WaitForAsync(new() { Timeout = 60_000 });
            if (last == "checked") await look.Here("a checked import");
            if (last == "checked") continue;
            await visit.Page.Locator("[formaction$='/run']").ClickAsync();
            await visit.Page.Locator("[formaction$='/revert']").First.WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            if (last == "done") await look.Here("an import that is done");
            if (last == "done") continue;
            await visit.Post($"{visit.Page.Url}/revert", []);
            await visit.Page.ReloadAsync();
            await visit.Page.Locator(".crm-callout.is-good").WaitForAsync(new() { Timeout = 60_000 });
            await look.Here("an import that was taken back");
        }
    }

    private static async Task Archived(Visit visit, Look look)
    {
        var id = await visit.NewCustomer("/t/demo", "Archibald Archived");
        await visit.Post($"/t/demo/customers/{id}/archive", []);
        await look.At($"/t/demo/customers/{id}", 404);
        await look.At("/t/demo/customers?archived=true");
    }

    /// <summary>A pair side by side, one that was merged, and the warning while somebody writes a customer down again.</summary>
    private static async Task Doubles(Visit visit, Look look)
    {
        await look.At("/t/demo/duplicates?state=none");
        await look.At(await visit.Leading("/t/demo/duplicates?kind=person", "main a[href*='/merge?with=']"));
        var name = await visit.Page.Locator("main .crm-crumbs a").Last.InnerTextAsync();
        await visit.Go("/t/demo/customers/new");
        await visit.Page.FillAsync("[name=Name]", name);
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Locator("main .crm-callout.is-warn").First.WaitForAsync();
        await look.Here("the warning of duplicates");
        // what was typed is neither asked about nor brought back in a later form
        await visit.Page.EvaluateAsync("() => sessionStorage.clear() ?? document.querySelectorAll('form[data-guard]').forEach(form => form.removeAttribute('data-guard'))");
    }

    /// <summary>R1: the second of two editors.</summary>
    private static async Task Conflict(Visit visit, Look look)
    {
        var id = await visit.NewCustomer("/t/demo", "Two Editors");
        await visit.Go($"/t/demo/customers/{id}/edit");
        await visit.Post($"/t/demo/customers/{id}/edit", new() { ["Version"] = await visit.Page.InputValueAsync("[name=Version]"), ["Name"] = "Changed by Somebody", ["Stage"] = "Lead", ["City"] = "Aarhus" });
        await visit.Page.FillAsync("[name=Name]", "Changed by Me");
        await visit.Page.Locator("main .crm-submit button[type=submit]").First.ClickAsync();
        await visit.Page.Locator("[name=Take]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await look.Here("two editors");
    }

    /// <summary>What opens over a page.</summary>
    private static async Task Opened(Visit visit, Look look)
    {
        await visit.Go("/t/demo/today");
        await visit.Page.Keyboard.PressAsync("l");
        await visit.Page.Locator("#shell-dialog form").WaitForAsync();
        await look.Here("the form that logs a contact");
        await visit.Go("/t/demo/customers");
        await visit.Page.Keyboard.PressAsync("?");
        await visit.Page.Locator("dialog[open]").WaitForAsync();
        await look.Here("the keys");
        await visit.Go("/t/demo/customers");
        foreach (var button in await visit.Page.Locator("main [popovertarget]:visible").AllAsync())
        {
            await button.ClickAsync();
            // many filters come a moment later
            await Assertions.Expect(visit.Page.Locator("[data-filters]:visible")).ToHaveCountAsync(0);
            await look.Here("a menu of the list", resize: false);
            await visit.Page.Keyboard.PressAsync("Escape");
        }
    }

    /// <summary>Forms that come back because something is missing in them.</summary>
    private static async Task Forms(Visit visit, Look look)
    {
        foreach (var path in new[] { "/t/demo/customers/new", "/t/demo/interactions/new", "/t/demo/tasks/new", "/t/demo/settings/teams/new", "/t/demo/settings/invitations/new", "/t/demo/imports/new", "/account/mail" })
        {
            await visit.Go(path);
            await visit.Page.Locator("main .crm-submit button[type=submit]").First.ClickAsync();
            await visit.Page.Locator("[data-errors], .crm-error").First.WaitForAsync();
            await look.Here($"{path} with errors");
        }
    }
}
