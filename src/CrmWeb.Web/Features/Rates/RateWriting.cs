using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Rates;

/// <summary>What came of writing a rate.</summary>
internal enum RateOutcome
{
    Done,

    /// <summary>The currency has a rate of that day already.</summary>
    DayTaken,

    /// <summary>Orders or deals would be left without a rate.</summary>
    Needed,

    /// <summary>An order or a deal would be worth more than can be kept.</summary>
    TooMuch,
}

/// <summary>Writes a rate, and what orders and deals of its days are worth then: at once, or by a job where many customers have some in the currency.</summary>
internal sealed class RateWriting(CrmDb db, CurrentMember me)
{
    public const int AtOnce = 2_000;

    // longer than it takes to place an order
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    public async Task<RateOutcome> Add(string currency, DateOnly day, decimal rate, CancellationToken stop)
    {
        try
        {
            return await Write(currency, day, () => db.ExchangeRates.Add(new ExchangeRate(currency, day, rate)), stop);
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e))
        {
            db.ChangeTracker.Clear();
            return RateOutcome.DayTaken;
        }
    }

    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it meanwhile.</exception>
    public Task<RateOutcome> Change(ExchangeRate row, decimal rate, CancellationToken stop) => Write(row.Currency, row.Day, () => row.Change(rate), stop);

    public async Task<RateOutcome> Remove(ExchangeRate row, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTenant(stop);
        if (await IsNeeded(row, stop)) return RateOutcome.Needed;
        if (!await Weigh(row.Currency, row.Day, () => db.ExchangeRates.Remove(row), stop)) return RateOutcome.TooMuch;
        await transaction.CommitAsync(stop);
        return RateOutcome.Done;
    }

    private async Task<bool> IsNeeded(ExchangeRate row, CancellationToken stop)
    {
        if (await db.ExchangeRates.AnyAsync(r => r.Currency == row.Currency && r.Day < row.Day, stop)) return false;
        var span = await RateSpan.Of(db, me, row.Currency, row.Day, stop);
        return await db.HasSales(row.Currency, span.From, span.Until, stop);
    }

    private async Task<RateOutcome> Write(string currency, DateOnly day, Action change, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // one after the other: what orders are worth follows from all rates
        await db.HoldTenant(stop);
        if (!await Weigh(currency, day, change, stop)) return RateOutcome.TooMuch;
        await transaction.CommitAsync(stop);
        return RateOutcome.Done;
    }

    /// <summary>False when something would be worth more than can be kept: then nothing may be committed.</summary>
    private async Task<bool> Weigh(string currency, DateOnly day, Action change, CancellationToken stop)
    {
        change();
        await db.SaveChangesAsync(stop);
        var span = await RateSpan.Of(db, me, currency, day, stop);
        if (span.Conversion is { } held && !await db.SalesFit(held, span.From, span.Until, stop))
        {
            db.ChangeTracker.Clear();
            return false;
        }

        var customers = await db.CustomersWithSales(currency, span.From, span.Until, 0, AtOnce + 1, stop);
        // who places an order in this moment has read the rate that held: once more when that order is written
        db.Jobs.Add(new Job(SalesWorth.JobKind, ReweighJob.Payload(currency, day), me.Id, me.Now + Late));
        if (customers.Count > AtOnce) db.Jobs.Add(new Job(SalesWorth.JobKind, ReweighJob.Payload(currency, day), me.Id, me.Now));
        await db.SaveChangesAsync(stop);
        if (customers.Count is > 0 and <= AtOnce && span.Conversion is { } conversion) await db.Reweigh(conversion, span.From, span.Until, customers, stop);
        return true;
    }
}

/// <summary>The time that one rate of a currency holds, from the midnight of a day in the tenant's zone to that of the next rate.</summary>
/// <param name="Until">Null: it is the last one.</param>
/// <param name="Conversion">Null: there is no rate for these days.</param>
internal sealed record RateSpan(DateTime From, DateTime? Until, Conversion? Conversion)
{
    public static async Task<RateSpan> Of(CrmDb db, CurrentMember me, string currency, DateOnly day, CancellationToken stop)
    {
        var next = await db.ExchangeRates.Where(r => r.Currency == currency && r.Day > day).OrderBy(r => r.Day).Select(r => (DateOnly?)r.Day).FirstOrDefaultAsync(stop);
        var rates = await ExchangeRates.Load(db, me.Pass.Currency, [(currency, day)], stop);
        return new(Midnight(me, day), next is { } end ? Midnight(me, end) : null, rates.Of(currency, day));
    }

    private static DateTime Midnight(CurrentMember me, DateOnly day) => WallClock.ToUtc(day.ToDateTime(TimeOnly.MinValue), me.TenantZone);
}
