using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CrmWeb.Data.Providers;

/// <summary>Contexts for the migration tool and for tests of the model. They never open a connection.</summary>
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCrmDb>
{
    public SqliteCrmDb CreateDbContext(string[] args) =>
        new((DbContextOptions<SqliteCrmDb>)new DbContextOptionsBuilder<SqliteCrmDb>().Sqlite("Data Source=:memory:").Options, new CurrentTenant());
}

public sealed class PostgreSqlDesignTime : IDesignTimeDbContextFactory<PostgreSqlCrmDb>
{
    public PostgreSqlCrmDb CreateDbContext(string[] args) =>
        new((DbContextOptions<PostgreSqlCrmDb>)new DbContextOptionsBuilder<PostgreSqlCrmDb>().PostgreSql("Host=localhost").Options, new CurrentTenant());
}

public sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerCrmDb>
{
    public SqlServerCrmDb CreateDbContext(string[] args) =>
        new((DbContextOptions<SqlServerCrmDb>)new DbContextOptionsBuilder<SqlServerCrmDb>().SqlServer("Server=localhost").Options, new CurrentTenant());
}
