using MathNet.Numerics;

namespace CrmWeb.Domain.Kpis;

/// <summary>
/// Finds the purchase model under which what customers did was likeliest. Equal histories are counted once; what depends on one number alone (a day, a count of repeats) is computed once
/// a try, so a try costs an exponential and a logarithm a history.
/// </summary>
public sealed class PurchaseFit
{
    /// <summary>Fewer customers, or fewer who bought again, say nothing of the others.</summary>
    public const int FewestCustomers = 100;
    public const int FewestRepeatBuyers = 30;

    private const int Piece = 1 << 15;

    // so many say well enough where to begin
    private const int Rough = 20_000;

    private readonly (PurchaseHistory History, int Customers)[] rows;
    private readonly PurchaseUnit unit;
    private readonly int days;
    private readonly int[] repeats;
    private readonly double age;

    /// <param name="histories">Each history with how many customers have it.</param>
    /// <param name="unit">What time is counted in.</param>
    public PurchaseFit(IEnumerable<KeyValuePair<PurchaseHistory, int>> histories, PurchaseUnit unit)
    {
        // in one order, so that the sums are the same each time
        rows = [.. histories.OrderBy(h => h.Key.Repeats).ThenBy(h => h.Key.Age).ThenBy(h => h.Key.Last).Select(h => (h.Key, h.Value))];
        this.unit = unit;
        days = rows.Length == 0 ? 0 : rows.Max(row => row.History.Age);
        repeats = [.. rows.Select(row => row.History.Repeats).Distinct()];
        // what is fitted does not depend on the unit
        age = rows.Length == 0 ? 1 : Math.Max(1, rows.Average(row => (double)row.History.Age) / unit.Days());
        Customers = rows.Sum(row => row.Customers);
        RepeatBuyers = rows.Where(row => row.History.Repeats > 0).Sum(row => row.Customers);
    }

    public int Customers { get; }

    public int RepeatBuyers { get; }

    public bool IsEnough => Customers >= FewestCustomers && RepeatBuyers >= FewestRepeatBuyers;

    /// <summary>The best of several starts; null where there are too few.</summary>
    /// <param name="stop">Between two tries.</param>
    public (PurchaseModel Model, double LogLikelihood)? Best(CancellationToken stop)
    {
        if (!IsEnough) return null;
        double[][] starts = [[1, 0.5, 1, 1], [0.25, 0.125, 0.8, 2.5], [3, 1, 0.2, 3], [0.5, 0.25, 3, 10]];
        var some = rows.Length <= Rough ? rows : [.. rows.Where((_, place) => place % (rows.Length / Rough) == 0)];
        return Likeliest.Of(p => LogLikelihood(Of(p), some), p => LogLikelihood(Of(p), rows), starts, stop) is var (found, at) ? (Of(found), at) : null;
    }

    private PurchaseModel Of(double[] found) => new(found[0], found[1] * age, found[2], found[3], unit);

    /// <summary>The logarithm of how likely all histories are under a model.</summary>
    public double LogLikelihood(PurchaseModel model) => LogLikelihood(model, rows);

    private double LogLikelihood(PurchaseModel model, (PurchaseHistory History, int Customers)[] rows)
    {
        var (r, alpha, a, b) = (model.R, model.Alpha, model.A, model.B);
        var logs = new double[days + 1];
        for (var day = 0; day <= days; day++) logs[day] = Math.Log(alpha + ((double)day / unit.Days()));
        var (alive, left) = (new double[repeats[^1] + 1], new double[repeats[^1] + 1]);
        var same = (r * Math.Log(alpha)) - SpecialFunctions.GammaLn(r) + SpecialFunctions.GammaLn(a + b) - SpecialFunctions.GammaLn(b);
        foreach (var x in repeats)
        {
            alive[x] = same + SpecialFunctions.GammaLn(r + x) + SpecialFunctions.GammaLn(b + x) - SpecialFunctions.GammaLn(a + b + x);
            left[x] = x == 0 ? 0 : Math.Log(a) - Math.Log(b + x - 1);
        }

        double One(PurchaseHistory h)
        {
            var stayed = alive[h.Repeats] - ((r + h.Repeats) * logs[h.Age]);
            return h.Repeats == 0 ? stayed : stayed + Grown(left[h.Repeats] + ((r + h.Repeats) * (logs[h.Age] - logs[h.Last])));
        }

        var sums = new double[(rows.Length + Piece - 1) / Piece];
        Parallel.For(0, sums.Length, piece =>
        {
            var sum = 0.0;
            foreach (var (history, customers) in rows.AsSpan(piece * Piece, Math.Min(Piece, rows.Length - (piece * Piece)))) sum += customers * One(history);
            sums[piece] = sum;
        });
        return sums.Sum();
    }

    /// <summary>ln(1 + e^x).</summary>
    private static double Grown(double x) => x > 35 ? x : Math.Log(1 + Math.Exp(x));
}
