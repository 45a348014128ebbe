using System.Data;
using CrmWeb.Domain.Tenants;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CrmWeb.Data.Providers;

/// <summary>Bulk copy into a temporary table, and one statement from there: no MERGE, whose races are its own chapter.</summary>
internal sealed class SqlServerBulk : IBulkEngine
{
    private const string Ordinal = "__Ordinal";

    public async Task Insert(CrmDb db, BulkTable table, IReadOnlyList<object> rows, CancellationToken stop)
    {
        var columns = table.Columns.Where(column => column != table.Id).ToList();
        await Stage(db, table, columns, rows, stop);
        var names = Names(columns);
        var output = table.Id is null ? "" : " OUTPUT inserted.[Id]";
        // identity values follow the ORDER BY of the statement; the order of OUTPUT is not promised, so the ids are sorted
        await using var insert = Command(db, $"INSERT INTO [{table.Name}] ({names}){output} SELECT {names} FROM #bulk ORDER BY [{Ordinal}]");
        if (table.Id is not { } id)
        {
            await insert.ExecuteNonQueryAsync(stop);
            return;
        }

        var made = new List<long>(rows.Count);
        await using (var ids = await insert.ExecuteReaderAsync(stop))
        {
            while (await ids.ReadAsync(stop)) made.Add(ids.GetInt64(0));
        }

        made.Sort();
        for (var i = 0; i < rows.Count; i++) id.SetKey!(rows[i], made[i]);
    }

    public async Task<int> Update(CrmDb db, BulkTable table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop)
    {
        await Stage(db, table, [.. columns, table.Find(nameof(TenantOwned.TenantId)), table.Id!, table.Find(nameof(IVersioned.Version))], rows, stop);
        var set = string.Join(", ", columns.Select(column => $"[{column.Name}] = s.[{column.Name}]"));
        await using var update = Command(db, $"""
            UPDATE t SET {set}, [Version] = t.[Version] + 1 FROM [{table.Name}] t
            JOIN #bulk s ON t.[TenantId] = s.[TenantId] AND t.[Id] = s.[Id] AND t.[Version] = s.[Version]
            """);
        return await update.ExecuteNonQueryAsync(stop);
    }

    private static async Task Stage(CrmDb db, BulkTable table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop)
    {
        // the union takes the identity off the copied column
        await using (var make = Command(db, $"""
            DROP TABLE IF EXISTS #bulk;
            SELECT {Names(columns)}, CAST(0 AS int) AS [{Ordinal}] INTO #bulk FROM [{table.Name}] WHERE 1 = 0
            UNION ALL SELECT {Names(columns)}, 0 FROM [{table.Name}] WHERE 1 = 0
            """)) await make.ExecuteNonQueryAsync(stop);

        using var staged = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var column in columns) staged.Columns.Add(column.Name, column.Type);
        staged.Columns.Add(Ordinal, typeof(int));
        for (var i = 0; i < rows.Count; i++) staged.Rows.Add([.. columns.Select(column => column.Get(rows[i]) ?? DBNull.Value), i]);

        using var copy = new SqlBulkCopy((SqlConnection)db.Database.GetDbConnection(), SqlBulkCopyOptions.Default, Transaction(db)) { DestinationTableName = "#bulk" };
        foreach (DataColumn column in staged.Columns) copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        await copy.WriteToServerAsync(staged, stop);
    }

    private static string Names(IEnumerable<BulkColumn> columns) => string.Join(", ", columns.Select(column => $"[{column.Name}]"));

    private static SqlCommand Command(CrmDb db, string sql) => new(sql, (SqlConnection)db.Database.GetDbConnection(), Transaction(db));

    private static SqlTransaction Transaction(CrmDb db) => (SqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
}
