using System.Collections.Concurrent;

namespace CrmWeb.Tests.Support.Databases;

/// <summary>
/// A fresh, migrated database of its own for one test or one fixture, gone when disposed. Migrating is done once per process
/// and template, into a database that is then copied: a file on SQLite, <c>CREATE DATABASE … TEMPLATE</c> on PostgreSQL.
/// </summary>
/// <remarks>
/// <c>CRM_TEST_PROVIDER</c> names the engine (<c>Sqlite</c> when unset) and <c>CRM_TEST_POSTGRES</c> is the connection string of
/// a server on which databases may be made and dropped; <c>eng/test</c> sets both.
/// </remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The engine under test, the same for the whole run. Stands first: the engine is made from it.</summary>
    public static TestProvider Provider { get; } =
        Environment.GetEnvironmentVariable("CRM_TEST_PROVIDER") is { Length: > 0 } name ? Enum.Parse<TestProvider>(name, ignoreCase: true) : TestProvider.Sqlite;

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new(StringComparer.Ordinal);
    private static readonly ITestEngine Engine = Provider switch
    {
        TestProvider.PostgreSql => new PostgreSqlEngine(Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES")),
        _ => new SqliteEngine(),
    };
    private static int count;

    private TestDatabase(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>A copy of the template, which is made by the first caller.</summary>
    /// <param name="migrate">Brings the empty database of the connection string to the state that the copies start from.</param>
    /// <param name="template">The name of that state, where there are several (one with seeds, say).</param>
    public static async Task<TestDatabase> Create(Func<string, Task> migrate, string template = "migrated")
    {
        var source = await Templates.GetOrAdd(template, name => new(() => MakeTemplate(name, migrate))).Value;
        var connectionString = Engine.ConnectionString(FormattableString.Invariant($"test_{Interlocked.Increment(ref count)}"));
        await Engine.Copy(source, connectionString);
        return new(connectionString);
    }

    /// <summary>An empty database: for tests of the migrations themselves.</summary>
    public static async Task<TestDatabase> CreateEmpty()
    {
        var connectionString = Engine.ConnectionString(FormattableString.Invariant($"empty_{Interlocked.Increment(ref count)}"));
        await Engine.Create(connectionString);
        return new(connectionString);
    }

    public async ValueTask DisposeAsync() => await Engine.Drop(ConnectionString);

    private static async Task<string> MakeTemplate(string name, Func<string, Task> migrate)
    {
        var connectionString = Engine.ConnectionString("template_" + name);
        await Engine.Create(connectionString);
        await migrate(connectionString);
        await Engine.Seal(connectionString);
        return connectionString;
    }
}
