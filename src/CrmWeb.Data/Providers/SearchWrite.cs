using System.Text.Json;
using CrmWeb.Domain.Customers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>Writes search texts, many at once; what is the same already stays as it is.</summary>
internal static class SearchWrite
{
    /// <summary>
    /// Lets one writer after the other compute the texts of a tenant, until its transaction ends: two who change the same customer at once would each
    /// write a text without the change of the other. SQLite has one writer anyway.
    /// </summary>
    public static async Task TakeTurn(CrmDb db, CancellationToken stop)
    {
        var tenant = db.TenantId;
        if (db is PostgreSqlCrmDb) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended('customer-search', {tenant}))", stop);
        else if (db is SqlServerCrmDb)
            await db.Database.ExecuteSqlAsync($"DECLARE @name nvarchar(60) = CONCAT('customer-search-', {tenant}); EXEC sp_getapplock @name, 'Exclusive', 'Transaction', -1", stop);
    }

    /// <summary>Within an open transaction. Answers how many texts were missing or other ones.</summary>
    public static async Task<int> Write(CrmDb db, IReadOnlyList<CustomerSearch> texts, CancellationToken stop)
    {
        if (texts.Count == 0) return 0;
        if (db is SqliteCrmDb) return WriteSqlite(db, texts, stop);
        var tenant = db.TenantId;
        if (db is PostgreSqlCrmDb)
        {
            var (ids, text, more) = (texts.Select(t => t.CustomerId).ToArray(), texts.Select(t => t.Text).ToArray(), texts.Select(t => t.More).ToArray());
            return await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "CustomerSearch" AS s ("TenantId", "CustomerId", "Text", "More") SELECT {tenant}, * FROM unnest({ids}, {text}, {more})
                ON CONFLICT ("TenantId", "CustomerId") DO UPDATE SET "Text" = excluded."Text", "More" = excluded."More" WHERE s."Text" <> excluded."Text" OR s."More" <> excluded."More"
                """, stop);
        }

        var json = JsonSerializer.Serialize(texts.Select(t => new { t.CustomerId, t.Text, t.More }));
        return await db.Database.ExecuteSqlAsync($"""
            MERGE [CustomerSearch] AS s
            USING OPENJSON({json}) WITH ([CustomerId] bigint, [Text] nvarchar(max), [More] nvarchar(max)) AS t ON s.[TenantId] = {tenant} AND s.[CustomerId] = t.[CustomerId]
            WHEN MATCHED AND (s.[Text] <> t.[Text] OR s.[More] <> t.[More]) THEN UPDATE SET [Text] = t.[Text], [More] = t.[More]
            WHEN NOT MATCHED THEN INSERT ([TenantId], [CustomerId], [Text], [More]) VALUES ({tenant}, t.[CustomerId], t.[Text], t.[More]);
            """, stop);
    }

    private static int WriteSqlite(CrmDb db, IReadOnlyList<CustomerSearch> texts, CancellationToken stop)
    {
        var table = BulkTable.Of<CustomerSearch>(db);
        List<BulkColumn> columns = [.. new[] { nameof(CustomerSearch.CustomerId), nameof(CustomerSearch.Text), nameof(CustomerSearch.More) }.Select(table.Find)];
        using var upsert = new SqliteStatement((SqliteConnection)db.Database.GetDbConnection(), $"""
            INSERT INTO "CustomerSearch" ("TenantId", "CustomerId", "Text", "More") VALUES ({db.TenantId}, ?, ?, ?)
            ON CONFLICT ("TenantId", "CustomerId") DO UPDATE SET "Text" = excluded."Text", "More" = excluded."More" WHERE "Text" <> excluded."Text" OR "More" <> excluded."More"
            """);
        var written = 0;
        foreach (var text in texts)
        {
            stop.ThrowIfCancellationRequested();
            // what the triggers write is not counted
            written += upsert.Execute(columns, text);
        }

        return written;
    }
}
