using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace CrmWeb.Benchmarks.Bare;

/// <param name="Customer">The number of the buyer, from 1.</param>
/// <param name="Total">Minor units.</param>
internal sealed record RawOrder(int Customer, DateTime PlacedAt, int Quantity, long Total);

/// <summary>The fastest plain way in for orders and their buyers: COPY on PostgreSQL, prepared statements in one transaction on SQLite. No matching, no checks, no facts.</summary>
internal static class RawOrders
{
    private const string Facts = "\"OrderCount\", \"TotalSpent\", \"InteractionsIn90Days\", \"OpenDeals\", \"OpenDealsValue\", \"OpenCases\", \"ServiceMinutes\"";
    private const string Buyers = "\"TenantId\", \"Kind\", \"Name\", \"NameNormal\", \"ExternalId\", \"Stage\", \"StageChangedAt\", \"CreatedAt\", \"UpdatedAt\", \"Version\"";
    private const string Orders = "\"TenantId\", \"CustomerId\", \"PlacedAt\", \"Channel\", \"State\", \"Currency\", \"Total\", \"BaseTotal\", \"CreatedAt\", \"UpdatedAt\", \"Version\"";
    private const string Lines = "\"TenantId\", \"OrderId\", \"Description\", \"Quantity\", \"Total\", \"Position\"";
    private const string Currency = "USD";
    private const string Description = "CDs";

    public static Task Run(Installation installation, IReadOnlyList<RawOrder> orders) =>
        installation.Provider == Data.Providers.Provider.Sqlite ? Sqlite(installation.Connection, orders) : PostgreSql(installation.Connection, orders);

    private static async Task Sqlite(string connectionString, IReadOnlyList<RawOrder> orders)
    {
        await using var connection = await RawSqlite.Open(connectionString);
        await using var transaction = connection.BeginTransaction();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var buyer = Command(connection, $"INSERT INTO \"Customers\" ({Buyers}, {Facts}) VALUES (1, 0, @name, @normal, @name, 0, @now, @now, @now, 0, 0, 0, 0, 0, 0, 0, 0) RETURNING \"Id\"", "@name", "@normal", "@now");
        await using var order = Command(connection, $"INSERT INTO \"Orders\" ({Orders}) VALUES (1, @customer, @at, 0, 1, '{Currency}', @total, @total, @now, @now, 0) RETURNING \"Id\"", "@customer", "@at", "@total", "@now");
        await using var line = Command(connection, $"INSERT INTO \"OrderLines\" ({Lines}) VALUES (1, @order, '{Description}', @quantity, @total, 0)", "@order", "@quantity", "@total");
        var ids = new Dictionary<int, object>();
        foreach (var customer in orders.Select(o => o.Customer).Distinct())
        {
            var name = Name(customer);
            ids[customer] = Run(buyer, name, name.ToLowerInvariant(), now)!;
        }

        foreach (var its in orders) Run(line, Run(order, ids[its.Customer], its.PlacedAt, its.Total, now)!, its.Quantity, its.Total);
        await transaction.CommitAsync();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static object? Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        return command.ExecuteScalar();
    }

    private static async Task PostgreSql(string connectionString, IReadOnlyList<RawOrder> orders)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        int[] buyers = [.. orders.Select(o => o.Customer).Distinct()];
        // the ids are taken before, so that each table is copied once
        var (firstBuyer, firstOrder) = (await Reserve(connection, "Customers", buyers.Length), await Reserve(connection, "Orders", orders.Count));
        var ids = buyers.Select((customer, i) => (customer, Id: firstBuyer + i)).ToDictionary(row => row.customer, row => row.Id);
        await Copy(connection, "Customers", $"\"Id\", {Buyers}", buyers, async (copy, customer) =>
        {
            await copy.WriteAsync(ids[customer]);
            await copy.WriteAsync(1L);
            await copy.WriteAsync(0);
            foreach (var text in new[] { Name(customer), Name(customer).ToLowerInvariant(), Name(customer) }) await copy.WriteAsync(text, NpgsqlDbType.Text);
            await copy.WriteAsync(0);
            for (var i = 0; i < 3; i++) await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(0);
        });
        var at = firstOrder;
        await Copy(connection, "Orders", $"\"Id\", {Orders}", orders, async (copy, order) =>
        {
            await copy.WriteAsync(at++);
            await copy.WriteAsync(1L);
            await copy.WriteAsync(ids[order.Customer]);
            await copy.WriteAsync(order.PlacedAt, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(0);
            await copy.WriteAsync(1);
            await copy.WriteAsync(Currency, NpgsqlDbType.Text);
            await copy.WriteAsync(order.Total);
            await copy.WriteAsync(order.Total);
            for (var i = 0; i < 2; i++) await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(0);
        });
        at = firstOrder;
        await Copy(connection, "OrderLines", Lines, orders, async (copy, order) =>
        {
            await copy.WriteAsync(1L);
            await copy.WriteAsync(at++);
            await copy.WriteAsync(Description, NpgsqlDbType.Text);
            await copy.WriteAsync(order.Quantity);
            await copy.WriteAsync(order.Total);
            await copy.WriteAsync(0);
        });
        await transaction.CommitAsync();
    }

    private static async Task<long> Reserve(NpgsqlConnection connection, string table, int count)
    {
        await using var command = new NpgsqlCommand($"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'Id'), nextval(pg_get_serial_sequence('\"{table}\"', 'Id')) + {count}) - {count}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Copy<T>(NpgsqlConnection connection, string table, string columns, IReadOnlyCollection<T> rows, Func<NpgsqlBinaryImporter, T, Task> write)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{table}\" ({columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            await write(copy, row);
        }

        await copy.CompleteAsync();
    }

    private static string Name(int customer) => customer.ToString("00000", CultureInfo.InvariantCulture);
}
