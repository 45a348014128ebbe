using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CrmWeb.BrowserTests.Support;

/// <summary>
/// The real program as a process of its own: Kestrel on a free loopback port, Development, a SQLite file and App_Data of its
/// own in a temporary folder, no demo data. What it printed is in <c>artifacts/browser/</c> afterwards.
/// </summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentQueue<string> output = new();
    private readonly Process process;

    private RunningProgram(string folder, int port, IReadOnlyDictionary<string, string>? settings)
    {
        Folder = folder;
        BaseUrl = FormattableString.Invariant($"http://localhost:{port}");
        process = new() { StartInfo = Start(folder, BaseUrl, settings) };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? "");
    }

    public string BaseUrl { get; }

    /// <summary>The working folder: <c>App_Data/</c> with the written mail is in here.</summary>
    public string Folder { get; }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <param name="settings">Configuration on top of the harness's own, with <c>:</c> or <c>__</c> between the parts.</param>
    public static async Task<RunningProgram> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var folder = Directory.CreateTempSubdirectory("crm-browser-").FullName;
        foreach (var file in Directory.EnumerateFiles(Places.WebProject, "appsettings*.json"))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

        var program = new RunningProgram(folder, FreePort(), settings);
        try
        {
            program.process.Start();
            program.process.BeginOutputReadLine();
            program.process.BeginErrorReadLine();
            await program.UntilReady();
            return program;
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await File.WriteAllLinesAsync(Path.Combine(Places.Artifacts("browser"), $"program-{new Uri(BaseUrl).Port}.log"), output);
        Directory.Delete(Folder, recursive: true);
    }

    private static ProcessStartInfo Start(string folder, string baseUrl, IReadOnlyDictionary<string, string>? settings)
    {
        var start = new ProcessStartInfo("dotnet", [Places.WebAssembly])
        {
            // also the content root, so that whatever the program writes beside itself lands here
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = baseUrl,
                ["Site__BaseUrl"] = baseUrl,
                ["Database__Provider"] = "Sqlite",
                ["ConnectionStrings__Crm"] = "Data Source=" + Path.Combine(folder, "crm.db"),
                ["Demo__Seed"] = "false",
            },
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return start;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task UntilReady()
    {
        using var client = new HttpClient { BaseAddress = new(BaseUrl), Timeout = TimeSpan.FromSeconds(5) };
        var waiting = Stopwatch.StartNew();
        var last = "no answer";
        while (!process.HasExited && waiting.Elapsed < Patience)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                    return;
                last = FormattableString.Invariant($"/health/ready answered {(int)answer.StatusCode}");
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                last = problem.Message;
            }

            await Task.Delay(100);
        }

        var what = process.HasExited ? "ended" : $"was not ready in time ({last})";
        throw new InvalidOperationException($"The program {what}:{Environment.NewLine}{string.Join(Environment.NewLine, output.TakeLast(40))}");
    }
}
