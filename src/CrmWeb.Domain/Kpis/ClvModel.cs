using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Kpis;

/// <summary>How customers buy, as it was found of the orders up to a day: what they will buy and are worth follows from it. Every fit stays, so that one can see how it moved.</summary>
public sealed class ClvModel : TenantOwned
{
    /// <summary>How far it looks ahead.</summary>
    public const int HorizonMonths = 12;

    /// <summary>What money a year later is worth less, as a share.</summary>
    public const double Discount = 0.10;

    /// <summary>So many numbers of repeats are compared with what the model expects; the last one stands for all beyond.</summary>
    public const int ComparedRepeats = 8;

    private const double DaysInMonth = 365.25 / 12;

    private ClvModel() { }

    public ClvModel(DateTime at, DateOnly calibrationEnd, PurchaseUnit unit) => (At, CalibrationEnd, Unit) = (at, calibrationEnd, unit);

    /// <summary>UTC, when it was found.</summary>
    public DateTime At { get; private set; }

    /// <summary>The last day whose orders were looked at, where the tenant is.</summary>
    public DateOnly CalibrationEnd { get; private set; }

    public PurchaseUnit Unit { get; private set; }

    /// <summary>Who bought by then.</summary>
    public int Customers { get; private set; }

    /// <summary>Who bought on more than one day.</summary>
    public int RepeatBuyers { get; private set; }

    /// <summary>Of <see cref="PurchaseModel"/>; null where too few bought.</summary>
    public double? R { get; private set; }

    public double? Alpha { get; private set; }

    public double? A { get; private set; }

    public double? B { get; private set; }

    public double? LogLikelihood { get; private set; }

    /// <summary>Of <see cref="SpendModel"/>; null where what is spent cannot be said.</summary>
    public double? P { get; private set; }

    public double? Q { get; private set; }

    public double? V { get; private set; }

    /// <summary>How repeats and spends go together (<see cref="SpendFit.Correlation"/>).</summary>
    public double? Correlation { get; private set; }

    /// <summary>The part of what is sold that stays, of the orders whose cost is known; null where none is, and then values are of what is sold.</summary>
    public double? Margin { get; private set; }

    /// <summary>How many customers bought again 0, 1, 2 … times, and how many the model expects.</summary>
    public List<double> ActualRepeats { get; private set; } = [];

    /// <summary>Likewise, as the model says.</summary>
    public List<double> ExpectedRepeats { get; private set; } = [];

    /// <summary>Null where too few bought: <see cref="PurchaseFit.FewestCustomers"/>, <see cref="PurchaseFit.FewestRepeatBuyers"/>.</summary>
    public PurchaseModel? Purchases => R is { } r && Alpha is { } alpha && A is { } a && B is { } b ? new(r, alpha, a, b, Unit) : null;

    public SpendModel? Spends => P is { } p && Q is { } q && V is { } v ? new(p, q, v) : null;

    /// <summary>Looks for the likeliest models.</summary>
    /// <param name="buyers">Everybody who bought: the history, and what was spent on each day after the first, on average, in major units.</param>
    /// <param name="margin">See <see cref="Margin"/>.</param>
    /// <param name="stop">Between two tries.</param>
    public void Fit(IReadOnlyCollection<(PurchaseHistory History, double Mean)> buyers, double? margin, CancellationToken stop)
    {
        var histories = buyers.GroupBy(buyer => buyer.History).ToDictionary(same => same.Key, same => same.Count());
        var fit = new PurchaseFit(histories, Unit);
        (Customers, RepeatBuyers, Margin) = (fit.Customers, fit.RepeatBuyers, margin);
        if (fit.Best(stop) is not var (model, likelihood)) return;

        (R, Alpha, A, B, LogLikelihood) = (model.R, model.Alpha, model.A, model.B, likelihood);
        var spends = new SpendFit(buyers.Select(buyer => (buyer.History.Repeats, buyer.Mean)));
        Correlation = spends.Correlation;
        if (spends.Best(stop) is { } spend) (P, Q, V) = (spend.P, spend.Q, spend.V);
        var ages = histories.GroupBy(h => h.Key.Age).Select(same => (Age: same.Key, Customers: same.Sum(h => h.Value))).ToList();
        ExpectedRepeats = [.. Enumerable.Range(0, ComparedRepeats - 1).Select(times => ages.Sum(one => one.Customers * model.Share(times, one.Age)))];
        ExpectedRepeats.Add(Math.Max(0, Customers - ExpectedRepeats.Sum()));
        ActualRepeats = [.. Enumerable.Range(0, ComparedRepeats).Select(times => (double)histories.Where(h => Math.Min(h.Key.Repeats, ComparedRepeats - 1) == times).Sum(h => h.Value))];
    }

    /// <summary>
    /// What is to come of a customer within <see cref="HorizonMonths"/> of <see cref="CalibrationEnd"/>: expected purchases month by month, times what one is expected to come to, times the margin,
    /// each month discounted from its end (Fader, Hardie, Lee 2005). Null without a model.
    /// </summary>
    /// <param name="history">Of the customer.</param>
    /// <param name="mean">See <see cref="Fit"/>.</param>
    public ClvForecast? Forecast(PurchaseHistory history, double mean)
    {
        if (Purchases is not { } model) return null;
        var (before, discounted) = (0.0, 0.0);
        for (var month = 1; month <= HorizonMonths; month++)
        {
            var until = model.Expected(history, month * DaysInMonth);
            discounted += (until - before) * Math.Pow(1 + Discount, -month / 12.0);
            before = until;
        }

        return new(model.Alive(history), before, Spends?.Expected(history.Repeats, mean) * discounted * (Margin ?? 1));
    }
}

/// <param name="Alive">Whether they still buy, 0 to 1.</param>
/// <param name="Purchases">Days with a purchase that are expected.</param>
/// <param name="Value">What stays of them, discounted, in major units; null where it cannot be said.</param>
public sealed record ClvForecast(double Alive, double Purchases, double? Value);
