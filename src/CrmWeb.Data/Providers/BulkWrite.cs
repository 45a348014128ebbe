using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>A key to set on each row before it is written: the row at an index points to the answer.</summary>
public sealed record BulkKey(string Property, Func<int, long> Of);

/// <summary>
/// Writes many rows at once, past the change tracker: COPY on PostgreSQL, prepared commands on SQLite, bulk copy on SQL Server. The columns and the
/// conversion of values are the model's; the tenant is stamped and checked here, as saving does.
/// </summary>
public static class BulkWrite
{
    // what an edit of the details does not touch: facts are kept by statements of their own, and must not be written back stale
    public static readonly IReadOnlyList<string> NotDetails =
    [
        nameof(Customer.Id), nameof(Customer.TenantId), nameof(Customer.Version), nameof(Customer.CreatedAt), nameof(Customer.DeletedAt),
        nameof(Customer.ImportId), nameof(Customer.MergedIntoId), nameof(Customer.Origin), .. CustomerFacts.Kept,
    ];

    /// <summary>Inserts the rows and gives each the id that the database made for it. Needs an open transaction.</summary>
    /// <exception cref="InvalidOperationException">A row belongs to another tenant.</exception>
    public static async Task BulkInsert<T>(this CrmDb db, IReadOnlyList<T> rows, IReadOnlyList<BulkKey> keys, CancellationToken stop) where T : class, ITenantOwned
    {
        if (rows.Count == 0) return;
        var table = BulkTable.Of<T>(db);
        Stamp(db, table, rows, keys);
        await Engine(db).Insert(db, table, rows, stop);
    }

    public static Task BulkInsert<T>(this CrmDb db, IReadOnlyList<T> rows, CancellationToken stop) where T : class, ITenantOwned => db.BulkInsert(rows, [], stop);

    /// <summary>Writes the details of customers that were read with their version. Needs an open transaction. Contact points and tags are rows of their own.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody changed one of them since; nothing may be committed.</exception>
    /// <param name="only">The properties that changed, where they are known: the engine then leaves the other columns and their indexes alone.</param>
    public static async Task BulkUpdate(this CrmDb db, IReadOnlyList<Customer> customers, CancellationToken stop, IReadOnlyCollection<string>? only = null)
    {
        if (customers.Count == 0) return;
        var table = BulkTable.Of<Customer>(db);
        Stamp(db, table, customers, []);
        var columns = table.Columns.Where(column => only is null ? !NotDetails.Contains(column.Property, StringComparer.Ordinal) : only.Contains(column.Property, StringComparer.Ordinal)).ToList();
        var written = await Engine(db).Update(db, table, columns, customers, stop);
        if (written != customers.Count) throw new DbUpdateConcurrencyException($"{customers.Count - written} customers were changed by somebody else.");
    }

    internal static string Quoted(string name) => $"\"{name}\"";

    private static IBulkEngine Engine(CrmDb db) => db switch
    {
        SqliteCrmDb => new SqliteBulk(),
        PostgreSqlCrmDb => new PostgreSqlBulk(),
        _ => new SqlServerBulk(),
    };

    private static void Stamp<T>(CrmDb db, BulkTable table, IReadOnlyList<T> rows, IReadOnlyList<BulkKey> keys) where T : class, ITenantOwned
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Writing many rows needs a transaction.");
        var tenant = table.Find(nameof(ITenantOwned.TenantId)).SetKey!;
        var setters = keys.Select(key => (key.Of, Set: table.Find(key.Property).SetKey!)).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].TenantId == 0) tenant(rows[i], db.TenantId);
            else if (rows[i].TenantId != db.TenantId) throw new InvalidOperationException($"A row of {table.Name} belongs to another tenant.");
            foreach (var (of, set) in setters) set(rows[i], of(i));
        }
    }
}

internal interface IBulkEngine
{
    Task Insert(CrmDb db, BulkTable table, IReadOnlyList<object> rows, CancellationToken stop);

    /// <summary>Answers how many rows still had the version they were read with.</summary>
    Task<int> Update(CrmDb db, BulkTable table, IReadOnlyList<BulkColumn> columns, IReadOnlyList<object> rows, CancellationToken stop);
}
