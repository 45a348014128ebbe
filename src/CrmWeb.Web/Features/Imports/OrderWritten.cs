using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Sales;

namespace CrmWeb.Web.Features.Imports;

/// <summary>An order before an import changed it, as JSON beside the row.</summary>
internal sealed record OrderBefore(long OrderId, int VersionAfter, OrderProgress Progress, OrderDetails Details)
{
    // at another worth it may be since: that of its day is asked for when it is put back
    public static OrderBefore Of(Order order) => new(order.Id, order.Version + 1, OrderProgress.Of(order), new OrderDetails
    {
        PlacedAt = order.PlacedAt,
        Channel = order.Channel,
        Conversion = Conversion.None(order.Currency),
        ExternalId = order.ExternalId,
        Note = order.Note,
        Lines = [.. order.Lines.OrderBy(line => line.Position).Select(line => line.Details)],
    });

    public static OrderBefore? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<OrderBefore>(json);

    public string Write() => JsonSerializer.Serialize(this);
}

/// <summary>Writes what a plan of orders says, within the transaction of its batch.</summary>
internal sealed class OrderWritten(CrmDb db, long importId, DateTime now)
{
    public async Task Write(OrderPlan plan, CancellationToken stop)
    {
        var made = plan.Made.ToDictionary(one => one.Key, one => new Customer(one.Value, now), StringComparer.Ordinal);
        foreach (var customer in made.Values) customer.CameFrom(importId);
        await db.InsertCustomers([.. made.Values], now, stop);
        await db.InsertOrders([.. plan.Rows.Where(row => row.Outcome == RowOutcome.New).Select(row => (New(row), row.Customer ?? made[row.Read.Customer].Id))], tell: false, stop);
        var rows = plan.Rows.Where(row => row.Outcome == RowOutcome.Refused).Select(row => Refused(importId, row)).ToList();
        foreach (var row in plan.Rows.Where(row => row.Outcome == RowOutcome.Changed)) rows.Add(Change(row));
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        await db.BulkInsert(rows, stop);
    }

    public static ImportRow Refused(long importId, PlannedOrder row) => new(importId, row.Read.Row.Line, RowOutcome.Refused)
    {
        Reason = Refusal.Join(row.Read.Refusals),
        Before = Snapshot.Cells(row.Read.Row),
    };

    private Order New(PlannedOrder row)
    {
        var order = Order.OfMany(row.Details!, importId, now);
        Bring(order, row.Read.State ?? OrderState.Placed, order.PlacedAt);
        return order;
    }

    private ImportRow Change(PlannedOrder row)
    {
        var order = row.Stored!;
        var before = OrderBefore.Of(order);
        order.Change(row.Details!, now);
        if (row.Read.State is { } state) Bring(order, state, now);
        return new ImportRow(importId, row.Read.Row.Line, RowOutcome.Changed) { CustomerId = row.Customer, Before = before.Write() };
    }

    private static void Bring(Order order, OrderState state, DateTime at)
    {
        if (order.State == state) return;
        if (state == OrderState.Returned)
        {
            order.Return(null, null, null, at);
            return;
        }

        order.Keep(at);
        if (state == OrderState.Paid) order.Pay(at);
        else order.Unpay(at);
    }
}
