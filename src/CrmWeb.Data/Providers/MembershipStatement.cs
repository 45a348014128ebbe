using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// Brings the members of a segment to what its rule says, in statements over all of them. The rule is asked once, before the transaction, into a table of the
/// connection: nobody waits for a lock while a rule goes through millions of rows, and both differences are of one and the same answer.
/// </summary>
internal sealed class MembershipStatement : IAsyncDisposable
{
    private readonly CrmDb db;

    private MembershipStatement(CrmDb db) => this.db = db;

    private string Judged => db is SqlServerCrmDb ? "#judged" : "judged_customers";

    private string Turning => db is SqlServerCrmDb ? "#turning" : "turning_customers";

    /// <summary>Asks who matches. The connection stays open until it is disposed.</summary>
    public static async Task<MembershipStatement> Judge(CrmDb db, IQueryable<long> matching, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        var judged = new MembershipStatement(db);
        try
        {
            await db.Database.ExecuteSqlRawAsync(Make(db), stop);
            await using var fill = matching.CreateDbCommand();
            // the query is what EF makes of the rule, with its values as parameters; only its frame is written here
            fill.CommandText = $"INSERT INTO {judged.Judged} SELECT q.* FROM (\n{fill.CommandText}\n) AS q";
            await fill.ExecuteNonQueryAsync(stop);
            var statistics = $"ANALYZE {judged.Judged}";
            if (db is PostgreSqlCrmDb) await db.Database.ExecuteSqlRawAsync(statistics, stop);
            return judged;
        }
        catch
        {
            await judged.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Lets in who matches and is not in, and lets out who is in and does not match, with the event of each. Needs a transaction that holds the segment. Who changed
    /// after <paramref name="since"/> was judged by what they said before: they are left alone.
    /// </summary>
    public async Task<(int Entered, int Left)> Turn(long segmentId, DateTime since, DateTime at, CancellationToken stop)
    {
        var later = await db.Customers.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(c => c.ChangedAt > since, stop);
        string Unchanged(string id) => later ? $$"""AND NOT EXISTS (SELECT 1 FROM "Customers" AS c WHERE c."TenantId" = {0} AND c."Id" = {{id}} AND c."ChangedAt" > {3})""" : "";
        // one statement, so one look at the customers: who changed between two would come in without the event that says so
        var turn = $$"""
            INSERT INTO {{Turning}} SELECT j."Id", 1 FROM {{Judged}} AS j
            WHERE NOT EXISTS (SELECT 1 FROM "Memberships" AS m WHERE m."TenantId" = {0} AND m."SegmentId" = {1} AND m."CustomerId" = j."Id" AND m."LeftAt" IS NULL)
                {{Unchanged("j.\"Id\"")}}
            UNION ALL SELECT m."CustomerId", 0 FROM "Memberships" AS m
            WHERE m."TenantId" = {0} AND m."SegmentId" = {1} AND m."LeftAt" IS NULL AND NOT EXISTS (SELECT 1 FROM {{Judged}} AS j WHERE j."Id" = m."CustomerId")
                {{Unchanged("m.\"CustomerId\"")}}
            """;
        object[] values = [db.TenantId, segmentId, at, since];
        if (await db.Database.ExecuteSqlRawAsync(turn, values, stop) == 0) return (0, 0);
        var entered = await Tell(CustomerEvent.SegmentEntered, isComing: 1, values, stop);
        var enter = $$"""INSERT INTO "Memberships" ("TenantId", "SegmentId", "CustomerId", "EnteredAt") SELECT {0}, {1}, t."Id", {2} FROM {{Turning}} AS t WHERE t."IsComing" = 1""";
        if (entered > 0) await db.Database.ExecuteSqlRawAsync(enter, values, stop);
        var left = await Tell(CustomerEvent.SegmentLeft, isComing: 0, values, stop);
        var leave = $$"""
            UPDATE "Memberships" SET "LeftAt" = {2}
            WHERE "TenantId" = {0} AND "SegmentId" = {1} AND "LeftAt" IS NULL AND "CustomerId" IN (SELECT t."Id" FROM {{Turning}} AS t WHERE t."IsComing" = 0)
            """;
        if (left > 0) await db.Database.ExecuteSqlRawAsync(leave, values, stop);
        return (entered, left);
    }

    public async ValueTask DisposeAsync()
    {
        var drop = $"DROP TABLE IF EXISTS {Judged}; DROP TABLE IF EXISTS {Turning}";
        if (db.Database.CurrentTransaction is null) await db.Database.ExecuteSqlRawAsync(drop);
        await db.Database.CloseConnectionAsync();
    }

    private Task<int> Tell(string kind, int isComing, object[] values, CancellationToken stop)
    {
        var insert = $$"""
            INSERT INTO "CustomerEvents" ("TenantId", "Kind", "OfInteraction", "OccurredAt", "SubjectId", "CustomerId")
            SELECT {0}, '{{kind}}', {{(db is PostgreSqlCrmDb ? "TRUE" : "1")}}, {2}, {1}, t."Id" FROM {{Turning}} AS t WHERE t."IsComing" = {{isComing}}
            """;
        return db.Database.ExecuteSqlRawAsync(insert, values, stop);
    }

    private static string Make(CrmDb db) => db switch
    {
        SqliteCrmDb =>
            """
            DROP TABLE IF EXISTS temp.judged_customers; CREATE TEMP TABLE judged_customers ("Id" INTEGER PRIMARY KEY);
            DROP TABLE IF EXISTS temp.turning_customers; CREATE TEMP TABLE turning_customers ("Id" INTEGER PRIMARY KEY, "IsComing" INTEGER NOT NULL)
            """,
        PostgreSqlCrmDb =>
            """
            DROP TABLE IF EXISTS pg_temp.judged_customers; CREATE TEMP TABLE judged_customers ("Id" bigint PRIMARY KEY);
            DROP TABLE IF EXISTS pg_temp.turning_customers; CREATE TEMP TABLE turning_customers ("Id" bigint PRIMARY KEY, "IsComing" int NOT NULL)
            """,
        _ =>
            """
            DROP TABLE IF EXISTS #judged; CREATE TABLE #judged ([Id] bigint NOT NULL PRIMARY KEY);
            DROP TABLE IF EXISTS #turning; CREATE TABLE #turning ([Id] bigint NOT NULL PRIMARY KEY, [IsComing] int NOT NULL)
            """,
    };
}
