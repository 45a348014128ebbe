using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Takes an import of orders back: orders that nobody changed since go, changed ones are as before, and then the customers go whom it made and nobody worked
/// with. In batches that say themselves what is done, so that it can be stopped and started again.
/// </summary>
public sealed class OrderImportRevert(CrmDb db, CurrentMember me, ImportFiles files, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "revert-order-import";

    private const int Batch = 1_000;

    public string Kind => JobKind;

    public bool IsAwaited => true;

    public string Permission => Permissions.ImportCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var import = await db.ImportOf(run, stop);
        if (import.State == ImportState.Reverting && import.JobId != run.JobId) return "";
        db.Current.Through(Via.Import, import.Id);
        var total = import.NewCount + import.ChangedCount;
        await PutBack(import.Id, run, total, stop);
        await RemoveNew(import.Id, run, total, stop);
        await ImportRevert.RemoveNew(db, import.Id, (gone, piece) => run.Progress(Math.Min(total, import.NewCount + gone), total, piece), all => Task.FromResult(all.Where(c => c.Version == 0).Select(c => c.Id).ToList()), stop);
        var kept = await db.CountImportedOrders(import.Id, stop);
        var changed = db.ImportRows.Where(row => row.ImportId == import.Id && row.Outcome == RowOutcome.Changed);
        var result = new RevertResult(
            Math.Max(0, import.NewCount - kept), kept, await changed.CountAsync(row => row.Reason == ImportRevert.PutBack, stop), await changed.CountAsync(row => row.Reason != ImportRevert.PutBack, stop));
        await db.EndRevert(import, clock.GetUtcNow().UtcDateTime, stop);
        files.Delete(db.Current, import.FileKey);
        return result.ToString();
    }

    private async Task RemoveNew(long importId, JobRun run, long total, CancellationToken stop)
    {
        for (var (last, gone) = (0L, 0L); ;)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(gone, total, stop);
            var (seen, removed) = await db.RemoveImportedOrders(importId, last, Batch, stop);
            if (seen == 0) return;
            await transaction.CommitAsync(stop);
            (last, gone) = (seen, gone + removed);
        }
    }

    private async Task PutBack(long importId, JobRun run, long total, CancellationToken stop)
    {
        for (var done = 0L; ;)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(Math.Min(total, done), total, stop);
            var rows = await db.ImportRows.Where(row => row.ImportId == importId && row.Outcome == RowOutcome.Changed && row.Reason == null).OrderByDescending(row => row.Line).Take(Batch).ToListAsync(stop);
            if (rows.Count == 0) return;
            var before = rows.ToDictionary(row => row, row => OrderBefore.Read(row.Before)!);
            List<long> ids = [.. before.Values.Select(one => one.OrderId)];
            var orders = await db.Orders.Include(o => o.Lines).Where(o => EF.Parameter(ids).Contains(o.Id)).ToDictionaryAsync(o => o.Id, stop);
            var rates = await ExchangeRates.Load(db, me.Pass.Currency, [.. before.Values.Select(RatedOn).Distinct()], stop);
            foreach (var (row, one) in before)
            {
                var (currency, day) = RatedOn(one);
                // a rate may be gone since
                var order = rates.Of(currency, day) is null ? null : orders.GetValueOrDefault(one.OrderId);
                var untouched = order?.Version == one.VersionAfter;
                row.Reason = untouched ? ImportRevert.PutBack : "kept";
                if (untouched) order!.PutBack(one.Details with { Conversion = rates.Of(currency, day)!.Value }, one.Progress, clock.GetUtcNow().UtcDateTime);
            }

            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            db.ChangeTracker.Clear();
            done += rows.Count;
        }
    }

    private (string Currency, DateOnly Day) RatedOn(OrderBefore one) => (one.Details.Conversion.From, me.TenantDay(one.Details.PlacedAt));
}
