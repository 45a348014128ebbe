using CrmWeb.Domain.Tenants;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmWeb.Data.Providers;

/// <summary>One prepared command, executed for each row.</summary>
internal sealed class SqliteBulk : IBulkEngine
{
    public Task Insert(CrmDb db, BulkTable table, IReadOnlyList<object> rows, CancellationToken stop)
    {
        var columns = table.Columns.Where(column => column != table.Id).ToList();
        var names = string.Join(", ", columns.Select(column => BulkWrite.Quoted(column.Name)));
        var values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        using var command = Command(db, $"INSERT INTO {BulkWrite.Quoted(table.Name)} ({names}) VALUES ({values})", columns);
        var handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle;
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            Execute(command, columns, row);
            table.Id?.SetKey!(row, SQLitePCL.raw.sqlite3_last_insert_rowid(handle));
        }

        return Task.CompletedTask;
    }

    public Task<int> Update(CrmDb db, BulkTable table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop)
    {
        BulkColumn[] all = [.. columns, table.Find(nameof(TenantOwned.TenantId)), table.Id!, table.Find(nameof(IVersioned.Version))];
        var n = columns.Count;
        var set = string.Join(", ", columns.Select((column, i) => $"{BulkWrite.Quoted(column.Name)} = @p{i}"));
        var sql = $"UPDATE {BulkWrite.Quoted(table.Name)} SET {set}, \"Version\" = \"Version\" + 1 WHERE \"TenantId\" = @p{n} AND \"Id\" = @p{n + 1} AND \"Version\" = @p{n + 2}";
        using var command = Command(db, sql, all);
        var written = 0;
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            written += Execute(command, all, row);
        }

        return Task.FromResult(written);
    }

    private static SqliteCommand Command(CrmDb db, string sql, IReadOnlyList<BulkColumn> columns)
    {
        var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = sql;
        command.Transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        for (var i = 0; i < columns.Count; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        return command;
    }

    private static int Execute(SqliteCommand command, IReadOnlyList<BulkColumn> columns, object row)
    {
        for (var i = 0; i < columns.Count; i++) command.Parameters[i].Value = columns[i].Get(row) ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }
}
