using CrmWeb.BrowserTests.Support;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests;

/// <summary>Every page, in both languages, themes and widths: axe finds nothing, nothing is wider than the window, nothing is reported on the console.</summary>
[Collection(SiteCollection.Name)]
public class PageTests(Site site)
{
    private static readonly string[] Outside = ["/sign-in", "/register", "/password/forgotten", "/register/again", "/error/404"];

    private static readonly string[] Inside =
    [
        "today", "customers", "customers?stage=any:lead", "customers?archived=true", "customers?q=nobody-is-called-so", "customers/new?kind=person", "customers/new?kind=organisation",
        "interactions/new", "tasks", "tasks/new", "calendar", "calendar?view=week", "calendar?view=agenda", "calendar/feed", "imports", "imports/new",
        "settings/members", "settings/invitations", "settings/invitations/new", "settings/teams", "settings/teams/new",
        "settings/organisation", "settings/organisation/visibility", "settings/organisation/cadence",
        "account", "account/security", "account/sessions", "account/password", "account/mail", "account/two-factor",
    ];

    [BrowserTheory]
    [InlineData(Viewport.Wide, ColorScheme.Light, "en")]
    [InlineData(Viewport.Phone, ColorScheme.Dark, "en")]
    [InlineData(Viewport.Wide, ColorScheme.Dark, "fa")]
    [InlineData(Viewport.Phone, ColorScheme.Light, "fa")]
    public async Task EveryPage_HoldsTogether(Viewport viewport, ColorScheme theme, string locale)
    {
        await using var visit = await site.Visit(viewport, theme, locale);
        visit.Expect("404");
        var wrong = new List<string>();
        foreach (var path in Outside) await Look(visit, path, wrong);

        await visit.SignInToDemo();
        foreach (var path in Inside) await Look(visit, $"/t/demo/{path}", wrong);

        await visit.Go("/t/demo/customers");
        var customer = await visit.Page.Locator(".crm-row-link").First.GetAttributeAsync("href");
        foreach (var path in new[] { customer!, $"{customer}/edit", $"/t/demo/interactions/new?customerId={customer!.Split('/')[^1]}" }) await Look(visit, path, wrong);

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static async Task Look(Visit visit, string path, List<string> wrong)
    {
        var answer = await visit.Go(path);
        if (!answer.Ok && !path.StartsWith("/error", StringComparison.Ordinal)) wrong.Add(FormattableString.Invariant($"{path} answered {answer.Status}"));
        try
        {
            await visit.FitsWidth();
            await visit.Axe();
        }
        catch (Xunit.Sdk.XunitException found)
        {
            wrong.Add($"{path}: {found.Message}");
        }
    }
}
