using System.Diagnostics;
using System.Globalization;

namespace CrmWeb.Web.Platform.Cli;

/// <summary>One line of a terminal that says how far a command came. Where the output goes elsewhere, nothing is said until the end.</summary>
public sealed class ProgressLine(string what)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch since = Stopwatch.StartNew();
    private readonly bool shown = !Console.IsErrorRedirected;
    private TimeSpan told;

    public void Tell(long done, long total)
    {
        if (!shown || (since.Elapsed - told < Every && done < total)) return;
        told = since.Elapsed;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what}: {done:N0} of {total:N0} ({100 * done / Math.Max(1, total)} %), {Rate(done):N0} a second   "));
        if (done >= total) Console.Error.WriteLine();
    }

    /// <summary>What was done a second, so far.</summary>
    public double Rate(long done) => done / Math.Max(0.001, since.Elapsed.TotalSeconds);
}
