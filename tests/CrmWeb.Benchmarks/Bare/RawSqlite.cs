using Microsoft.Data.Sqlite;

namespace CrmWeb.Benchmarks.Bare;

/// <summary>The connection of the plain ways in: as durable as the product, with the cache that its imports have.</summary>
internal static class RawSqlite
{
    public static async Task<SqliteConnection> Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;";
        await pragma.ExecuteNonQueryAsync();
        return connection;
    }
}
