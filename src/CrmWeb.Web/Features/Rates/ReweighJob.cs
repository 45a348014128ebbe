using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Rates;

/// <summary>
/// Gives the orders and deals of a rate's days their worth, some customers at a time; without a payload those of every rate, when the days themselves moved
/// with the time zone of the tenant. Done again it does the same.
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
        foreach (var (currency, day) in await Spans(run.Payload, stop)) done = await Weigh(currency, day, done, run, stop);
        return string.Create(CultureInfo.InvariantCulture, $"{done} customers");
    }

    private async Task<List<(string Currency, DateOnly Day)>> Spans(string payload, CancellationToken stop)
    {
        if (payload.Split(' ') is [var currency, var day]) return [(currency, DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture))];
        var rates = await db.ExchangeRates.OrderBy(r => r.Currency).ThenBy(r => r.Day).Select(r => new { r.Currency, r.Day }).ToListAsync(stop);
        return rates.ConvertAll(r => (r.Currency, r.Day));
    }

    private async Task<long> Weigh(string currency, DateOnly day, long done, JobRun run, CancellationToken stop)
    {
        var last = 0L;
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(done, null, stop);
            // a rate may come or go between two pieces: each takes what holds now, and whoever changed it asked for a job of their own
            var span = await RateSpan.Of(db, me, currency, day, stop);
            var customers = await db.CustomersWithSales(currency, span.From, span.Until, last, Batch, stop);
            if (customers.Count == 0 || span.Conversion is not { } conversion) return done;
            await db.Reweigh(conversion, span.From, span.Until, customers, stop);
            await transaction.CommitAsync(stop);
            (last, done) = (customers[^1], done + customers.Count);
        }
    }
}
