namespace CrmWeb.Data.Seeds;

/// <summary>Draws with the shapes that real data has: a few things are common, most are rare. The same seed draws the same.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random random = new(seed);

    public bool Is(double probability) => random.NextDouble() < probability;

    public int Below(int limit) => random.Next(limit);

    public int Between(int low, int high) => random.Next(low, high + 1);

    public double Unit() => random.NextDouble();

    public T Of<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];

    /// <summary>The earlier in the list, the more likely.</summary>
    public T Common<T>(IReadOnlyList<T> among) => among[(int)(among.Count * Math.Pow(random.NextDouble(), 1.7))];

    public T Weighted<T>(params (T Value, int Weight)[] among)
    {
        var at = random.Next(among.Sum(entry => entry.Weight));
        foreach (var (value, weight) in among)
        {
            if ((at -= weight) < 0) return value;
        }

        return among[^1].Value;
    }

    /// <summary>At least 1, without upper bound but for the cap: the one fifth that makes four fifths.</summary>
    public double Pareto(double cap = 400) => Math.Min(cap, Math.Pow(1 - random.NextDouble(), -1 / 1.16));

    /// <summary>Each # a digit, each X and AB a letter of a postal code.</summary>
    public string Digits(string pattern)
    {
        var first = true;
        return string.Create(pattern.Length, this, (text, chance) =>
        {
            for (var i = 0; i < pattern.Length; i++)
            {
                text[i] = pattern[i] != '#' ? pattern[i] : (char)('0' + (first ? chance.Between(1, 9) : chance.Below(10)));
                if (pattern[i] == '#') first = false;
            }
        });
    }
}
