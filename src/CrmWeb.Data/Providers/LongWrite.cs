using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// A connection for one long piece of writing, batch after batch. On SQLite it gets a larger cache in place of the mapped file, whose pages count as memory
/// of the program, and moves what is committed into the file less often: scattered keys make each batch write pages of the batch before again.
/// </summary>
public sealed class LongWrite : IAsyncDisposable
{
    private const string Pragmas = "PRAGMA mmap_size=0; PRAGMA cache_size=-98304; PRAGMA wal_autocheckpoint=32768; PRAGMA journal_size_limit=67108864;";

    private readonly CrmDb db;

    private LongWrite(CrmDb db) => this.db = db;

    /// <summary>Keeps the connection open until it is disposed.</summary>
    public static async Task<LongWrite> Begin(CrmDb db, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        if (db is SqliteCrmDb) await db.Database.ExecuteSqlRawAsync(Pragmas, stop);
        return new(db);
    }

    public async ValueTask DisposeAsync()
    {
        if (db is SqliteCrmDb) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_autocheckpoint=1000; PRAGMA journal_size_limit=-1; " + SqliteConnections.Pragmas);
        await db.Database.CloseConnectionAsync();
    }
}
