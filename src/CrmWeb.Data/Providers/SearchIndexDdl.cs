using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.Data.Providers;

/// <summary>What a migration calls to make the index of an engine, and to take it away.</summary>
public static partial class SearchIndex
{
    private const string Fts = "CustomerSearchIndex";

    public static void Create(MigrationBuilder migration)
    {
        if (migration.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal))
        {
            var key = $"(new.\"TenantId\" << {CustomerBits}) | new.\"CustomerId\"";
            migration.Sql($"""
                CREATE VIRTUAL TABLE "{Fts}" USING fts5("Text", "More", content='', contentless_delete=1, tokenize='trigram');
                INSERT INTO "{Fts}"("{Fts}", rank) VALUES ('hashsize', 16777216);
                """);
            // by triggers of the narrow table, never of the customers: an import writes those first, and these at its end
            migration.Sql($"""
                CREATE TRIGGER "{Table}_Added" AFTER INSERT ON "{Table}" BEGIN
                    INSERT INTO "{Fts}"(rowid, "Text", "More") VALUES ({key}, new."Text", new."More");
                END;
                """);
            migration.Sql($"""
                CREATE TRIGGER "{Table}_Changed" AFTER UPDATE ON "{Table}" BEGIN
                    UPDATE "{Fts}" SET "Text" = new."Text", "More" = new."More" WHERE rowid = ({key});
                END;
                """);
            migration.Sql($"""
                CREATE TRIGGER "{Table}_Removed" AFTER DELETE ON "{Table}" BEGIN
                    DELETE FROM "{Fts}" WHERE rowid = ((old."TenantId" << {CustomerBits}) | old."CustomerId");
                END;
                """);
        }
        else if (migration.ActiveProvider!.EndsWith("PostgreSQL", StringComparison.Ordinal))
        {
            // both are trusted: the owner of the database may make them
            migration.Sql("CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS btree_gin;");
            migration.Sql($"CREATE INDEX \"IX_{Table}_Trigrams\" ON \"{Table}\" USING gin (\"TenantId\", \"Text\" gin_trgm_ops, \"More\" gin_trgm_ops);");
        }
    }

    /// <summary>Before the table goes.</summary>
    public static void Drop(MigrationBuilder migration)
    {
        if (!migration.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)) return;
        migration.Sql($"DROP TRIGGER \"{Table}_Added\"; DROP TRIGGER \"{Table}_Changed\"; DROP TRIGGER \"{Table}_Removed\"; DROP TABLE \"{Fts}\";");
    }
}
