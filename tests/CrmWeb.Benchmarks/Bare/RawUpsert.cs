using CrmWeb.Data.Providers;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace CrmWeb.Benchmarks.Bare;

internal sealed record RawRow(string ExternalId, string Name, string Email, string Phone, string City);

/// <summary>The fastest plain way in: COPY and one upsert on PostgreSQL, one prepared statement in one transaction on SQLite. No matching, no checks.</summary>
internal static class RawUpsert
{
    private const string Columns =
        "\"TenantId\", \"Kind\", \"Name\", \"NameNormal\", \"Email\", \"EmailNormal\", \"Phone\", \"PhoneNormal\", \"City\", \"Country\", \"ExternalId\", \"Stage\", \"StageChangedAt\", \"CreatedAt\", \"UpdatedAt\", \"Version\"";

    // SQLite keeps no defaults for these
    private const string Facts = "\"OrderCount\", \"TotalSpent\", \"InteractionsIn90Days\", \"OpenDeals\", \"OpenDealsValue\", \"OpenCases\", \"ServiceMinutes\"";

    private const string OnConflict = """
        ON CONFLICT ("TenantId", "ExternalId") WHERE "ExternalId" IS NOT NULL DO UPDATE SET
            "Name" = excluded."Name", "NameNormal" = excluded."NameNormal", "Email" = excluded."Email", "EmailNormal" = excluded."EmailNormal",
            "Phone" = excluded."Phone", "PhoneNormal" = excluded."PhoneNormal", "City" = excluded."City", "UpdatedAt" = excluded."UpdatedAt"
        """;

    public static Task Run(Installation installation, IEnumerable<RawRow> rows) =>
        installation.Provider == Provider.Sqlite ? Sqlite(installation.Connection, rows) : PostgreSql(installation.Connection, rows);

    private static async Task Sqlite(string connectionString, IEnumerable<RawRow> rows)
    {
        await using var connection = await RawSqlite.Open(connectionString);
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO \"Customers\" ({Columns}, {Facts}) VALUES (1, 0, @name, @nameNormal, @email, @email, @phone, @phoneNormal, @city, 'NL', @external, 0, @now, @now, @now, 0, 0, 0, 0, 0, 0, 0, 0) {OnConflict}";
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var parameters = new[] { "@name", "@nameNormal", "@email", "@phone", "@phoneNormal", "@city", "@external", "@now" }.Select(name => insert.Parameters.Add(name, SqliteType.Text)).ToArray();
        parameters[7].Value = now;
        await insert.PrepareAsync();
        foreach (var row in rows)
        {
            parameters[0].Value = row.Name;
            parameters[1].Value = row.Name.ToLowerInvariant();
            parameters[2].Value = row.Email;
            parameters[3].Value = row.Phone;
            parameters[4].Value = row.Phone.Replace(" ", "", StringComparison.Ordinal);
            parameters[5].Value = row.City;
            parameters[6].Value = row.ExternalId;
            insert.ExecuteNonQuery();
        }

        await transaction.CommitAsync();
    }

    private static async Task PostgreSql(string connectionString, IEnumerable<RawRow> rows)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await Execute(connection, $"CREATE TEMP TABLE incoming AS SELECT {Columns} FROM \"Customers\" WHERE false");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using (var copy = await connection.BeginBinaryImportAsync($"COPY incoming ({Columns}) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(1L);
                await copy.WriteAsync(0);
                foreach (var text in new[] { row.Name, row.Name.ToLowerInvariant(), row.Email, row.Email, row.Phone, row.Phone.Replace(" ", "", StringComparison.Ordinal), row.City, "NL", row.ExternalId })
                    await copy.WriteAsync(text, NpgsqlDbType.Text);
                await copy.WriteAsync(0);
                for (var i = 0; i < 3; i++) await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(0);
            }

            await copy.CompleteAsync();
        }

        await Execute(connection, $"INSERT INTO \"Customers\" ({Columns}) SELECT {Columns} FROM incoming {OnConflict}");
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
