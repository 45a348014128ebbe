using Npgsql;

namespace CrmWeb.Tests.Support.Databases;

internal sealed class PostgreSqlEngine : ITestEngine
{
    // several test runs may share a server
    private readonly string run = Guid.NewGuid().ToString("n")[..8];
    private readonly NpgsqlDataSource server;

    public PostgreSqlEngine(string? connectionString)
    {
        if (string.IsNullOrEmpty(connectionString))
            throw new InvalidOperationException("CRM_TEST_PROVIDER=PostgreSql needs CRM_TEST_POSTGRES, the connection string of a server that databases may be made on; eng/test --postgres starts one.");

        server = NpgsqlDataSource.Create(connectionString);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAll();
    }

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = $"crm_{run}_{database}",
            // one pool a database: many databases live side by side on a server with so many connections
            MaxPoolSize = 20,
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 2,
            IncludeErrorDetail = true,
        }.ToString();

    public Task Create(string connectionString) => Execute($"CREATE DATABASE {NameOf(connectionString)}");

    public async Task Seal(string connectionString)
    {
        ClearPool(connectionString);
        // a template can only be copied while nobody is connected to it, and a pool that is not ours may still be
        await Execute($"ALTER DATABASE {NameOf(connectionString)} WITH ALLOW_CONNECTIONS false");
        await Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Unquoted(connectionString)}'");
    }

    // copying files beats writing every page to the log (PostgreSQL 15 and later have both)
    public Task Copy(string source, string target) =>
        Execute($"CREATE DATABASE {NameOf(target)} TEMPLATE {NameOf(source)} STRATEGY FILE_COPY");

    public async Task Drop(string connectionString)
    {
        ClearPool(connectionString);
        await Execute($"DROP DATABASE IF EXISTS {NameOf(connectionString)} WITH (FORCE)");
    }

    private static string Unquoted(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;

    private static string NameOf(string connectionString) => $"\"{Unquoted(connectionString)}\"";

    private static void ClearPool(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private async Task Execute(string sql)
    {
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    // templates, and whatever a test that failed left behind; a server that is gone by now took them along
    private void DropAll()
    {
        try
        {
            using var connection = server.OpenConnection();
            foreach (var name in Ours(connection))
            {
                using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", connection);
                drop.ExecuteNonQuery();
            }
        }
        catch (NpgsqlException)
        {
        }
    }

    private List<string> Ours(NpgsqlConnection connection)
    {
        using var list = new NpgsqlCommand($"SELECT datname FROM pg_database WHERE datname LIKE 'crm\\_{run}\\_%'", connection);
        using var reader = list.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }
}
