using MathNet.Numerics;

namespace CrmWeb.Domain.Kpis;

/// <summary>Finds the spend model under which the means of the customers who bought again were likeliest.</summary>
public sealed class SpendFit
{
    private const int Piece = 1 << 15;

    private readonly (int Repeats, double Mean)[] rows;
    private readonly List<(int Repeats, int Customers, double Logs)> counts;

    /// <param name="spends">Of each customer: days with a purchase after the first, and what was spent on each of them on average, in major units. Who did not buy again or paid nothing is left out.</param>
    public SpendFit(IEnumerable<(int Repeats, double Mean)> spends)
    {
        rows = [.. spends.Where(s => s.Repeats > 0 && s.Mean > 0).OrderBy(s => s.Repeats).ThenBy(s => s.Mean)];
        counts = [.. rows.GroupBy(s => s.Repeats).Select(same => (same.Key, same.Count(), same.Sum(s => Math.Log(s.Mean))))];
    }

    public int Customers => rows.Length;

    /// <summary>How repeats and means go together, -1 to 1: far from 0 the model does not hold. Null where all are alike.</summary>
    public double? Correlation
    {
        get
        {
            if (rows.Length < 2) return null;
            var (x, y) = (rows.Average(s => s.Repeats), rows.Average(s => s.Mean));
            var (xx, yy, xy) = (0.0, 0.0, 0.0);
            foreach (var (repeats, mean) in rows) (xx, yy, xy) = (xx + Math.Pow(repeats - x, 2), yy + Math.Pow(mean - y, 2), xy + ((repeats - x) * (mean - y)));
            return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : null;
        }
    }

    /// <summary>The best of several starts; null where too few bought again.</summary>
    /// <param name="stop">Between two tries.</param>
    public SpendModel? Best(CancellationToken stop)
    {
        if (Customers < PurchaseFit.FewestRepeatBuyers) return null;
        var mean = rows.Average(s => s.Mean);
        double[][] starts = [[1, 2, 1], [6, 4, 0.5], [2, 10, 5]];
        return Likeliest.Of(p => LogLikelihood(Of(p)), p => LogLikelihood(Of(p)), starts, stop) is var (found, _) ? Of(found) : null;

        SpendModel Of(double[] found) => new(found[0], found[1], found[2] * mean);
    }

    public double LogLikelihood(SpendModel model)
    {
        var (p, q, v) = model;
        var sums = new double[(rows.Length + Piece - 1) / Piece];
        Parallel.For(0, sums.Length, piece =>
        {
            var sum = 0.0;
            foreach (var (repeats, mean) in rows.AsSpan(piece * Piece, Math.Min(Piece, rows.Length - (piece * Piece)))) sum -= ((p * repeats) + q) * Math.Log(v + (repeats * mean));
            sums[piece] = sum;
        });
        return sums.Sum() + counts.Sum(same => (same.Customers * OfAll(same.Repeats, p, q, v)) + (((p * same.Repeats) - 1) * same.Logs));
    }

    private static double OfAll(int repeats, double p, double q, double v) =>
        SpecialFunctions.GammaLn((p * repeats) + q) - SpecialFunctions.GammaLn(p * repeats) - SpecialFunctions.GammaLn(q) + (q * Math.Log(v)) + (p * repeats * Math.Log(repeats));
}
