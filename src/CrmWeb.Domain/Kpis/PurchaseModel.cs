using MathNet.Numerics;

namespace CrmWeb.Domain.Kpis;

/// <summary>
/// How often customers buy and when they stop, as BG/NBD says it (Fader, Hardie, Lee, "Counting Your Customers the Easy Way", Marketing Science 24, 2005): while a customer is alive they buy
/// at random at a rate of their own, after each purchase they leave with a chance of their own; rates are gamma distributed (<paramref name="R"/>, <paramref name="Alpha"/>), chances beta (<paramref name="A"/>, <paramref name="B"/>).
/// Times are in the unit.
/// </summary>
public sealed record PurchaseModel(double R, double Alpha, double A, double B, PurchaseUnit Unit)
{
    // what is nearer to a pole than this is moved off it: the formulas divide by A - 1
    private const double Near = 1e-7;

    private double SafeA => Math.Abs(A - 1) < Near ? 1 + Near : A;

    /// <summary>Whether somebody with this history still buys: their share among many such. 0 to 1.</summary>
    public double Alive(PurchaseHistory history) => history.Repeats == 0 ? 1 : 1 / (1 + Gone(history));

    /// <summary>How many days with a purchase a customer with this history is expected to have in so many days from the end of it.</summary>
    public double Expected(PurchaseHistory history, double days)
    {
        if (days <= 0) return 0;
        var (x, t, a) = (history.Repeats, days / Unit.Days(), SafeA);
        var z = t / (Alpha + Time(history.Age) + t);
        var c = a + B + x - 1;
        if (Math.Abs(c) < Near) c = Near;
        // the source's (1-z)^(r+x) F(r+x, b+x; c; z), or what Euler's transformation makes of it: whichever has no large terms that take each other away
        var turned = a + B - 1 - R;
        var left = turned > -1 ? Scaled(a - 1, turned, a - 1, c, z) : Scaled(R + x, R + x, B + x, c, z);
        return Math.Max(0, c / (a - 1) * (1 - left) / (x == 0 ? 1 : 1 + Gone(history)));
    }

    /// <summary>The share of all customers of an age (in days) who have bought again on exactly so many days.</summary>
    public double Share(int repeats, double days)
    {
        var t = days / Unit.Days();
        var (stay, buy) = (Alpha / (Alpha + t), t / (Alpha + t));
        double Bought(int times) => Math.Exp(SpecialFunctions.GammaLn(R + times) - SpecialFunctions.GammaLn(R) - SpecialFunctions.FactorialLn(times) + (R * Math.Log(stay)) + (times == 0 ? 0 : times * Math.Log(buy)));
        if (repeats == 0 || t <= 0) return repeats > 0 ? 0 : Bought(0);
        var whole = SpecialFunctions.BetaLn(A, B);
        var within = Enumerable.Range(0, repeats).Sum(Bought);
        return (Math.Exp(SpecialFunctions.BetaLn(A, B + repeats) - whole) * Bought(repeats)) + (Math.Exp(SpecialFunctions.BetaLn(A + 1, B + repeats - 1) - whole) * Math.Max(0, 1 - within));
    }

    /// <summary>How much likelier it is that they left than that they did not.</summary>
    private double Gone(PurchaseHistory history) =>
        A / (B + history.Repeats - 1) * Math.Pow((Alpha + Time(history.Age)) / (Alpha + Time(history.Last)), R + history.Repeats);

    private double Time(int days) => (double)days / Unit.Days();

    /// <summary>(1-z)^power times Gauss's series F(a, b; c; z), neither of which need fit into a number; 0 ≤ z &lt; 1.</summary>
    private static double Scaled(double power, double a, double b, double c, double z)
    {
        const double large = 1e200;
        var (sum, term, log) = (1.0, 1.0, power * Math.Log(1 - z));
        for (var k = 0; k < 50_000 && Math.Abs(term) > 1e-14 * Math.Abs(sum); k++)
        {
            term *= (a + k) * (b + k) / ((c + k) * (k + 1)) * z;
            sum += term;
            if (Math.Abs(sum) > large) (sum, term, log) = (sum / large, term / large, log + Math.Log(large));
        }

        return Math.Sign(sum) * Math.Exp(log + Math.Log(Math.Abs(sum)));
    }
}
