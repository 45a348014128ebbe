using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CrmWeb.Data.Providers;

public sealed class SqliteCrmDb(DbContextOptions<SqliteCrmDb> options, CurrentTenant tenant) : CrmDb(options, tenant)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);

        // SQLite does not enforce the length of a text column by itself.
        foreach (var type in model.Model.GetEntityTypes().ToList())
        {
            foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(string) && p.GetMaxLength() is not null))
            {
                var name = $"CK_{type.GetTableName()}_{property.Name}_Length";
                model.Entity(type.Name).ToTable(table => table.HasCheckConstraint(name, $"length(\"{property.Name}\") <= {property.GetMaxLength()}"));
            }
        }
    }
}

/// <summary>Sets what is per connection in SQLite, once for each physical connection of the pool.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    internal const string Pragmas = "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;";
    private readonly ConditionalWeakTable<object, object> known = [];

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
}
