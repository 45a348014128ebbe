using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Support;

/// <summary>One running program with the demo tenant, and one Chromium, shared by all browser tests; each test opens a <see cref="Visit"/> of its own.</summary>
public sealed class Site : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;
    private RunningProgram? program;

    public RunningProgram Program => program ?? throw new InvalidOperationException("The program is started for tests marked [BrowserFact] or [BrowserTheory].");

    public string BaseUrl => Program.BaseUrl;

    public async Task InitializeAsync()
    {
        if (Chromium.WhyMissing is not null)
            return;

        program = await RunningProgram.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo:Seed"] = "true" });
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(Chromium.Options);
    }

    /// <summary>A fresh context (no cookies) with one page. Dispose of it: that is where errors on the pages fail the test.</summary>
    public async Task<Visit> Visit(Viewport viewport = Viewport.Wide, ColorScheme theme = ColorScheme.Light, string locale = "en", bool javaScript = true)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = BaseUrl,
            ViewportSize = viewport.Size(),
            HasTouch = viewport == Viewport.Phone,
            ColorScheme = theme,
            Locale = locale,
            TimezoneId = string.Equals(locale, "fa", StringComparison.Ordinal) ? "Asia/Tehran" : "UTC",
            ReducedMotion = ReducedMotion.Reduce,
            JavaScriptEnabled = javaScript,
        });
        context.SetDefaultTimeout(15_000);
        return await Support.Visit.Open(context);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (program is not null)
            await program.DisposeAsync();
    }
}

/// <summary>The widths that every page must work at.</summary>
public enum Viewport
{
    Phone,
    Wide,
}

internal static class ViewportSizes
{
    public static ViewportSize Size(this Viewport viewport) =>
        viewport == Viewport.Phone ? new() { Width = 360, Height = 740 } : new() { Width = 1600, Height = 900 };
}

[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>
{
    public const string Name = "site";
}
