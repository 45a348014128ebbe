using System.Diagnostics;
using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrmWeb.Benchmarks;

/// <summary>The published program and a filled database of a size, made once and kept below artifacts/.</summary>
internal sealed record Installation(Provider Provider, string Connection)
{
    public const string Tenant = "bench";
    public const string Admin = "bench@example.org";

    public static string Root { get; } = FindRoot();
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");
    public static string? PostgreSql { get; } = Environment.GetEnvironmentVariable("CRM_BENCH_POSTGRES");

    private static readonly Lazy<Task<string>> Published = new(Publish);

    public static Task<string> Program() => Published.Value;

    /// <summary>A database with one tenant of that many customers; filled by the program's own verb `load`.</summary>
    public static async Task<Installation> Of(Provider provider, int customers, int interactions, int orders = 0)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bench_{customers}_{interactions}{(orders > 0 ? $"_{orders}" : "")}");
        var installation = new Installation(provider, ConnectionOf(provider, name));
        if (await installation.Exists(name))
        {
            // made by a program of before, perhaps
            await installation.Verb("migrate");
            return installation;
        }

        Console.WriteLine($"preparing {provider} with {customers:N0} customers …");
        await installation.Create(name);
        await installation.Verb("migrate");
        await installation.Verb("tenant", "create", "--name", "Bench", "--slug", Tenant, "--admin", Admin);
        if (customers > 0)
            await installation.Verb("load", "--tenant", Tenant, "--customers", Text(customers), "--interactions", Text(interactions), "--orders", Text(orders), "--seed", "1");
        await installation.Settle();
        return installation;
    }

    /// <summary>A copy of its own, for what writes.</summary>
    public static async Task<Installation> Fresh(Provider provider)
    {
        var name = $"fresh_{Guid.NewGuid():N}";
        var installation = new Installation(provider, ConnectionOf(provider, name));
        await installation.Create(name);
        await installation.Verb("migrate");
        await installation.Verb("tenant", "create", "--name", "Bench", "--slug", Tenant, "--admin", Admin);
        return installation;
    }

    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Database__Provider"] = Provider.ToString(),
        ["ConnectionStrings__Crm"] = Connection,
        ["Logs__Folder"] = "",
        ["Serilog__MinimumLevel"] = "Warning",
        // what runs by night would run at the start, beside what is measured
        ["Schedule__Run"] = "false",
        ["RateLimits__Off"] = "true",
        ["Limits__Api"] = "100000000",
        ["Limits__ApiBurst"] = "100000000",
    };

    /// <summary>A key of the admin, made by the program's own verb.</summary>
    public async Task<string> ApiKey() => (await Verb("api-key", "create", "--tenant", Tenant, "--as", Admin, "--name", "Benchmark")).Trim();

    /// <summary>Runs a verb of the program to its end and answers what it printed.</summary>
    public async Task<string> Verb(params string[] words)
    {
        using var process = Start([.. words]);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{string.Join(' ', words)}: {await errors}");
    }

    public Process Start(IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Program().Result };
        start.ArgumentList.Add("CrmWeb.Web.dll");
        foreach (var word in words) start.ArgumentList.Add(word);
        foreach (var (key, value) in Settings) start.Environment[key] = value;
        return Process.Start(start)!;
    }

    /// <summary>The product's own services over this database, for preparing what a measure needs.</summary>
    public async Task<T> Use<T>(Func<CrmDb, Task<T>> work)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = Provider.ToString(),
            ["ConnectionStrings:Crm"] = Connection,
        }).Build();
        await using var services = new ServiceCollection().AddLogging().AddCrmDb(configuration).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        var tenant = await db.Tenants.Where(t => t.Slug == Tenant).Select(t => t.Id).SingleAsync();
        db.Current.Enter(tenant, Actor.System);
        return await work(db);
    }

    private static string ConnectionOf(Provider provider, string name) => provider == Provider.Sqlite
        ? $"Data Source={Path.Combine(Artifacts, name + ".db")}"
        : new NpgsqlConnectionStringBuilder(PostgreSql) { Database = name, MaxPoolSize = 32 }.ToString();

    private async Task<bool> Exists(string name)
    {
        if (Provider == Provider.Sqlite) return File.Exists(new SqliteConnectionStringBuilder(Connection).DataSource + ".ready");
        await using var server = NpgsqlDataSource.Create(PostgreSql!);
        await using var command = server.CreateCommand($"SELECT 1 FROM pg_database WHERE datname = '{name}'");
        return await command.ExecuteScalarAsync() is not null;
    }

    private async Task Create(string name)
    {
        Directory.CreateDirectory(Artifacts);
        if (Provider == Provider.Sqlite)
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" }) File.Delete(new SqliteConnectionStringBuilder(Connection).DataSource + suffix);
            return;
        }

        await using var server = NpgsqlDataSource.Create(PostgreSql!);
        await using var command = server.CreateCommand($"CREATE DATABASE \"{name}\"");
        await command.ExecuteNonQueryAsync();
    }

    private async Task Settle()
    {
        if (Provider == Provider.Sqlite)
        {
            await using var connection = new SqliteConnection(Connection);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); ANALYZE";
            await command.ExecuteNonQueryAsync();
            await File.WriteAllTextAsync(connection.DataSource + ".ready", "");
            return;
        }

        await using var server = NpgsqlDataSource.Create(Connection);
        await using var vacuum = server.CreateCommand("VACUUM ANALYZE");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
    }

    private static async Task<string> Publish()
    {
        var folder = Path.Combine(Artifacts, "bench-program");
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Root, "src/CrmWeb.Web"), "-c", "Release", "-o", folder, "-v", "q", "--nologo"]);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? folder : throw new InvalidOperationException("the program could not be published");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CrmWeb.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
