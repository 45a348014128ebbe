using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>What one unit of a currency is worth in the tenant's own, from a day on until the next such row. What is of no known rate is refused.</summary>
public sealed class ExchangeRate : TenantOwned, IVersioned
{
    /// <summary><see cref="Rate"/> counts in parts of this, so that small and large currencies keep their digits in whole numbers.</summary>
    public const long Scale = 10_000_000_000;

    /// <summary>The most that one unit may be worth: a hundred million.</summary>
    public const decimal MostRate = 100_000_000m;

    private ExchangeRate() { }

    /// <param name="rate">Units of the tenant's currency for one unit of <paramref name="currency"/>, above 0.</param>
    public ExchangeRate(string currency, DateOnly day, decimal rate) => (Currency, Day, Rate) = (currency, day, Scaled(rate));

    /// <summary>ISO 4217, never the tenant's own.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>The first day it holds.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Units of the tenant's currency for one unit, times <see cref="Scale"/>.</summary>
    public long Rate { get; private set; }

    public int Version { get; private set; }

    public void Change(decimal rate) => Rate = Scaled(rate);

    /// <summary>Whether it can be kept: it is above 0, at most <see cref="MostRate"/>, and not so small that nothing would be left of it.</summary>
    public static bool IsRate(decimal rate) => rate <= MostRate && rate * Scale >= 1;

    public static decimal Unscaled(long rate) => rate / (decimal)Scale;

    private static long Scaled(decimal rate) => IsRate(rate)
        ? (long)decimal.Round(rate * Scale)
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is above 0, and at most a hundred million.");
}

/// <summary>What amounts of one currency are worth in the tenant's own, at one rate.</summary>
/// <param name="Rate">As <see cref="ExchangeRate.Rate"/>; <see cref="ExchangeRate.Scale"/> for the tenant's own currency.</param>
public readonly record struct Conversion(string From, string To, long Rate)
{
    public static Conversion None(string currency) => new(currency, currency, ExchangeRate.Scale);

    /// <summary>Minor units of <see cref="To"/>, rounded half away from zero.</summary>
    /// <exception cref="OverflowException">It is worth more than can be kept.</exception>
    public long Worth(long minor) => string.Equals(From, To, StringComparison.Ordinal)
        ? minor
        : decimal.ToInt64(decimal.Round(
            minor / Tenants.Currency.Unit(From) * ExchangeRate.Unscaled(Rate) * Tenants.Currency.Unit(To), MidpointRounding.AwayFromZero));

    /// <summary>The most of <see cref="From"/>, in minor units, that is worth no more than <paramref name="worth"/> minor units of <see cref="To"/>, near enough, and never more than that itself.</summary>
    public long Most(long worth)
    {
        var most = decimal.Floor(worth / Tenants.Currency.Unit(To) / ExchangeRate.Unscaled(Rate) * Tenants.Currency.Unit(From));
        return most < worth ? (long)most : worth;
    }

    public long? Worth(long? minor) => minor is { } amount ? Worth(amount) : null;
}
