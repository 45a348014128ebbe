namespace CrmWeb.Benchmarks.Measures;

/// <summary>Ours and the limit in turn, once both have warmed up; medians.</summary>
internal static class Rounds
{
    private const int LeastWarmUps = 8;
    private const int MostWarmUps = 25;
    private const double Growing = 1.03;

    public static async Task<(double Ours, double Limit)> Run(Func<Task<double>> ours, Func<Task<double>> limit)
    {
        await WarmUp(ours);
        await WarmUp(limit);
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = 0; round < Wanted.Rounds; round++)
        {
            a.Add(await ours());
            b.Add(await limit());
        }

        return (Report.Median(a), Report.Median(b));
    }

    /// <summary>The runtime compiles hot code anew while it runs: the first seconds say nothing. Until two rounds in a row are no faster than the best one.</summary>
    private static async Task WarmUp(Func<Task<double>> round)
    {
        var best = 0.0;
        for (var (i, still) = (0, 0); i < MostWarmUps && (i < LeastWarmUps || still < 2); i++)
        {
            var now = await round();
            still = now > best * Growing ? 0 : still + 1;
            best = Math.Max(best, now);
        }
    }
}
