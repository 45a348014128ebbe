using CrmWeb.Data.Providers;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>From the start of the published program to its first answered page, with an existing database; and its memory when idle.</summary>
internal static class StartMeasure
{
    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, 10_000, 10_000);
        var (seconds, memory) = (new List<double>(), new List<double>());
        for (var round = 0; round < Wanted.Rounds; round++)
        {
            await using var server = await Server.Start(url => installation.Start(["--urls", url]), "/sign-in");
            seconds.Add(server.StartedIn.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(3));
            memory.Add(server.MemoryMiB);
        }

        report.Add(new Row("start to the first page", provider, Report.Median(seconds), 2.5, "s", 1, AtLeast: false));
        report.Add(new Row("idle memory", provider, Report.Median(memory), 200, "MiB", 1, AtLeast: false));
    }
}
