namespace CrmWeb.Domain.Kpis;

/// <summary>
/// What customers spend a purchase, as Gamma-Gamma says it (Fader, Hardie, "The Gamma-Gamma Model of Monetary Value", 2013): each purchase of a customer varies about a mean of their own, and the means vary
/// between customers. It holds where those who buy often spend neither more nor less a purchase. Amounts are major units of the tenant's currency.
/// </summary>
public sealed record SpendModel(double P, double Q, double V)
{
    /// <summary>What a purchase of anybody comes to; null where so few spend so much that the mean has no end.</summary>
    public double? Mean => Q > 1 ? P * V / (Q - 1) : null;

    /// <summary>What the next purchase of a customer is expected to come to.</summary>
    /// <param name="repeats">Days with a purchase after the first; without any, what anybody spends.</param>
    /// <param name="mean">What they spent on each of those, on average.</param>
    public double? Expected(int repeats, double mean) =>
        repeats == 0 || mean <= 0 ? Mean : (P * repeats) + Q > 1 ? P * (V + (repeats * mean)) / ((P * repeats) + Q - 1) : null;
}
