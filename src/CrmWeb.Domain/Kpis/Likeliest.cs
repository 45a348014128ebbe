using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace CrmWeb.Domain.Kpis;

/// <summary>Maximum likelihood over numbers from a thousandth to a thousand: the simplex of Nelder and Mead on their logarithms, from several starts, the best of which is walked on until it stays.</summary>
internal static class Likeliest
{
    private const int MostTries = 1_500;

    // a simplex may shrink before it is there: it begins again where it stopped
    private const int MostWalks = 12;

    // numbers from a thousandth to a thousand: what is likeliest beyond (all buy at one rate, nobody ever leaves) is much the same at the edge
    private static readonly double Bound = Math.Log(1000);

    /// <param name="rough">The logarithm of the likelihood of some of the data, by which the start is chosen.</param>
    /// <param name="logLikelihood">Of all of it.</param>
    /// <param name="starts">Positive numbers to begin at.</param>
    /// <param name="stop">Between two tries.</param>
    /// <returns>The numbers and the logarithm there; null where no walk came to an end.</returns>
    public static (double[] At, double LogLikelihood)? Of(Func<double[], double> rough, Func<double[], double> logLikelihood, IEnumerable<double[]> starts, CancellationToken stop)
    {
        var first = Objective(rough, stop);
        var from = starts.Select(start => Walk(first, Vector<double>.Build.DenseOfEnumerable(start.Select(value => Math.Log(value))), 1e-3)).MinBy(found => found.Value).At;
        if (from is null) return null;
        var objective = Objective(logLikelihood, stop);
        objective.EvaluateAt(from);
        var best = objective.Value;
        for (var again = 0; again < MostWalks; again++)
        {
            var (at, value) = Walk(objective, from, again == 0 ? 1e-8 : 1e-12);
            if (at is null) break;
            var gain = best - value;
            if (gain > 0) (from, best) = (at, value);
            if (again > 0 && gain < 1e-13 * Math.Abs(best)) break;
        }

        return (from.PointwiseExp().ToArray(), -best);
    }

    private static IObjectiveFunction Objective(Func<double[], double> logLikelihood, CancellationToken stop) => ObjectiveFunction.Value(logs =>
    {
        stop.ThrowIfCancellationRequested();
        var value = logs.Exists(log => Math.Abs(log) > Bound) ? double.NegativeInfinity : logLikelihood(logs.PointwiseExp().ToArray());
        return double.IsFinite(value) ? -value : double.MaxValue;
    });

    private static (Vector<double>? At, double Value) Walk(IObjectiveFunction objective, Vector<double> from, double tolerance)
    {
        try
        {
            var found = new NelderMeadSimplex(tolerance, MostTries).FindMinimum(objective, from);
            return (found.MinimizingPoint, found.FunctionInfoAtMinimum.Value);
        }
        catch (MaximumIterationsException)
        {
            return (null, double.MaxValue);
        }
    }
}
