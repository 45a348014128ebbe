using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Rates;

/// <summary>
/// Gives the orders and deals of a rate's days their worth, some customers at a time; without a payload those of every rate, when the days themselves moved
/// with the time zone of the tenant. Done again it does the same. The payload keeps the place, and whoever takes the job over goes on there.
/// </summary>
public sealed class ReweighJob(CrmDb db, CurrentMember me) : IJobHandler
{
    private const int Batch = 1_000;

    public string Kind => SalesWorth.JobKind;

    public string Permission => Permissions.ManageTenant;

    public static string Payload(string currency, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{currency} {day:yyyy-MM-dd}");

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var done = 0L;
        foreach (var place in await Places(run.Payload, stop)) done = await Weigh(place, done, run, stop);
        return string.Create(CultureInfo.InvariantCulture, $"{done} customers");
    }

    private async Task<List<Place>> Places(string payload, CancellationToken stop)
    {
        var at = Place.Parse(payload);
        if (at is { AndRest: false }) return [at];
        var rates = await db.ExchangeRates.Select(r => new Place(r.Currency, r.Day, 0, true)).ToListAsync(stop);
        return [.. at is null ? [] : new[] { at }, .. rates.Where(rate => at is null || rate.IsBehind(at)).OrderBy(rate => rate.Currency, StringComparer.Ordinal).ThenBy(rate => rate.Day)];
    }

    private async Task<long> Weigh(Place place, long done, JobRun run, CancellationToken stop)
    {
        var last = place.After;
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(done, null, stop, (place with { After = last }).ToString());
            // a rate may come or go between two pieces: each takes what holds now, and whoever changed it asked for a job of their own
            var span = await RateSpan.Of(db, me, place.Currency, place.Day, stop);
            var customers = await db.CustomersWithSales(place.Currency, span.From, span.Until, last, Batch, stop);
            var conversion = customers.Count == 0 ? null : span.Conversion;
            if (conversion is { } now) await db.Reweigh(now, span.From, span.Until, customers, stop);
            // without work too: the lease was extended
            await transaction.CommitAsync(stop);
            if (conversion is null) return done;
            (last, done) = (customers[^1], done + customers.Count);
        }
    }

    /// <param name="After">The customer behind whom it goes on.</param>
    /// <param name="AndRest">The rates behind this one too.</param>
    private sealed record Place(string Currency, DateOnly Day, long After, bool AndRest)
    {
        public static Place? Parse(string payload) => payload.Split(' ') is [var currency, var day, .. var rest]
            ? new(currency, DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), rest is [var after, ..] ? long.Parse(after, CultureInfo.InvariantCulture) : 0, rest.Length > 1)
            : null;

        public bool IsBehind(Place other) => (string.CompareOrdinal(Currency, other.Currency), Day.CompareTo(other.Day)) is ( > 0, _) or (0, > 0);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Payload(Currency, Day)} {After}{(AndRest ? " +" : "")}");
    }
}
