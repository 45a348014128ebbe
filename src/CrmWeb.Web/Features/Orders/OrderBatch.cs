using System.Data.Common;
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
internal sealed class OrderBatchRow(int number)
{
    private readonly Dictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public JsonElement Said { get; init; }
    public string? ExternalId { get; set; }
    public OrderInput? Input { get; set; }
    public Order? Stored { get; set; }
    public OrderDetails? Details { get; set; }
    public OrderOutcome Outcome { get; set; }
    public long? Id { get; set; }
    public bool IsRefused => errors.Count > 0;

    public void Refuse(string field, string text)
    {
        var name = ApiJson.Field(field);
        if (!errors.TryGetValue(name, out var texts)) errors[name] = texts = [];
        if (!texts.Contains(text, StringComparer.Ordinal)) texts.Add(text);
    }

    public OrderBatchResult Result() => new(number, ExternalId, Outcome, Id, IsRefused ? errors : null);
}

/// <summary>
/// Makes or changes many orders by their external ids. A row that does not fit is refused by itself; the others come in. Of an order that is there only the
/// fields of the row are changed.
/// </summary>
internal sealed class OrderBatch(CrmDb db, CurrentMember me, IValidator<OrderForm> validator, JsonSerializerOptions json, IStringLocalizer L)
{
    public const int MaxRows = 1000;

    private const int Attempts = 4;
    private const string Mark = "batch";

    public async Task<List<OrderBatchRow>> Run(IReadOnlyList<JsonElement> items, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var rows = Read(items);
            var around = db.Database.CurrentTransaction;
            await using var own = around is null ? await db.Database.BeginTransactionAsync(stop) : null;
            if (around is not null) await around.CreateSavepointAsync(Mark, stop);
            try
            {
                await Decide(rows, stop);
                await Write(rows, stop);
                if (own is not null) await own.CommitAsync(stop);
                return rows;
            }
            catch (Exception e) when (e is DbException or DbUpdateException && attempt < Attempts)
            {
                // somebody changed one of the orders at the same time, or took an external id: look again and decide again
                db.ChangeTracker.Clear();
                if (around is not null) await around.RollbackToSavepointAsync(Mark, stop);
            }
        }
    }

    private List<OrderBatchRow> Read(IReadOnlyList<JsonElement> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. items.Select((item, i) => Read(item, i, seen))];
    }

    private OrderBatchRow Read(JsonElement item, int number, HashSet<string> seen)
    {
        var row = new OrderBatchRow(number) { Said = item };
        if (item.ValueKind != JsonValueKind.Object) row.Refuse("", L["This value does not fit here, or is no JSON."]);
        else if (Parse(row, item) is { } input)
        {
            (row.Input, row.ExternalId) = (input, input.ExternalId?.Trim());
            if (string.IsNullOrEmpty(row.ExternalId)) row.Refuse(nameof(input.ExternalId), L["Please fill this in."]);
            else if (!seen.Add(row.ExternalId)) row.Refuse(nameof(input.ExternalId), L["This external id stands in the batch already."]);
        }

        return row;
    }

    private OrderInput? Parse(OrderBatchRow row, JsonElement item)
    {
        try
        {
            return item.Deserialize<OrderInput>(json);
        }
        catch (JsonException wrong)
        {
            row.Refuse(wrong.Path ?? "", ApiJson.Say(wrong, L));
        }
        catch (InvalidOperationException)
        {
            // half of a surrogate pair in the name of a field
            row.Refuse("", L["This text has a character that cannot be stored."]);
        }

        return null;
    }

    private async Task Decide(List<OrderBatchRow> rows, CancellationToken stop)
    {
        var open = rows.Where(row => !row.IsRefused).ToList();
        List<string> ids = [.. open.Select(row => row.ExternalId!)];
        var stored = (await db.Orders.Include(o => o.Lines).Include(o => o.Customer).Where(o => o.ExternalId != null && EF.Parameter(ids).Contains(o.ExternalId)).ToListAsync(stop))
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
        var known = named.Count == 0 ? [] : await db.Reasons.Where(r => r.For == ReasonFor.Return && EF.Parameter(named).Contains(r.Id)).Select(r => r.Id).ToListAsync(stop);
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
        for (var i = 0; i < fresh.Count; i++) (fresh[i].Id, fresh[i].Outcome) = (made[i].Id, OrderOutcome.Created);
        foreach (var row in open.Where(row => row.Stored is not null))
        {
            var (order, before) = (row.Stored!, OrderInput.Of(row.Stored!));
            var same = Same(before, row.Input!) && order.PlacedAt == row.Details!.PlacedAt;
            (row.Id, row.Outcome) = (order.Id, same ? OrderOutcome.Same : OrderOutcome.Changed);
            if (same) continue;
            order.Change(row.Details!, me.Now);
            row.Input!.Bring(order, me.Id, me.Now);
        }

        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private bool Same(OrderInput one, OrderInput other) => JsonNode.DeepEquals(JsonSerializer.SerializeToNode(one, json), JsonSerializer.SerializeToNode(other, json));
}
