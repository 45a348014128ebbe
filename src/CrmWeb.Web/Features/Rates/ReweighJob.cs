using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Rates;

/// <summary>Gives the orders of a rate's days their worth, some customers at a time. Done again it does the same.</summary>
public sealed class ReweighJob(CrmDb db, CurrentMember me) : IJobHandler
{
    public const string JobKind = "reweigh-orders";

    private const int Batch = 1_000;

    public string Kind => JobKind;

    public string Permission => Permissions.ManageTenant;

    public static string Payload(string currency, DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{currency} {day:yyyy-MM-dd}");

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var said = run.Payload.Split(' ');
        var (currency, day) = (said[0], DateOnly.ParseExact(said[1], "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var (last, done) = (0L, 0L);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(done, null, stop);
            // a rate may come or go between two pieces: each takes what holds now, and whoever changed it asked for a job of their own
            var span = await RateSpan.Of(db, me, currency, day, stop);
            var customers = await db.CustomersWithOrders(currency, span.From, span.Until, last, Batch, stop);
            if (customers.Count == 0 || span.Conversion is not { } conversion) return string.Create(CultureInfo.InvariantCulture, $"{done} customers");
            await db.Reweigh(conversion, span.From, span.Until, customers, stop);
            await transaction.CommitAsync(stop);
            (last, done) = (customers[^1], done + customers.Count);
        }
    }
}
