using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.Data.Providers;

/// <summary>What a migration calls to write down how customers came in before that was kept: by their import, or as their history tells.</summary>
public static class CustomerOrigins
{
    public static void Fill(MigrationBuilder migration)
    {
        migration.Sql("""UPDATE "Customers" SET "Origin" = 2 WHERE "ImportId" IS NOT NULL;""");
        migration.Sql("""
            UPDATE "Customers" SET "Origin" = (SELECT MIN("x"."Via") FROM "Changes" AS "x"
                WHERE "x"."TenantId" = "Customers"."TenantId" AND "x"."Record" = 1 AND "x"."RecordId" = "Customers"."Id" AND "x"."Act" = 1)
            WHERE "ImportId" IS NULL;
            """);
    }
}
