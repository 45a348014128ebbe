using Microsoft.EntityFrameworkCore.Storage;

namespace CrmWeb.Data;

public static class Transactions
{
    /// <summary>A transaction that the caller commits; null within one that was begun around it (the API keeps its answer in it), which then decides.</summary>
    public static async Task<IDbContextTransaction?> OwnTransaction(this CrmDb db, CancellationToken stop) =>
        db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(stop) : null;
}
