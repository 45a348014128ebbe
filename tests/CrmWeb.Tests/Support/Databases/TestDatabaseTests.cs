using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CrmWeb.Tests.Support.Databases;

public class TestDatabaseTests
{
    private static int migrations;

    [Fact]
    public async Task Create_ManyAtOnce_EachIsMigratedAndAlone()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 12), async (number, _) =>
        {
            await using var database = await TestDatabase.Create(Migrate, "probe");
            await Scalar(database.ConnectionString, FormattableString.Invariant($"INSERT INTO probe VALUES ({number})"));
            Assert.Equal(2L, Convert.ToInt64(await Scalar(database.ConnectionString, "SELECT count(*) FROM probe"), null));
        });
        Assert.Equal(1, migrations);
    }

    [Fact]
    public async Task CreateEmpty_HasNoTables()
    {
        await using var database = await TestDatabase.CreateEmpty();
        await Assert.ThrowsAnyAsync<DbException>(() => Scalar(database.ConnectionString, "SELECT count(*) FROM probe"));
    }

    private static async Task Migrate(string connectionString)
    {
        Interlocked.Increment(ref migrations);
        if (TestDatabase.Provider == TestProvider.Sqlite)
            await Scalar(connectionString, "PRAGMA journal_mode = wal");
        await Scalar(connectionString, "CREATE TABLE probe (id int PRIMARY KEY)");
        await Scalar(connectionString, "INSERT INTO probe VALUES (-1)");
    }

    private static async Task<object?> Scalar(string connectionString, string sql)
    {
        await using DbConnection connection =
            TestDatabase.Provider == TestProvider.Sqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
