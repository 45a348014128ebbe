using Microsoft.Data.Sqlite;

namespace CrmWeb.Tests.Support.Databases;

internal sealed class SqliteEngine : ITestEngine
{
    private readonly string folder = Directory.CreateTempSubdirectory("crm-tests-").FullName;

    public SqliteEngine() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveFolder();

    public string ConnectionString(string database) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, database + ".db") }.ToString();

    // the first connection makes the file
    public Task Create(string connectionString) => Task.CompletedTask;

    public async Task Seal(string connectionString)
    {
        await using (var connection = new SqliteConnection(connectionString))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            // the copy is of the one file, so nothing may be left in the log beside it
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await command.ExecuteNonQueryAsync();
        }

        ClearPool(connectionString);
    }

    public Task Copy(string source, string target)
    {
        File.Copy(FileOf(source), FileOf(target));
        return Task.CompletedTask;
    }

    public Task Drop(string connectionString)
    {
        ClearPool(connectionString);
        foreach (var suffix in new[] { "", "-wal", "-shm", "-journal" })
            File.Delete(FileOf(connectionString) + suffix);
        return Task.CompletedTask;
    }

    private static string FileOf(string connectionString) => new SqliteConnectionStringBuilder(connectionString).DataSource;

    private static void ClearPool(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private void RemoveFolder()
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // a host that is still at work made a file meanwhile
        }
    }
}
