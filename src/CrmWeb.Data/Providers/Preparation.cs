using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Providers;

/// <summary>Brings the database to the schema of this program. SQLite and Development do it at start; servers by the verb <c>migrate</c>.</summary>
public static class Preparation
{
    public static async Task Migrate(this CrmDb db, CancellationToken stop = default)
    {
        if (db is SqliteCrmDb)
        {
            var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        }

        await db.Database.MigrateAsync(stop);
        if (db is SqliteCrmDb) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", stop);
    }

    public static async Task PrepareDatabase(this IServiceProvider services, IConfiguration configuration, bool development)
    {
        if (!development && configuration.GetValue("Database:Provider", Provider.Sqlite) != Provider.Sqlite) return;
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CrmDb>().Migrate();
    }
}
