using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Support;

/// <summary>Looks at pages in several widths and themes, and tells all that is wrong at the end.</summary>
internal sealed class Look
{
    private readonly Visit visit;
    private readonly (Viewport Viewport, ColorScheme Theme)[] ways;
    private readonly List<string> wrong = [];

    public Look(Visit visit, (Viewport, ColorScheme)[] ways)
    {
        (this.visit, this.ways) = (visit, ways);

        // an answer of 404 or 503 is looked at like any other; the browser reports it
        visit.Expect("status of 4");
        visit.Expect("status of 5");
    }

    public async Task At(string path, int status = 200)
    {
        var answer = await visit.Go(path);
        if (answer.Status != status) wrong.Add(FormattableString.Invariant($"{path} answered {answer.Status}"));
        await Here(path);
    }

    /// <param name="resize">False: what is open would close.</param>
    public async Task Here(string what, bool resize = true)
    {
        foreach (var (viewport, theme) in ways)
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = theme });
            if (resize) await visit.Page.SetViewportSizeAsync(viewport.Size().Width, viewport.Size().Height);
            try
            {
                await visit.FitsWidth();
                await visit.Axe();
            }
            catch (Xunit.Sdk.XunitException found)
            {
                wrong.Add($"{what} ({viewport}, {theme}): {found.Message}");
            }
        }

        if (resize) await visit.Page.SetViewportSizeAsync(ways[0].Viewport.Size().Width, ways[0].Viewport.Size().Height);
    }

    public void Judge() => Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
}
