namespace CrmWeb.Domain.Customers;

/// <summary>
/// Where the fifths of the buyers begin, by how lately, how often and for how much they bought (Hughes, Strategic Database Marketing, 1994). A score is 1 plus
/// the number of bounds that are reached: 5 is the best fifth. Equal values have equal scores, so the fifths need not be equal in size.
/// </summary>
/// <param name="Recency">The instants of the last order at which scores 2 to 5 begin.</param>
/// <param name="Frequency">The numbers of orders, likewise.</param>
/// <param name="Monetary">The sums spent, in minor units of the tenant's currency, likewise.</param>
public sealed record Rfm(IReadOnlyList<DateTime> Recency, IReadOnlyList<int> Frequency, IReadOnlyList<long> Monetary)
{
    public const int Fifths = 5;

    /// <summary>The places, among so many values in ascending order, at which the next fifth begins.</summary>
    public static IEnumerable<int> Places(int count) => Enumerable.Range(1, Fifths - 1).Select(fifth => (int)((long)count * fifth / Fifths));

    /// <summary>The values at the given places, of values that come in ascending order with how often each is there.</summary>
    public static List<T> At<T>(IEnumerable<(T Value, int Times)> ascending, IEnumerable<int> places)
    {
        var (found, passed) = (new List<T>(), 0);
        using var wanted = places.GetEnumerator();
        var more = wanted.MoveNext();
        foreach (var (value, times) in ascending)
        {
            passed += times;
            while (more && wanted.Current < passed)
            {
                found.Add(value);
                more = wanted.MoveNext();
            }
        }

        return found;
    }
}
