namespace CrmWeb.Domain.Customers;

/// <summary>Between which whole numbers a column lies that is asked for by numbers somebody typed.</summary>
public readonly record struct NumberBounds(long Low, long High)
{
    /// <param name="op">At least, at most, or else from the smaller to the larger of them, which may be one and the same.</param>
    /// <param name="asked">One or two, in either order.</param>
    /// <param name="times">What the column counts in: 100 for cents.</param>
    public static NumberBounds Of(string op, IReadOnlyCollection<decimal> asked, decimal times)
    {
        // what lies between two whole numbers is neither
        var (low, high) = (Whole(decimal.Ceiling(Kept(asked.Min()) * times)), Whole(decimal.Floor(Kept(asked.Max()) * times)));
        return op switch
        {
            CustomerFilterOperators.AtLeast => new(low, long.MaxValue),
            CustomerFilterOperators.AtMost => new(long.MinValue, high),
            _ => new(low, high),
        };
    }

    private static decimal Kept(decimal number) => Math.Clamp(number, long.MinValue, long.MaxValue);

    private static long Whole(decimal number) => decimal.ToInt64(Kept(number));
}
