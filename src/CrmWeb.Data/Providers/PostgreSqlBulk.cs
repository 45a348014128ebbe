using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace CrmWeb.Data.Providers;

/// <summary>COPY into the table, with ids taken from its sequence beforehand; updates go through a temporary table of the same shape.</summary>
internal sealed class PostgreSqlBulk : IBulkEngine
{
    private const int Many = 500;
    private const int Few = 20;

    public async Task Insert(CrmDb db, BulkTable table, IReadOnlyList<object> rows, CancellationToken stop)
    {
        if (rows.Count <= Few && table.Id is not null)
        {
            await InsertFew(db, table, table.Id, rows, stop);
            return;
        }

        if (table.Id is { } id) await TakeIds(db, table, id, rows, stop);
        if (rows.Count >= Many) await ForgetPlans(db, stop);
        await Copy(db, table.Name, table.Columns, rows, stop);
    }

    /// <summary>One question instead of four.</summary>
    private static async Task InsertFew(CrmDb db, BulkTable table, BulkColumn id, IReadOnlyList<object> rows, CancellationToken stop)
    {
        List<BulkColumn> columns = [.. table.Columns.Where(column => column != id)];
        await using var insert = Command(db, "");
        var values = rows.Select(row => $"({string.Join(", ", columns.Select(column => Place(insert, column.Get(row))))})");
        insert.CommandText = $"INSERT INTO {BulkWrite.Quoted(table.Name)} ({string.Join(", ", columns.Select(column => BulkWrite.Quoted(column.Name)))}) VALUES {string.Join(", ", values)} RETURNING {BulkWrite.Quoted(id.Name)}";
        await using var ids = await insert.ExecuteReaderAsync(stop);
        for (var i = 0; await ids.ReadAsync(stop); i++) id.SetKey!(rows[i], ids.GetInt64(0));
    }

    // a null has no type by itself
    private static string Place(NpgsqlCommand command, object? value)
    {
        if (value is null) return "NULL";
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $"${command.Parameters.Count}";
    }

    // A connection keeps the plans by which keys to other tables are checked. One made while a table was small reads all of it for each row, long after it has
    // grown: until statistics come, which is a minute at best
    private static async Task ForgetPlans(CrmDb db, CancellationToken stop)
    {
        await using var forget = Command(db, "DISCARD PLANS");
        await forget.ExecuteNonQueryAsync(stop);
    }

    public async Task<int> Update(CrmDb db, BulkTable table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop)
    {
        var staging = "bulk_" + table.Name;
        BulkColumn[] all = [.. columns, table.Find(nameof(TenantOwned.TenantId)), table.Id!, table.Find(nameof(IVersioned.Version))];
        var names = string.Join(", ", all.Select(column => BulkWrite.Quoted(column.Name)));
        await using var make = Command(db, $"""
            CREATE TEMP TABLE IF NOT EXISTS {BulkWrite.Quoted(staging)} ON COMMIT DROP AS SELECT {names} FROM {BulkWrite.Quoted(table.Name)} WITH NO DATA;
            TRUNCATE {BulkWrite.Quoted(staging)}
            """);
        await make.ExecuteNonQueryAsync(stop);
        await Copy(db, staging, all, rows, stop);

        var set = string.Join(", ", columns.Select(column => $"{BulkWrite.Quoted(column.Name)} = s.{BulkWrite.Quoted(column.Name)}"));
        await using var update = Command(db, $"""
            UPDATE {BulkWrite.Quoted(table.Name)} t SET {set}, "Version" = t."Version" + 1 FROM {BulkWrite.Quoted(staging)} s
            WHERE t."TenantId" = s."TenantId" AND t."Id" = s."Id" AND t."Version" = s."Version"
            """);
        return await update.ExecuteNonQueryAsync(stop);
    }

    private static async Task TakeIds(CrmDb db, BulkTable table, BulkColumn id, IReadOnlyList<object> rows, CancellationToken stop)
    {
        await using var command = Command(db, "SELECT nextval(pg_get_serial_sequence($1, $2)) FROM generate_series(1, $3)");
        command.Parameters.Add(new NpgsqlParameter { Value = BulkWrite.Quoted(table.Name) });
        command.Parameters.Add(new NpgsqlParameter { Value = id.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Count });
        await using var ids = await command.ExecuteReaderAsync(stop);
        for (var i = 0; await ids.ReadAsync(stop); i++) id.SetKey!(rows[i], ids.GetInt64(0));
    }

    private static async Task Copy(CrmDb db, string table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop)
    {
        var names = string.Join(", ", columns.Select(column => BulkWrite.Quoted(column.Name)));
        await using var copy = await Connection(db).BeginBinaryImportAsync($"COPY {BulkWrite.Quoted(table)} ({names}) FROM STDIN (FORMAT BINARY)", stop);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(stop);
            foreach (var column in columns) await Write(copy, column.Get(row), stop);
        }

        await copy.CompleteAsync(stop);
    }

    // by their own types: written as objects, each value would look its converter up again
    private static Task Write(NpgsqlBinaryImporter copy, object? value, CancellationToken stop) => value switch
    {
        null => copy.WriteNullAsync(stop),
        string text => copy.WriteAsync(text, stop),
        long number => copy.WriteAsync(number, stop),
        int number => copy.WriteAsync(number, stop),
        DateTime instant => copy.WriteAsync(instant, stop),
        bool flag => copy.WriteAsync(flag, stop),
        DateOnly date => copy.WriteAsync(date, stop),
        _ => copy.WriteAsync(value, stop),
    };

    private static NpgsqlConnection Connection(CrmDb db) => (NpgsqlConnection)db.Database.GetDbConnection();

    private static NpgsqlCommand Command(CrmDb db, string sql) => new(sql, Connection(db), (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction());
}
