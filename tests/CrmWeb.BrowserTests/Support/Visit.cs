using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Support;

/// <summary>
/// Somebody at the site: a browser context with a page. Everything that goes wrong on its pages is collected — scripts that
/// throw, errors on the console, violations of the content security policy, dialogs that nobody expects — and fails the test
/// at the end (<see cref="DisposeAsync"/>), unless the test took it with <see cref="Expect"/>.
/// </summary>
public sealed class Visit : IAsyncDisposable
{
    private static readonly string AxeScript = new BundledAxeScriptProvider().GetScript();

    private readonly ConcurrentQueue<string> problems = new();
    private readonly List<string> expected = [];
    private readonly IBrowserContext context;

    private Visit(IBrowserContext context) => this.context = context;

    public IPage Page { get; private set; } = null!;

    public IReadOnlyCollection<string> Problems =>
        [.. problems.Where(problem => !expected.Exists(part => problem.Contains(part, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>Opens a path of the site and returns the page's answer, of whatever status.</summary>
    public async Task<IResponse> Go(string path) =>
        await Page.GotoAsync(path) ?? throw new InvalidOperationException($"{path} led to no other page");

    /// <summary>Posts like a form of the page that is open, and returns the address that it led to.</summary>
    public Task<string> Post(string url, Dictionary<string, string> fields) =>
        Page.EvaluateAsync<string>(
            """
            async ([url, fields]) => (await fetch(url, {
              method: 'POST', body: new URLSearchParams(fields), headers: { 'X-CSRF-TOKEN': document.querySelector('meta[name=csrf-token]').content } })).url
            """, new object[] { url, fields });

    /// <summary>What contains this text is no problem in this test: an answer of 404 that it asks for, say.</summary>
    public void Expect(string part) => expected.Add(part);

    /// <summary>Nothing that axe knows of is wrong with the page as it is now.</summary>
    public async Task Axe()
    {
        // in the page itself: the package's own way opens a further page each time, which takes longer than the check
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(AxeScript);
        var findings = await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run({ resultTypes: ['violations'], preload: false })).violations
              .map(found => `${found.impact} ${found.id}: ${found.help}${found.nodes.map(node => `\n    ${node.html}`).join('')}`)
            """);
        Assert.True(findings.Length == 0, $"axe on {Page.Url}:{Environment.NewLine}{string.Join(Environment.NewLine, findings)}");
    }

    /// <summary>No page is wider than its window: nobody scrolls sideways.</summary>
    public async Task FitsWidth()
    {
        var overflow = await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, FormattableString.Invariant($"{Page.Url} is {overflow} pixels wider than its window"));
    }

    /// <summary>A picture in artifacts/screenshots: of the whole page, or of what the window shows.</summary>
    public Task Screenshot(string name, bool whole = true) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(Places.Artifacts("screenshots"), name + ".png"), FullPage = whole });

    public async ValueTask DisposeAsync()
    {
        // what the page reports on its way out has to arrive
        if (!Page.IsClosed)
            await Page.EvaluateAsync("() => 0");
        await context.DisposeAsync();
        Assert.True(Problems.Count == 0, $"the pages reported:{Environment.NewLine}{string.Join(Environment.NewLine, Problems)}");
    }

    internal static async Task<Visit> Open(IBrowserContext context)
    {
        var visit = new Visit(context);
        context.Console += (_, message) => visit.Collect(message);
        context.WebError += (_, error) => visit.problems.Enqueue("script error: " + error.Error);
        context.Dialog += (_, dialog) => visit.Refuse(dialog);
        await context.ExposeFunctionAsync("reportPolicyViolation", (string text) => visit.problems.Enqueue("policy violation: " + text));
        await context.AddInitScriptAsync(
            "addEventListener('securitypolicyviolation', e => reportPolicyViolation(`${e.effectiveDirective} ${e.blockedURI} at ${e.documentURI}:${e.lineNumber} ${e.sample}`))");
        visit.Page = await context.NewPageAsync();
        return visit;
    }

    private void Collect(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
            problems.Enqueue($"console {message.Type}: {message.Text} ({message.Location})");
    }

    private void Refuse(IDialog dialog)
    {
        problems.Enqueue($"dialog {dialog.Type}: {dialog.Message}");
        _ = dialog.DismissAsync();
    }
}
