using System.Text;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.History;

/// <summary>Changes that are not read from the tracker: those of statements over many rows, told beside the statement and in its transaction.</summary>
public static class ChangeWriting
{
    private const int RowsOfStatement = 100;

    private const string Columns =
        """INSERT INTO "Changes" ("TenantId", "At", "MemberId", "Via", "CauseId", "Record", "RecordId", "CustomerId", "Act", "Field", "Old", "New") VALUES """;

    /// <summary>For the handful of a page or a step. Needs an open transaction.</summary>
    public static Task Tell(this CrmDb db, Change change, CancellationToken stop)
    {
        var statements = new Statements();
        Insert(db, statements, [db.Sign(change, db.Now)]);
        return statements.Run(db, stop);
    }

    /// <summary>For the many of a batch. Needs an open transaction.</summary>
    public static Task Tell(this CrmDb db, IReadOnlyList<Change> changes, CancellationToken stop)
    {
        var now = db.Now;
        foreach (var change in changes) db.Sign(change, now);
        return db.BulkInsert(changes, stop);
    }

    /// <summary>Says who, when and how, as the scope knows it.</summary>
    internal static Change Sign(this CrmDb db, Change change, DateTime now)
    {
        var member = db.ActorId;
        return change.By(member == 0 ? null : member, now, db.Current.Via, db.Current.CauseId);
    }

    /// <summary>One statement for all of them, past the tracker: it costs a save the least.</summary>
    internal static void Insert(CrmDb db, Statements statements, IReadOnlyList<Change> changes)
    {
        foreach (var rows in changes.Chunk(RowsOfStatement))
        {
            var (sql, values) = (new StringBuilder(Columns), new List<object>());
            foreach (var row in rows)
            {
                sql.Append(values.Count > 0 ? ", (" : "(").AppendJoin(", ", Values(db.TenantId, row).Select(Place)).Append(')');
            }

            statements.Add(new(sql.ToString(), values));

            // a null has no type by itself
            string Place(object? value)
            {
                if (value is null) return "NULL";
                values.Add(value);
                return $"{{{values.Count - 1}}}";
            }
        }
    }

    /// <summary>A change that somebody made to their own login, for each of their members, in whichever tenant.</summary>
    internal static Task InsertForMembers(CrmDb db, long userId, string field, string? before, string? after, DateTime now, CancellationToken stop) =>
        db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO "Changes" ("TenantId", "At", "MemberId", "Via", "Record", "RecordId", "Act", "Field", "Old", "New")
            SELECT m."TenantId", {0}, m."Id", {1}, {2}, m."Id", {3}, {4}, NULLIF({5}, ''), NULLIF({6}, '') FROM "Members" m WHERE m."UserId" = {7} AND m."DeactivatedAt" IS NULL
            """, [now, (int)db.Current.Via, (int)RecordKind.Member, (int)Act.Changed, field, before ?? "", after ?? "", userId], stop);

    private static object?[] Values(long tenant, Change row) =>
    [
        tenant, row.At, row.MemberId, (int)row.Via, row.CauseId, (int)row.Record, row.RecordId, row.CustomerId, (int)row.Act, row.Field, row.Old, row.New,
    ];
}
