using Microsoft.Playwright;

namespace CrmWeb.BrowserTests.Support;

/// <summary>The machine's own Chromium (<c>CHROMIUM</c>, or where Debian puts it): nothing is downloaded.</summary>
internal static class Chromium
{
    public static string ExecutablePath { get; } =
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } path ? path : "/usr/bin/chromium";

    public static string? WhyMissing { get; } =
        File.Exists(ExecutablePath) ? null : $"no Chromium at {ExecutablePath} (package chromium, or set CHROMIUM)";

    // Chromium's sandbox does not start for root; the rest keeps it from calling home
    public static BrowserTypeLaunchOptions Options => new()
    {
        ExecutablePath = ExecutablePath,
        Headless = true,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        ],
    };
}
