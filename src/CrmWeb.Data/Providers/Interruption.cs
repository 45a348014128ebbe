using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace CrmWeb.Data.Providers;

/// <summary>
/// Questions that may be given up in the middle. The drivers of PostgreSQL and SQL Server tell their server when somebody does not want the answer any more; that of SQLite goes on to the
/// end of the statement, with a thread and a core, for whoever is gone.
/// </summary>
public static class Interruption
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks, and stops asking when the token says so, also within a statement.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async Task<T> Interruptible<T>(this CrmDb db, Func<CancellationToken, Task<T>> ask, CancellationToken stop)
    {
        if (db is not SqliteCrmDb) return await Asked(ask, stop);
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            var handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
            // again and again: between two statements it is forgotten. Disposing waits for a call that is under way, so none reaches a statement that comes later
            await using var ends = new Timer(_ => { if (stop.IsCancellationRequested) raw.sqlite3_interrupt(handle); }, null, Every, Every);
            return await ask(stop);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(e.Message, e, stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    // the driver of SQL Server says it its own way
    private static async Task<T> Asked<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stop)
    {
        try
        {
            return await ask(stop);
        }
        catch (DbException e) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, stop);
        }
    }

    /// <summary>Likewise, and gives up by itself after a time: then the answer is null.</summary>
    public static async Task<T?> InTime<T>(this CrmDb db, TimeSpan time, Func<CancellationToken, Task<T>> ask, CancellationToken stop) where T : class
    {
        if (time <= TimeSpan.Zero) return null;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ends.CancelAfter(time);
        try
        {
            return await db.Interruptible(ask, ends.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
