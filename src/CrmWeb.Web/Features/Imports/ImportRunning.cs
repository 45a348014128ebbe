using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>How far an import came, whatever it is of: written in the transaction of each batch, so that each row has its effect once.</summary>
internal static class ImportRunning
{
    /// <param name="done">Rows before this batch.</param>
    /// <exception cref="JobLostException">Somebody else wrote this batch.</exception>
    public static async Task CountBatch(this CrmDb db, long importId, long done, ImportCounts batch, int likely, CancellationToken stop)
    {
        var (made, changed, same, refused, rows) = (batch.New, batch.Changed, batch.Same, batch.Refused, batch.All);
        var moved = await db.Imports.Where(i => i.Id == importId && i.RowsDone == done && i.State == ImportState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.RowsDone, done + rows)
                .SetProperty(i => i.NewCount, i => i.NewCount + made)
                .SetProperty(i => i.ChangedCount, i => i.ChangedCount + changed)
                .SetProperty(i => i.SameCount, i => i.SameCount + same)
                .SetProperty(i => i.RefusedCount, i => i.RefusedCount + refused)
                .SetProperty(i => i.LikelyCount, i => i.LikelyCount + likely),
            stop);
        if (moved != 1) throw new JobLostException();
    }

    public static async Task EndImport(this CrmDb db, Import import, ImportState state, DateTime now, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var ended = await db.Imports.Where(i => i.Id == import.Id && i.State == ImportState.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, state).SetProperty(i => i.FinishedAt, now), stop);
        // what is new knows its import itself; for the history it is one entry
        if (ended == 1) await db.Tell(new Change(RecordKind.Import, import.Id) { Act = Act.Created, New = import.FileName }, stop);
        if (ended == 1) await db.FillSearchAfter(import.Id, now, stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>After everything that could go went.</summary>
    public static async Task EndRevert(this CrmDb db, Import import, DateTime now, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var ended = await db.Imports.Where(i => i.Id == import.Id && i.State == ImportState.Reverting)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Reverted).SetProperty(i => i.FinishedAt, now), stop);
        if (ended == 1) await db.Tell(new Change(RecordKind.Import, import.Id) { Act = Act.Deleted, Old = import.FileName }, stop);
        await db.FillSearchAfter(import.Id, now, stop);
        await transaction.CommitAsync(stop);
    }
}
