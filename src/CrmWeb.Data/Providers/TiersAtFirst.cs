using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.Data.Providers;

/// <summary>Which service tier counts, for the customers that are there when the column comes; from then on it is kept by the program.</summary>
internal static class TiersAtFirst
{
    public static void Fill(MigrationBuilder migration)
    {
        migration.Sql("""UPDATE "Customers" SET "EffectiveTierId" = "ServiceTierId" WHERE "ServiceTierId" IS NOT NULL""");
        var (first, one) = migration.ActiveProvider!.EndsWith("SqlServer", StringComparison.Ordinal) ? ("TOP (1) ", "") : ("", " LIMIT 1");
        migration.Sql($"""
            UPDATE "Customers" SET "EffectiveTierId" = (
                SELECT {first}s."ServiceTierId" FROM "Memberships" AS m
                JOIN "Segments" AS s ON s."TenantId" = m."TenantId" AND s."Id" = m."SegmentId"
                JOIN "ServiceTiers" AS t ON t."TenantId" = s."TenantId" AND t."Id" = s."ServiceTierId"
                WHERE m."TenantId" = "Customers"."TenantId" AND m."CustomerId" = "Customers"."Id" AND m."LeftAt" IS NULL AND s."DeletedAt" IS NULL
                ORDER BY CASE WHEN t."DeletedAt" IS NULL THEN 0 ELSE 1 END, t."Position", t."Id"{one})
            WHERE "ServiceTierId" IS NULL AND "Id" IN (
                SELECT m."CustomerId" FROM "Memberships" AS m JOIN "Segments" AS s ON s."TenantId" = m."TenantId" AND s."Id" = m."SegmentId"
                WHERE m."LeftAt" IS NULL AND s."DeletedAt" IS NULL AND s."ServiceTierId" IS NOT NULL)
            """);
    }
}
