using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrmWeb.Data.Providers;

public sealed class SqliteCrmDb(DbContextOptions<SqliteCrmDb> options, CurrentTenant tenant, TimeProvider clock) : CrmDb(options, tenant, clock)
{
    internal override bool HasOneWriter => true;

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        // compared as = 0 and = 1: NOT "IsPlanned" is no equality to SQLite, and an index would be used only up to that column
        conventions.Properties<bool>().HaveConversion<BoolToZeroOneConverter<int>>();
    }

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

/// <summary>
/// Sets what is per connection in SQLite, once for each physical connection of the pool. A scope keeps its connection until it ends: taking one
/// from the pool registers EF's functions anew, which costs more than a short query.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // a writer that meets another one waits inside SQLite, a millisecond or a few; the driver would sleep 150 before it looks again
    // FULL: what somebody was told is saved outlives a power cut
    internal const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=2000;";
    private readonly ConditionalWeakTable<object, object> known = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (!known.TryAdd(handle, handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
