using System.Text.Json;
using System.Text.Json.Nodes;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Api;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>A row of a batch: what it says, which order it means, what becomes of it.</summary>
internal sealed class OrderBatchRow(int number) : BatchRow<OrderInput>(number)
{
    public Order? Stored { get; set; }
    public OrderDetails? Details { get; set; }
}

/// <summary>
/// Makes or changes many orders by their external ids. A row that does not fit is refused by itself; the others come in. Of an order that is there only the
/// fields of the row are changed.
/// </summary>
internal sealed class OrderBatch(CrmDb db, CurrentMember me, IValidator<OrderForm> validator, JsonSerializerOptions json, IStringLocalizer L)
{
    public Task<List<OrderBatchRow>> Run(IReadOnlyList<JsonElement> items, CancellationToken stop) => db.RunBatch(
        () => ApiBatch.Read<OrderBatchRow, OrderInput>(items, (number, said) => new(number) { Said = said }, input => input.ExternalId, json, L),
        async rows =>
        {
            await Decide(rows, stop);
            await Write(rows, stop);
        }, stop);

    private async Task Decide(List<OrderBatchRow> rows, CancellationToken stop)
    {
        var open = rows.Where(row => !row.IsRefused).ToList();
        List<string> ids = [.. open.Select(row => row.ExternalId!)];
        var stored = (await db.Orders.Include(o => o.Lines).Include(o => o.Customer).Where(o => o.ExternalId != null && ids.Contains(o.ExternalId)).ToListAsync(stop))
            .ToDictionary(o => o.ExternalId!, StringComparer.Ordinal);
        foreach (var row in open)
        {
            row.Stored = stored.GetValueOrDefault(row.ExternalId!);
            if (row.Stored is not null) row.Input = MergePatch.Apply((JsonObject)JsonSerializer.SerializeToNode(OrderInput.Of(row.Stored), json)!, row.Said).Deserialize<OrderInput>(json)!;
        }

        var asked = open.ToDictionary(row => row, row => new OrderAsked(row.Input!.ToForm(me.Pass.Currency, me.Now), row.Input.At(me.Now), row.Stored));
        foreach (var (row, one) in asked)
        {
            foreach (var error in validator.Validate(one.Form).Errors) row.Refuse(error.PropertyName, error.ErrorMessage);
            if (row.Stored is { } there && there.CustomerId != one.Form.CustomerId) row.Refuse(nameof(OrderInput.CustomerId), L["An order stays with its customer. Delete it, and place it for the other one."]);
        }

        await CheckReasons(open, stop);
        var reading = await OrderReading.Load(db, me, [.. asked.Where(one => !one.Key.IsRefused).Select(one => one.Value)], L, stop);
        foreach (var (row, one) in asked.Where(one => !one.Key.IsRefused)) row.Details = reading.Read(one, row.Refuse);
    }

    private async Task CheckReasons(List<OrderBatchRow> rows, CancellationToken stop)
    {
        List<long> named = [.. rows.Select(row => row.Input!.ReasonId).OfType<long>().Distinct()];
        var known = named.Count == 0 ? [] : await db.Reasons.Where(r => r.For == ReasonFor.Return && named.Contains(r.Id)).Select(r => r.Id).ToListAsync(stop);
        foreach (var row in rows) OrdersApiController.CheckReturn(row.Input!, row.Stored, known, row.Refuse, L);
    }

    private async Task Write(List<OrderBatchRow> rows, CancellationToken stop)
    {
        var open = rows.Where(row => !row.IsRefused).ToList();
        var fresh = open.Where(row => row.Stored is null).ToList();
        List<Order> made = fresh.ConvertAll(row =>
        {
            var order = Order.OfMany(row.Details!, null, me.Now);
            row.Input!.Bring(order, me.Id, me.Now);
            return order;
        });
        await db.InsertOrders([.. fresh.Zip(made, (row, order) => (order, row.Input!.CustomerId!.Value))], tell: true, stop);
        for (var i = 0; i < fresh.Count; i++) (fresh[i].Id, fresh[i].Outcome) = (made[i].Id, BatchOutcome.Created);
        foreach (var row in open.Where(row => row.Stored is not null))
        {
            var (order, before) = (row.Stored!, OrderInput.Of(row.Stored!));
            var same = Same(before, row.Input!) && order.PlacedAt == row.Details!.PlacedAt;
            (row.Id, row.Outcome) = (order.Id, same ? BatchOutcome.Same : BatchOutcome.Changed);
            if (same) continue;
            order.Change(row.Details!, me.Now);
            row.Input!.Bring(order, me.Id, me.Now);
        }

        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private bool Same(OrderInput one, OrderInput other) => JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one, json), JsonSerializer.SerializeToNode(other, json));
}
