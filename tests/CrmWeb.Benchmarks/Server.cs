using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CrmWeb.Benchmarks;

/// <summary>A server process on a free port of the loopback, stopped when disposed.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;

    private Server(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartedIn { get; private set; }

    public double MemoryMiB
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Without the files that are mapped into the process, which belong to the machine's cache.</summary>
    public double OwnMemoryMiB => OwnMiB(process.Id) ?? 0;

    /// <summary>Likewise of any process; null when it is gone.</summary>
    public static double? OwnMiB(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static Task<Server> Product(Installation installation) => Start(url => installation.Start(["--urls", url]), "/health/ready");

    public static Task<Server> Bare(Installation installation) => Start(
        url => Process.Start(new ProcessStartInfo("dotnet", [typeof(Server).Assembly.Location, "bare", installation.Provider.ToString(), installation.Connection, url])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!,
        "/bare/ready");

    public static async Task<Server> Start(Func<string, Process> start, string readyPath)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var clock = Stopwatch.StartNew();
        var started = start(address.ToString());
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = address };
        while (true)
        {
            if (started.HasExited) throw new InvalidOperationException($"The server ended with {started.ExitCode}.");
            try
            {
                using var answer = await http.GetAsync(readyPath);
                if (answer.StatusCode < HttpStatusCode.InternalServerError) break;
            }
            catch (HttpRequestException) when (clock.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(10);
            }
        }

        return new Server(started, address) { StartedIn = clock.Elapsed };
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
