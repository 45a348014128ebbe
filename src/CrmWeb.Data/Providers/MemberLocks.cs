using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>Rows of members that one statement writes at once.</summary>
internal static class MemberLocks
{
    /// <summary>
    /// Takes the rows in the order of their ids, until the transaction ends: of two saves that tell the same members, in whatever order, one waits for the
    /// other and not both for each other. SQL Server reads them by their key, in its order; SQLite has one writer.
    /// </summary>
    public static async Task HoldMembers(this CrmDb db, IReadOnlyCollection<long> members, CancellationToken stop)
    {
        if (db is not PostgreSqlCrmDb || members.Count < 2) return;
        var (tenant, ids) = (db.TenantId, members.ToArray());
        await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Members" WHERE "TenantId" = {tenant} AND "Id" = ANY ({ids}) ORDER BY "Id" FOR NO KEY UPDATE""", stop);
    }
}
