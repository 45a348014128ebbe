using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace CrmWeb.Data.Providers;

/// <summary>
/// Keeps open connections, each with its prepared statements, from one scope to the next. The driver's own pool keeps the file open only:
/// it prepares every statement anew and registers EF's functions anew, which together took a third of a list.
/// </summary>
internal sealed class SqliteConnections : DbConnectionInterceptor, IDisposable
{
    // a writer that meets another one waits inside SQLite, a millisecond or a few; the driver would sleep 150 before it looks again
    // FULL: what somebody was told is saved outlives a power cut
    internal const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=2000;";

    private const int MaxIdle = 32;

    private readonly ConcurrentStack<SqliteConnection> idle = new();
    private readonly ConditionalWeakTable<object, object> known = [];
    private bool ended;

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        idle.TryPop(out var connection) ? InterceptionResult<DbConnection>.SuppressWithResult(connection) : result;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (!known.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());

    public override InterceptionResult ConnectionDisposing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        Keep((SqliteConnection)connection) ? InterceptionResult.Suppress() : result;

    public override ValueTask<InterceptionResult> ConnectionDisposingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
        new(ConnectionDisposing(connection, eventData, result));

    public void Dispose()
    {
        ended = true;
        while (idle.TryPop(out var connection)) connection.Dispose();
    }

    /// <summary>What is in the middle of a transaction is not handed to the next one.</summary>
    private bool Keep(SqliteConnection connection)
    {
        if (ended || idle.Count >= MaxIdle || connection.Handle is not { IsInvalid: false } handle || raw.sqlite3_get_autocommit(handle) == 0) return false;
        idle.Push(connection);
        return true;
    }
}
