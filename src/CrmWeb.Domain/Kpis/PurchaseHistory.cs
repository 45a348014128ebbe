namespace CrmWeb.Domain.Kpis;

/// <summary>What the purchase model knows of a customer: days on which they bought, however often on one of them.</summary>
/// <param name="Repeats">Days with a purchase after the first.</param>
/// <param name="Last">Days from the first purchase to the last; 0 without repeats.</param>
/// <param name="Age">Days from the first purchase to the end of what was looked at.</param>
public readonly record struct PurchaseHistory(int Repeats, int Last, int Age);

/// <summary>What the time of a model is counted in.</summary>
public enum PurchaseUnit
{
    Day = 0,
    Week = 1,
}

public static class PurchaseUnits
{
    public static int Days(this PurchaseUnit unit) => unit == PurchaseUnit.Week ? 7 : 1;
}
