using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// Keeps others off the rows of customers until the transaction ends, in the order of their ids, so that two who hold the same do not wait for each other.
/// As strong as an update that leaves the keys alone: rows that name these customers may still be written. SQLite has one writer anyway.
/// </summary>
internal static class CustomerHold
{
    /// <summary>From one id to another.</summary>
    public static Task Take(CrmDb db, long first, long last, CancellationToken stop)
    {
        var tenant = db.TenantId;
        return db switch
        {
            PostgreSqlCrmDb => db.Database.ExecuteSqlAsync(
                $"""SELECT COUNT(*) FROM (SELECT 1 FROM "Customers" WHERE "TenantId" = {tenant} AND "Id" BETWEEN {first} AND {last} ORDER BY "Id" FOR NO KEY UPDATE) AS held""", stop),
            SqlServerCrmDb => db.Database.ExecuteSqlAsync(
                $"DECLARE @n bigint; SELECT @n = COUNT(*) FROM [Customers] WITH (UPDLOCK, ROWLOCK) WHERE [TenantId] = {tenant} AND [Id] BETWEEN {first} AND {last}", stop),
            _ => Task.CompletedTask,
        };
    }

    /// <summary>Some of them.</summary>
    public static Task Take(CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        if (ids.Count == 0) return Task.CompletedTask;
        var tenant = db.TenantId;
        return db switch
        {
            PostgreSqlCrmDb => db.Database.ExecuteSqlAsync(
                $"""SELECT COUNT(*) FROM (SELECT 1 FROM "Customers" WHERE "TenantId" = {tenant} AND "Id" = ANY({ids.ToArray()}) ORDER BY "Id" FOR NO KEY UPDATE) AS held""", stop),
            SqlServerCrmDb => db.Database.ExecuteSqlAsync(
                $"""
                DECLARE @n bigint; SELECT @n = COUNT(*) FROM (SELECT TOP (2147483647) CAST([value] AS bigint) AS [Id] FROM OPENJSON({JsonSerializer.Serialize(ids.Order())}) ORDER BY 1) AS i
                INNER LOOP JOIN [Customers] AS c WITH (UPDLOCK, ROWLOCK) ON c.[TenantId] = {tenant} AND c.[Id] = i.[Id] OPTION (FORCE ORDER)
                """, stop),
            _ => Task.CompletedTask,
        };
    }
}
