using CrmWeb.Data.Providers;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Kpis;

/// <summary>Keeps a model, and on each customer's row what follows from it.</summary>
public static class ClvKeeping
{
    // fewer rows than make SQL Server lock the table
    private const int Batch = 2_000;

    /// <summary>Finds the model and writes what follows, in short transactions. Answers the model.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="end">See <see cref="ClvFitting.FitClv"/>.</param>
    /// <param name="unit">What its time is counted in.</param>
    /// <param name="progress">How many customers were looked at; within the transaction of each batch.</param>
    /// <param name="stop">Between two batches.</param>
    public static async Task<ClvModel> KeepClv(this CrmDb db, DateOnly? end, PurchaseUnit unit, Func<long, Task> progress, CancellationToken stop)
    {
        var (model, buyers) = await db.FitClv(end, unit, stop);
        db.ClvModels.Add(model);
        await db.SaveChangesAsync(stop);
        await db.Forecast(model, buyers, progress, stop);
        return model;
    }

    /// <summary>Writes what follows from a model that was found before. Null where it is not there.</summary>
    public static async Task<ClvModel?> ApplyClv(this CrmDb db, long id, Func<long, Task> progress, CancellationToken stop)
    {
        if (await db.ClvModels.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } model) return null;
        await db.Forecast(model, await db.BuyersUntil(model.CalibrationEnd, stop), progress, stop);
        return model;
    }

    private static async Task Forecast(this CrmDb db, ClvModel model, List<Buyer> buyers, Func<long, Task> progress, CancellationToken stop)
    {
        var (_, currency) = await db.Place(stop);
        var (last, seen, at) = (0L, 0L, 0);
        while (true)
        {
            var after = last;
            var ids = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.Id > after).OrderBy(c => c.Id).Select(c => c.Id).Take(Batch).ToListAsync(stop);
            if (ids.Count == 0) return;
            (last, seen) = (ids[^1], seen + ids.Count);
            var rows = new List<KeptForecast>(ids.Count);
            foreach (var id in ids)
            {
                while (at < buyers.Count && buyers[at].CustomerId < id) at++;
                var forecast = at < buyers.Count && buyers[at].CustomerId == id ? model.Forecast(buyers[at].History, buyers[at].Mean) : null;
                rows.Add(forecast is null ? new(id, null, null, null) : new(id, (int)Math.Round(forecast.Alive * 100), Math.Round(forecast.Purchases, 4), Minor(forecast.Value, currency)));
            }

            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await CustomerHold.Take(db, after + 1, last, stop);
            await ForecastStatement.Of(db, rows).Run(db, stop);
            await progress(seen);
            await transaction.CommitAsync(stop);
        }
    }

    private static long? Minor(double? value, string currency) =>
        value is { } major && Math.Abs(major) < 1e12 ? (long)Math.Round((decimal)major / Currency.ToMajor(1, currency)) : null;
}
