using System.Data.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Benchmarks.Bare;

public sealed record BareCustomer(long Id, string Name, string? Email, string? Phone, string? City, int Stage, DateTime? LastInteractionAt);

public sealed record BareInteraction(long Id, DateTime OccurredAt, int Channel, string? Subject, string? Body);

public sealed record BarePage(BareCustomer Customer, IReadOnlyList<BareInteraction> Timeline);

public sealed class BareController : Controller
{
    private const string Columns = "\"Id\", \"Name\", \"Email\", \"Phone\", \"City\", \"Stage\", \"LastInteractionAt\"";

    private BareDatabase Database => HttpContext.RequestServices.GetRequiredService<BareDatabase>();

    [HttpGet("bare/ready")]
    public IActionResult Ready() => Ok();

    [HttpGet("bare/customers")]
    public async Task<IActionResult> List(string? name, long id)
    {
        await using var connection = await Database.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT {Columns} FROM "Customers"
            WHERE "TenantId" = 1 AND "DeletedAt" IS NULL {(name is null ? "" : """AND ("NameNormal", "Id") > (@name, @id)""")}
            ORDER BY "NameNormal", "Id" LIMIT 50
            """;
        if (name is not null)
        {
            Add(command, "@name", name);
            Add(command, "@id", id);
        }

        var rows = new List<BareCustomer>(50);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(Customer(reader));
        return View(rows);
    }

    [HttpGet("bare/customers/{id:long}")]
    public async Task<IActionResult> Show(long id)
    {
        await using var connection = await Database.Open();
        await using var one = connection.CreateCommand();
        one.CommandText = $"SELECT {Columns} FROM \"Customers\" WHERE \"TenantId\" = 1 AND \"Id\" = @id";
        Add(one, "@id", id);
        BareCustomer customer;
        await using (var reader = await one.ExecuteReaderAsync())
        {
            if (!await reader.ReadAsync()) return NotFound();
            customer = Customer(reader);
        }

        await using var many = connection.CreateCommand();
        many.CommandText = """
            SELECT "Id", "OccurredAt", "Channel", "Subject", "Body" FROM "Interactions"
            WHERE "TenantId" = 1 AND "CustomerId" = @id AND "DeletedAt" IS NULL ORDER BY "OccurredAt" DESC, "Id" DESC LIMIT 30
            """;
        Add(many, "@id", id);
        var timeline = new List<BareInteraction>(30);
        await using (var reader = await many.ExecuteReaderAsync())
            while (await reader.ReadAsync()) timeline.Add(new BareInteraction(reader.GetInt64(0), reader.GetDateTime(1), reader.GetInt32(2), Text(reader, 3), Text(reader, 4)));
        return View(new BarePage(customer, timeline));
    }

    [HttpPost("bare/interactions")]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Log(long customerId, int channel, string subject, long memberId)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var connection = await Database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO "Interactions" ("TenantId", "CustomerId", "MemberId", "Channel", "Direction", "OccurredAt", "IsPlanned", "Subject", "Outcome", "CreatedAt", "UpdatedAt", "Version")
            VALUES (1, @customer, @member, @channel, 0, @now, @planned, @subject, 0, @now, @now, 0)
            """;
        Add(insert, "@customer", customerId);
        Add(insert, "@member", memberId);
        Add(insert, "@channel", channel);
        Add(insert, "@now", now);
        Add(insert, "@planned", false);
        Add(insert, "@subject", subject);
        await insert.ExecuteNonQueryAsync();
        await using var update = connection.CreateCommand();
        update.Transaction = transaction;
        update.CommandText = """UPDATE "Customers" SET "LastInteractionAt" = @now WHERE "TenantId" = 1 AND "Id" = @customer""";
        Add(update, "@now", now);
        Add(update, "@customer", customerId);
        await update.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return Redirect("/bare/customers");
    }

    private static BareCustomer Customer(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), Text(reader, 4), reader.GetInt32(5), reader.IsDBNull(6) ? null : reader.GetDateTime(6));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
