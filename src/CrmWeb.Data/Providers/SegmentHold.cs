using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// Keeps refreshes and lists off all segments until the transaction ends, in the order of their ids: for whoever moves stays from one customer to another. Taken before
/// customers are, as a refresh does. SQLite has one writer anyway.
/// </summary>
internal static class SegmentHold
{
    public static Task Take(CrmDb db, CancellationToken stop)
    {
        var tenant = db.TenantId;
        return db switch
        {
            PostgreSqlCrmDb => db.Database.ExecuteSqlAsync(
                $"""SELECT COUNT(*) FROM (SELECT 1 FROM "Segments" WHERE "TenantId" = {tenant} ORDER BY "Id" FOR NO KEY UPDATE) AS held""", stop),
            SqlServerCrmDb => db.Database.ExecuteSqlAsync($"DECLARE @n bigint; SELECT @n = COUNT(*) FROM [Segments] WITH (UPDLOCK, ROWLOCK) WHERE [TenantId] = {tenant}", stop),
            _ => Task.CompletedTask,
        };
    }
}
