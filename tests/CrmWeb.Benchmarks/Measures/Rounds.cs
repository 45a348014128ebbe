namespace CrmWeb.Benchmarks.Measures;

/// <summary>Ours and the limit in turn, after a warm-up of both; medians.</summary>
internal static class Rounds
{
    public static async Task<(double Ours, double Limit)> Run(Func<Task<double>> ours, Func<Task<double>> limit)
    {
        await ours();
        await limit();
        var (a, b) = (new List<double>(), new List<double>());
        for (var round = 0; round < Wanted.Rounds; round++)
        {
            a.Add(await ours());
            b.Add(await limit());
        }

        return (Report.Median(a), Report.Median(b));
    }
}
