using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Work that looks at rows, decides and writes, while others edit the same rows.</summary>
public static class Attempts
{
    private const int Most = 4;

    /// <summary>
    /// Does the work in one transaction, and does it again from the start when somebody got in between: it looks again and decides again. What it
    /// throws for another reason, or once too often, comes through; nothing is written then.
    /// </summary>
    public static async Task InTransaction(this CrmDb db, Func<Task> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(stop);
                await work();
                await transaction.CommitAsync(stop);
                return;
            }
            catch (Exception e) when (e is DbException or DbUpdateException && attempt < Most)
            {
                db.ChangeTracker.Clear();
            }
        }
    }
}
