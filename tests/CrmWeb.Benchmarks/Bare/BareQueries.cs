using System.Data.Common;

namespace CrmWeb.Benchmarks.Bare;

/// <summary>The hand-written SQL of the bare pages: what the product's pages show, without tenants' and members' rights.</summary>
internal static class BareQueries
{
    public const string Rows = """
        SELECT c."Id", c."Kind", c."Name", o."Name", c."Stage", c."Email", c."Phone", m."Name", c."LastInteractionAt"
        FROM "Customers" c LEFT JOIN "Customers" o ON o."TenantId" = c."TenantId" AND o."Id" = c."OrganisationId"
        LEFT JOIN "Members" m ON m."TenantId" = c."TenantId" AND m."Id" = c."OwnerId"
        WHERE c."TenantId" = 1 AND c."DeletedAt" IS NULL
        """;

    public const string After = """AND (c."NameNormal", c."Id") > (@name, @id)""";

    public const string ByName = """ORDER BY c."NameNormal", c."Id" LIMIT 50""";

    public const string Customer = """
        SELECT c."Id", c."Kind", c."Name", c."Email", c."Phone", c."Website", c."Street", c."City", c."Region", c."PostalCode", c."Country", c."Industry", c."Stage", c."StageChangedAt",
            c."Source", c."Description", c."ExternalId", m."Name", t."Name", o."Id", o."Name", c."CreatedAt", c."UpdatedAt", c."LastInteractionAt"
        FROM "Customers" c LEFT JOIN "Customers" o ON o."TenantId" = c."TenantId" AND o."Id" = c."OrganisationId"
        LEFT JOIN "Members" m ON m."TenantId" = c."TenantId" AND m."Id" = c."OwnerId" LEFT JOIN "Teams" t ON t."TenantId" = c."TenantId" AND t."Id" = c."TeamId"
        WHERE c."TenantId" = 1 AND c."Id" = @id AND c."DeletedAt" IS NULL
        """;

    public const string Contacts = """SELECT "Value" FROM "ContactPoints" WHERE "TenantId" = 1 AND "CustomerId" = @id ORDER BY "Kind", "Id" """;

    public const string Tags = """
        SELECT t."Name" FROM "CustomerTags" c JOIN "Tags" t ON t."TenantId" = c."TenantId" AND t."Id" = c."TagId" WHERE c."TenantId" = 1 AND c."CustomerId" = @id ORDER BY t."NameNormal"
        """;

    public const string Related = """
        SELECT "Id", "Name", coalesce("Phone", "Email") FROM "Customers"
        WHERE "TenantId" = 1 AND "OrganisationId" = @id AND "DeletedAt" IS NULL ORDER BY "NameNormal", "Id" LIMIT 6
        """;

    public const string Events = """
        SELECT e."Id", e."OccurredAt", e."Kind", m."Name" FROM "CustomerEvents" e LEFT JOIN "Members" m ON m."TenantId" = e."TenantId" AND m."Id" = e."MemberId"
        WHERE e."TenantId" = 1 AND e."CustomerId" = @id AND e."OfInteraction" = @no ORDER BY e."OccurredAt" DESC, e."Id" DESC LIMIT 31
        """;

    public static string Interactions(bool planned) => $"""
        SELECT i."Id", i."OccurredAt", i."Channel", i."Direction", i."Outcome", i."Minutes", i."Subject", i."Body", m."Name"
        FROM "Interactions" i JOIN "Members" m ON m."TenantId" = i."TenantId" AND m."Id" = i."MemberId"
        WHERE i."TenantId" = 1 AND i."CustomerId" = @id AND i."DeletedAt" IS NULL AND i."IsPlanned" = {(planned ? "@yes" : "@no")}
        ORDER BY i."OccurredAt" {(planned ? "" : "DESC")}, i."Id" {(planned ? "" : "DESC")} LIMIT {(planned ? 5 : 31)}
        """;

    public static string Tasks(bool done) => $"""
        SELECT t."Id", t."Title", {(done ? "t.\"DoneAt\"" : "t.\"CreatedAt\"")}, m."Name" FROM "Tasks" t JOIN "Members" m ON m."TenantId" = t."TenantId" AND m."Id" = t."OwnerId"
        WHERE t."TenantId" = 1 AND t."CustomerId" = @id AND t."DeletedAt" IS NULL AND t."DoneAt" IS {(done ? "NOT NULL" : "NULL")}
        ORDER BY {(done ? "t.\"DoneAt\" DESC, t.\"Id\" DESC LIMIT 31" : "t.\"DueOn\", t.\"Id\" LIMIT 5")}
        """;

    public static async Task<List<T>> Read<T>(this DbConnection connection, string sql, Func<DbDataReader, T> row, params (string Name, object Value)[] values)
    {
        await using var command = connection.Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(row(reader));
        return rows;
    }

    public static DbCommand Command(this DbConnection connection, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTime? Instant(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);
}
