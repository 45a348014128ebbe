using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CrmWeb.Tests.Support.Databases;

namespace CrmWeb.Tests.Support;

/// <summary>What a run of the program left behind.</summary>
public sealed record Ended(int Code, string Output, string Error)
{
    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
}

/// <summary>The program as a process of its own, over the database of a host: for what is called from a shell.</summary>
public static class ChildProgram
{
    public static Task<Ended> Run(CrmHost host, params string[] words) => Run(host, new Dictionary<string, string>(StringComparer.Ordinal), words);

    /// <param name="environment">Variables that stand over those of the host.</param>
    public static async Task<Ended> Run(CrmHost host, IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        using var child = Start(host, environment, words);
        var (output, error) = (child.StandardOutput.ReadToEndAsync(), child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync();
        return new Ended(child.ExitCode, await output, await error);
    }

    /// <summary>The program as it begins: for tests that end it themselves.</summary>
    public static Process Start(CrmHost host, params string[] words) => Start(host, new Dictionary<string, string>(StringComparer.Ordinal), words);

    /// <summary>The program as a server, once it answers; for tests that kill it.</summary>
    public static async Task<(Process Server, HttpClient Http)> Serve(CrmHost host)
    {
        var port = FreePort();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Site__BaseUrl"] = $"http://localhost:{port}", ["Jobs__Run"] = "false", ["Serilog__MinimumLevel"] = "Warning" };
        var server = Start(host, settings, ["--urls", $"http://127.0.0.1:{port}"]);
        // whoever reads nothing of it makes it wait some time
        _ = server.StandardOutput.ReadToEndAsync();
        _ = server.StandardError.ReadToEndAsync();
        var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        for (var wait = 0; wait < 300 && !server.HasExited; wait++)
        {
            try
            {
                if ((await http.GetAsync("/health/live")).IsSuccessStatusCode) return (server, http);
            }
            catch (HttpRequestException)
            {
                // not yet
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("The program did not come up.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Start(CrmHost host, IReadOnlyDictionary<string, string> environment, string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = host.Folder,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = start.Environment["ASPNETCORE_ENVIRONMENT"] = "Testing";
        start.Environment["Database__Provider"] = TestDatabase.Provider.ToString();
        start.Environment["ConnectionStrings__Crm"] = host.Database.ConnectionString;
        start.Environment["Site__BaseUrl"] = "http://localhost:5080";
        start.Environment["Logs__Folder"] = "";
        start.Environment["Files__Folder"] = host.Folder;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
