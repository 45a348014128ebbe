using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// What an engine knows of how much there is, brought up to date after very much was written at once, and every night. PostgreSQL does so by itself a minute later; until then it plans
/// sums over the new rows as if there were none, and joins them row by row. SQLite never does, and guesses which of two indexes leaves fewer rows: a look at a thousand rows of each tells it. SQL
/// Server does without.
/// </summary>
public static class Statistics
{
    /// <summary>Rows from which on it is worth it.</summary>
    public const int Many = 10_000;

    public static async Task CountAnew(CrmDb db, CancellationToken stop)
    {
        if (db is SqliteCrmDb)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit = 1000; ANALYZE", stop);
            SqliteConnections.StatisticsChanged(db.Database.GetConnectionString()!);
        }
        else if (db is PostgreSqlCrmDb) await db.Database.ExecuteSqlRawAsync("""ANALYZE "Customers", "Interactions", "Products", "Orders", "OrderLines" """, stop);
    }
}
