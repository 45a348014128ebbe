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
    public static async Task Take(CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        if (Of(db, ids) is { } hold) await hold.Run(db, stop);
    }

    /// <summary>Those who are to be removed: whoever writes a row that names one of them is waited for too, before anything of them goes.</summary>
    public static async Task TakeWhole(CrmDb db, IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        if (Of(db, ids, "UPDATE") is { } hold) await hold.Run(db, stop);
    }

    /// <summary>Likewise, as a statement; null where there is nobody to hold.</summary>
    public static Statement? Of(CrmDb db, IReadOnlyCollection<long> ids, string strength = "NO KEY UPDATE") => db switch
    {
        _ when ids.Count == 0 => null,
        PostgreSqlCrmDb => new(
            $$"""SELECT COUNT(*) FROM (SELECT 1 FROM "Customers" WHERE "TenantId" = {0} AND "Id" = ANY({1}) ORDER BY "Id" FOR {{strength}}) AS held""", [db.TenantId, ids.ToArray()]),
        SqlServerCrmDb => new(
            """
            DECLARE @n bigint; SELECT @n = COUNT(*) FROM (SELECT TOP (2147483647) CAST([value] AS bigint) AS [Id] FROM OPENJSON({1}) ORDER BY 1) AS i
            INNER LOOP JOIN [Customers] AS c WITH (UPDLOCK, ROWLOCK) ON c.[TenantId] = {0} AND c.[Id] = i.[Id] OPTION (FORCE ORDER)
            """, [db.TenantId, JsonSerializer.Serialize(ids.Order())]),
        _ => null,
    };
}
