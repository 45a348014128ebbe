using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>What amounts of some currencies are worth on some days, read in one query: the newest rate on or before a day holds.</summary>
public sealed class ExchangeRates
{
    private readonly string own;
    private readonly Dictionary<string, List<(DateOnly Day, long Rate)>> known;

    private ExchangeRates(string own, Dictionary<string, List<(DateOnly Day, long Rate)>> known) => (this.own, this.known) = (own, known);

    /// <param name="own">The tenant's currency, which needs no rate.</param>
    /// <param name="asked">What will be asked for.</param>
    public static async Task<ExchangeRates> Load(CrmDb db, string own, IReadOnlyCollection<(string Currency, DateOnly Day)> asked, CancellationToken stop)
    {
        var foreign = asked.Where(one => one.Currency != own).ToList();
        if (foreign.Count == 0) return new(own, []);
        string[] currencies = [.. foreign.Select(one => one.Currency).Distinct(StringComparer.Ordinal)];
        var (first, last) = (foreign.Min(one => one.Day), foreign.Max(one => one.Day));
        var rates = await db.ExchangeRates
            .Where(r => currencies.Contains(r.Currency) && r.Day <= last && !db.ExchangeRates.Any(later => later.Currency == r.Currency && later.Day > r.Day && later.Day <= first))
            .OrderBy(r => r.Day).Select(r => new { r.Currency, r.Day, r.Rate }).ToListAsync(stop);
        return new(own, rates.GroupBy(r => r.Currency, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(r => (r.Day, r.Rate)).ToList(), StringComparer.Ordinal));
    }

    /// <summary>Null when the currency has no rate on the day.</summary>
    public Conversion? Of(string currency, DateOnly day)
    {
        if (currency == own) return Conversion.None(own);
        if (!known.TryGetValue(currency, out var rates)) return null;
        var at = rates.FindLastIndex(rate => rate.Day <= day);
        return at < 0 ? null : new Conversion(currency, own, rates[at].Rate);
    }

    /// <summary>An amount of one currency in another, rounded; null when one of them has no rate on the day. More than can be kept is the most there is: no sum takes it.</summary>
    public long? Between(long minor, string from, string to, DateOnly day)
    {
        if (from == to) return minor;
        if (Of(from, day) is not { } one || Of(to, day) is not { } other) return null;
        try
        {
            var amount = Currency.ToMajor(minor, from) * ExchangeRate.Unscaled(one.Rate) / ExchangeRate.Unscaled(other.Rate);
            return decimal.ToInt64(decimal.Round(amount * (decimal)Math.Pow(10, Currency.MinorDigits(to)), MidpointRounding.AwayFromZero));
        }
        catch (OverflowException)
        {
            return long.MaxValue;
        }
    }
}
