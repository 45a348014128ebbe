using System.Data.Common;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Benchmarks.Bare;

public sealed class BareController : Controller
{
    private BareDatabase Database => HttpContext.RequestServices.GetRequiredService<BareDatabase>();

    [HttpGet("bare/ready")]
    public IActionResult Ready() => Ok();

    [HttpGet("bare/customers")]
    public async Task<IActionResult> List(string? name, long id)
    {
        await using var connection = await Database.Open();
        return View(name is null
            ? await connection.Read($"{BareQueries.Rows} {BareQueries.ByName}", Row)
            : await connection.Read($"{BareQueries.Rows} {BareQueries.After} {BareQueries.ByName}", Row, ("@name", name), ("@id", id)));
    }

    [HttpGet("bare/customers/{id:long}")]
    public async Task<IActionResult> Show(long id)
    {
        await using var connection = await Database.Open();
        if (await connection.Read(BareQueries.Customer, Customer, ("@id", id)) is not [var customer]) return NotFound();
        (string, object)[] of = [("@id", id), ("@yes", true), ("@no", false)];
        var organisation = customer.Kind == 1 ? id : customer.OrganisationId;
        return View(new BarePage(
            customer,
            await connection.Read(BareQueries.Contacts, reader => reader.GetString(0), of[0]),
            await connection.Read(BareQueries.Tags, reader => reader.GetString(0), of[0]),
            await connection.Read(BareQueries.Tasks(done: false), Job, of[0]),
            await connection.Read(BareQueries.Interactions(planned: true), Interaction, of[0], of[1]),
            organisation is { } its ? await connection.Read(BareQueries.Related, reader => new BareRelated(reader.GetInt64(0), reader.GetString(1), reader.Text(2)), ("@id", its)) : [],
            await connection.Read(BareQueries.Interactions(planned: false), Interaction, of[0], of[2]),
            await connection.Read(BareQueries.Tasks(done: true), Job, of[0]),
            await connection.Read(BareQueries.Events, reader => new BareEvent(reader.GetInt64(0), reader.GetDateTime(1), reader.GetString(2), reader.Text(3)), of[0], of[2])));
    }

    [HttpPost("bare/interactions")]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Log(long customerId, int channel, string subject, long memberId)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var connection = await Database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var insert = connection.Command("""
            INSERT INTO "Interactions" ("TenantId", "CustomerId", "MemberId", "Channel", "Direction", "OccurredAt", "IsPlanned", "Subject", "Outcome", "CreatedAt", "UpdatedAt", "Version")
            VALUES (1, @customer, @member, @channel, 0, @now, @planned, @subject, 0, @now, @now, 0)
            """, ("@customer", customerId), ("@member", memberId), ("@channel", channel), ("@now", now), ("@planned", false), ("@subject", subject));
        insert.Transaction = transaction;
        await insert.ExecuteNonQueryAsync();
        await using var update = connection.Command("""UPDATE "Customers" SET "LastInteractionAt" = @now WHERE "TenantId" = 1 AND "Id" = @customer""", ("@now", now), ("@customer", customerId));
        update.Transaction = transaction;
        await update.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return Redirect("/bare/customers");
    }

    [HttpPost("bare/orders")]
    [IgnoreAntiforgeryToken]
    public async Task<IActionResult> Order(long customerId, string description, int quantity, long unitPrice)
    {
        var (now, total) = (TimeProvider.System.GetUtcNow().UtcDateTime, quantity * unitPrice);
        await using var connection = await Database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var order = connection.Command("""
            INSERT INTO "Orders" ("TenantId", "CustomerId", "PlacedAt", "Channel", "State", "Currency", "Total", "BaseTotal", "CreatedAt", "UpdatedAt", "Version")
            VALUES (1, @customer, @now, 1, 0, 'EUR', @total, @total, @now, @now, 0) RETURNING "Id"
            """, ("@customer", customerId), ("@now", now), ("@total", total));
        order.Transaction = transaction;
        var id = await order.ExecuteScalarAsync();
        await using var line = connection.Command("""
            INSERT INTO "OrderLines" ("TenantId", "OrderId", "Description", "Quantity", "UnitPrice", "Total", "Position") VALUES (1, @order, @description, @quantity, @price, @total, 0)
            """, ("@order", id!), ("@description", description), ("@quantity", quantity), ("@price", unitPrice), ("@total", total));
        line.Transaction = transaction;
        await line.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return Created($"/bare/orders/{id}", new { id, customerId, placedAt = now, total });
    }

    private static BareRow Row(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.Text(3), row.GetInt32(4), row.Text(5), row.Text(6), row.Text(7), row.Instant(8));

    private static BareCustomer Customer(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.Text(3), row.Text(4), row.Text(5), row.Text(6), row.Text(7), row.Text(8), row.Text(9), row.Text(10), row.Text(11),
        row.GetInt32(12), row.GetDateTime(13), row.Text(14), row.Text(15), row.Text(16), row.Text(17), row.Text(18), row.IsDBNull(19) ? null : row.GetInt64(19), row.Text(20),
        row.GetDateTime(21), row.GetDateTime(22), row.Instant(23));

    private static BareInteraction Interaction(DbDataReader row) => new(
        row.GetInt64(0), row.GetDateTime(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetInt32(5), row.Text(6), row.Text(7), row.GetString(8));

    private static BareTask Job(DbDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetDateTime(2), row.GetString(3));
}
