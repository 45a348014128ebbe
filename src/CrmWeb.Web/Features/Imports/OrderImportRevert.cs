using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Takes an import of orders back, with the products that it made and nobody needs any more.</summary>
internal sealed class OrderImportRevert(CrmDb db, CurrentMember me, ImportFiles files, TimeProvider clock) : RowImportRevert(db, me, files, clock)
{
    public const string JobKind = "revert-order-import";

    public override string Kind => JobKind;

    protected override Task<long> CountRows(long importId, CancellationToken stop) => Db.CountImportedLines(importId, stop);

    protected override Task<(long Last, int Removed)> Remove(long importId, long afterId, CancellationToken stop) => Db.RemoveImportedOrders(importId, afterId, Batch, stop);

    protected override Task Clean(long importId, CancellationToken stop) => Db.RemoveImportedProducts(importId, stop);

    protected override async Task PutBack(long importId, JobRun run, long total, CancellationToken stop)
    {
        for (var done = 0L; ;)
        {
            await using var transaction = await Db.Database.BeginTransactionAsync(stop);
            await run.Progress(Math.Min(total, done), total, stop);
            var rows = await Db.ImportRows.Where(row => row.ImportId == importId && row.Outcome == RowOutcome.Changed && row.Reason == null).OrderByDescending(row => row.Line).Take(Batch).ToListAsync(stop);
            if (rows.Count == 0) return;
            var before = rows.ToDictionary(row => row, row => OrderBefore.Read(row.Before)!);
            List<long> ids = [.. before.Values.Select(one => one.OrderId)];
            var orders = await Db.Orders.Include(o => o.Lines).Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, stop);
            var products = await ProductsOf([.. before.Values.SelectMany(one => one.Details.Lines).Select(line => line.ProductId).OfType<long>().Distinct()], stop);
            var rates = await ExchangeRates.Load(Db, Me.Pass.Currency, [.. before.Values.Select(RatedOn).Distinct()], stop);
            foreach (var (row, one) in before)
            {
                var (currency, day) = RatedOn(one);
                // a rate may be gone since, and a product that came in with another import
                var order = rates.Of(currency, day) is null || !one.Details.Lines.All(line => line.ProductId is not { } id || products.Contains(id)) ? null : orders.GetValueOrDefault(one.OrderId);
                var untouched = order?.Version == one.VersionAfter;
                row.Reason = untouched ? ImportRevert.PutBack : "kept";
                if (untouched) order!.PutBack(one.Details with { Conversion = rates.Of(currency, day)!.Value }, one.Progress ?? OrderProgress.Of(order!), Now);
            }

            await Db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
            Db.ChangeTracker.Clear();
            done += rows.Count;
        }
    }

    private async Task<HashSet<long>> ProductsOf(List<long> named, CancellationToken stop) =>
        named.Count == 0 ? [] : [.. await Db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(p => named.Contains(p.Id)).Select(p => p.Id).ToListAsync(stop)];

    private (string Currency, DateOnly Day) RatedOn(OrderBefore one) => (one.Details.Conversion.From, Me.TenantDay(one.Details.PlacedAt));
}
