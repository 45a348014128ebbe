using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Data.Providers;

/// <summary>Contexts for the migration tool and for tests of the model, set up as the program sets them up. They never open a connection.</summary>
public static class DesignTime
{
    public static CrmDb Context(Provider provider)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Crm"] = provider switch
            {
                Provider.Sqlite => "Data Source=:memory:",
                Provider.PostgreSql => "Host=nowhere.invalid",
                _ => "Server=nowhere.invalid",
            },
        }).Build();
        return new ServiceCollection().AddCrmDb(configuration).BuildServiceProvider().GetRequiredService<CrmDb>();
    }
}

internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCrmDb>
{
    public SqliteCrmDb CreateDbContext(string[] args) => (SqliteCrmDb)DesignTime.Context(Provider.Sqlite);
}

internal sealed class PostgreSqlDesignTime : IDesignTimeDbContextFactory<PostgreSqlCrmDb>
{
    public PostgreSqlCrmDb CreateDbContext(string[] args) => (PostgreSqlCrmDb)DesignTime.Context(Provider.PostgreSql);
}

internal sealed class SqlServerDesignTime : IDesignTimeDbContextFactory<SqlServerCrmDb>
{
    public SqlServerCrmDb CreateDbContext(string[] args) => (SqlServerCrmDb)DesignTime.Context(Provider.SqlServer);
}
