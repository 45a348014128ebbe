using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace CrmWeb.Data.Providers;

/// <summary>
/// Keeps open connections, each with its prepared statements, from one scope to the next. The driver's own pool keeps the file open only:
/// it prepares every statement anew and registers EF's functions anew, which together took a third of a list.
/// </summary>
internal sealed class SqliteConnections(string address) : DbConnectionInterceptor, IDisposable
{
    // a writer that meets another one waits inside SQLite, a millisecond or a few; the driver would sleep 150 before it looks again
    // FULL: what somebody was told is saved outlives a power cut
    internal const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=2000;";

    private const int MaxIdle = 32;

    // by address: a connection reads the statistics when it is opened, and never again
    private static readonly ConcurrentDictionary<string, int> Counted = new(StringComparer.Ordinal);

    private readonly ConcurrentStack<KeptConnection> idle = new();
    private bool ended;

    // SQLite counts the memory that it takes, with a lock that all connections share; nobody reads the sum. Refused, and no harm, when it runs already
    static SqliteConnections()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        // EF looks whether there is a database with an address of its own
        eventData.ConnectionString != address ? result
        : InterceptionResult<DbConnection>.SuppressWithResult(Pop() is { } connection ? connection : new KeptConnection(address, Keep) { Statistics = Statistics });

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        // plans do not depend on values: else a statement with a LIMIT that is bound is prepared anew whenever it is bound
        raw.sqlite3_db_config(((SqliteConnection)connection).Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    /// <summary>Connections that plan by older statistics are not kept any more.</summary>
    internal static void StatisticsChanged(string address) => Counted.AddOrUpdate(address, 1, (_, before) => before + 1);

    public void Dispose()
    {
        ended = true;
        while (idle.TryPop(out var connection)) connection.Dispose();
    }

    private int Statistics => Counted.GetValueOrDefault(address);

    private KeptConnection? Pop()
    {
        while (idle.TryPop(out var connection))
        {
            if (connection.Statistics == Statistics) return connection;
            connection.Dispose();
        }

        return null;
    }

    /// <summary>What is in the middle of a transaction is not handed to the next one.</summary>
    private bool Keep(KeptConnection connection)
    {
        if (ended || connection.Statistics != Statistics || idle.Count >= MaxIdle || connection.Handle is not { IsInvalid: false } handle || raw.sqlite3_get_autocommit(handle) == 0) return false;
        idle.Push(connection);
        return true;
    }
}

/// <summary>A connection that stays open when EF closes it, which it does after each question and at the end of each scope; disposed of, it goes back to where it is kept.</summary>
internal sealed class KeptConnection(string address, Func<KeptConnection, bool> keep) : SqliteConnection(address)
{
    private bool ends;

    /// <summary>Of which count of statistics it plans by.</summary>
    public int Statistics { get; init; }

    public override void Close()
    {
        if (ends) base.Close();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && keep(this)) return;
        ends = true;
        base.Dispose(disposing);
    }
}
