using CrmWeb.Domain.Tenants;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

internal sealed class SqliteBulk : IBulkEngine
{
    public Task Insert(CrmDb db, BulkTable table, IReadOnlyList<object> rows, CancellationToken stop)
    {
        List<BulkColumn> columns = [.. table.Columns.Where(column => column != table.Id)];
        var names = string.Join(", ", columns.Select(column => BulkWrite.Quoted(column.Name)));
        var values = string.Join(", ", columns.Select(_ => "?"));
        using var insert = Statement(db, $"INSERT INTO {BulkWrite.Quoted(table.Name)} ({names}) VALUES ({values})");
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            insert.Execute(columns, row);
            table.Id?.SetKey!(row, insert.LastId);
        }

        return Task.CompletedTask;
    }

    public Task<int> Update(CrmDb db, BulkTable table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop)
    {
        BulkColumn[] all = [.. columns, table.Find(nameof(TenantOwned.TenantId)), table.Id!, table.Find(nameof(IVersioned.Version))];
        var set = string.Join(", ", columns.Select(column => $"{BulkWrite.Quoted(column.Name)} = ?"));
        using var update = Statement(db, $"UPDATE {BulkWrite.Quoted(table.Name)} SET {set}, \"Version\" = \"Version\" + 1 WHERE \"TenantId\" = ? AND \"Id\" = ? AND \"Version\" = ?");
        var written = 0;
        foreach (var row in rows)
        {
            stop.ThrowIfCancellationRequested();
            written += update.Execute(all, row);
        }

        return Task.FromResult(written);
    }

    private static SqliteStatement Statement(CrmDb db, string sql) => new((SqliteConnection)db.Database.GetDbConnection(), sql);
}
