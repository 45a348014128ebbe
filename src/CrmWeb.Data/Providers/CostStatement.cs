using System.Text.Json;
using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Providers;

/// <summary>
/// What contacts cost, written on their rows: the minutes at what an hour of the dearest role of the member costs on that day, and the contact at what its channel
/// does. The roles are those the member had when it was first told, and stay on the row.
/// </summary>
internal static class CostStatement
{
    /// <summary>Whether the tenant said anything of costs.</summary>
    public const string IsSet = """EXISTS (SELECT 1 FROM "CostRates" AS s WHERE s."TenantId" = {0})""";

    /// <summary>Of all contacts with the customers from one id to another. Answers of how many it was another.</summary>
    public static Task<int> Write(CrmDb db, long first, long last, CancellationToken stop) =>
        db.Database.ExecuteSqlRawAsync(Sql(db, "i.\"CustomerId\" BETWEEN {1} AND {2}"), [db.TenantId, first, last], stop);

    /// <summary>Of these contacts, where the tenant said what costs are.</summary>
    public static Task<int> Write(CrmDb db, IReadOnlyCollection<long> contacts, CancellationToken stop) => Of(db, contacts).Run(db, stop);

    /// <summary>Likewise, as a statement.</summary>
    public static Statement Of(CrmDb db, IReadOnlyCollection<long> contacts) => db switch
    {
        PostgreSqlCrmDb => Of(db, "i.\"Id\" = ANY({1})", contacts.ToArray()),
        SqliteCrmDb => Of(db, "i.\"Id\" IN (SELECT \"value\" FROM json_each({1}))", JsonSerializer.Serialize(contacts)),
        _ => Of(db, "i.\"Id\" IN (SELECT CAST([value] AS bigint) FROM OPENJSON({1}))", JsonSerializer.Serialize(contacts)),
    };

    private static Statement Of(CrmDb db, string those, object contacts) => new(Sql(db, $"{those} AND {IsSet}"), [db.TenantId, contacts]);

    /// <summary>The statement; its first parameter is the tenant.</summary>
    /// <param name="those">Which contacts, called <c>i</c>.</param>
    public static string Sql(CrmDb db, string those)
    {
        var happened = db is PostgreSqlCrmDb ? "NOT i.\"IsPlanned\"" : "i.\"IsPlanned\" = 0";
        var source = $$"""
            FROM (SELECT h."Id", h."Roles", {{Newest(CostKind.Contact, "= h.\"Channel\"")}} AS "Contact",
                    (2 * h."Minutes" * {{Newest(CostKind.Hour, "& h.\"Roles\" <> 0")}} + 60) / 120 AS "Service"
                FROM (SELECT i."Id", i."OccurredAt", i."Channel", COALESCE(i."Minutes", 0) AS "Minutes",
                        CASE WHEN i."MemberRoles" <> 0 THEN i."MemberRoles" ELSE m."Roles" END AS "Roles"
                    FROM "Interactions" AS i JOIN "Members" AS m ON m."TenantId" = i."TenantId" AND m."Id" = i."MemberId"
                    WHERE i."TenantId" = {0} AND {{happened}} AND {{those}}) AS h) AS f
            """;
        const string set = """ "MemberRoles" = f."Roles", "ServiceCost" = f."Service", "ContactCost" = f."Contact" """;
        const string other = """
            r."TenantId" = {0} AND r."Id" = f."Id"
                AND (r."MemberRoles" <> f."Roles" OR r."ServiceCost" IS DISTINCT FROM f."Service" OR r."ContactCost" IS DISTINCT FROM f."Contact")
            """;
        return db is SqlServerCrmDb ? $"UPDATE r SET {set} {source} JOIN \"Interactions\" AS r ON {other}" : $"UPDATE \"Interactions\" AS r SET {set} {source} WHERE {other}";
    }

    /// <summary>What holds at the instant of the contact <c>h</c>; of several the dearest.</summary>
    private static string Newest(CostKind kind, string which) => $$"""
        (SELECT MAX(k."Amount") FROM "CostRates" AS k WHERE k."TenantId" = {0} AND k."Kind" = {{(int)kind}} AND k."Which" {{which}} AND k."BeginsAt" <= h."OccurredAt"
            AND NOT EXISTS (SELECT 1 FROM "CostRates" AS n WHERE n."TenantId" = {0} AND n."Kind" = k."Kind" AND n."Which" = k."Which" AND n."BeginsAt" > k."BeginsAt" AND n."BeginsAt" <= h."OccurredAt"))
        """;
}
