using System.Text.Json;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Api;

namespace CrmWeb.Web.Features.Orders;

/// <summary>A line as the API tells it.</summary>
public sealed record OrderLineJson(long? ProductId, string? Description, int Quantity, decimal? UnitPrice, decimal Total, decimal? UnitCost);

/// <summary>An order as the API tells it.</summary>
[Example("""{"id":902,"customerId":41,"placedAt":"2026-11-22T09:58:00Z","channel":"web","state":"paid","currency":"EUR","total":79,"cost":42,"margin":37,"externalId":"S-1001","note":null,"paidAt":"2026-11-22T10:01:00Z","returnedAt":null,"reasonId":null,"reasonNote":null,"lines":[{"productId":7,"description":null,"quantity":2,"unitPrice":39.5,"total":79,"unitCost":21}],"createdAt":"2026-11-22T09:58:00Z"}""")]
public sealed record OrderJson(
    long Id, long CustomerId, DateTime PlacedAt, SalesChannel Channel, OrderState State, string Currency, decimal Total, decimal? Cost, decimal? Margin, string? ExternalId, string? Note,
    DateTime? PaidAt, DateTime? ReturnedAt, long? ReasonId, string? ReasonNote, IReadOnlyList<OrderLineJson> Lines, DateTime CreatedAt)
{
    /// <param name="o">With its lines.</param>
    public static OrderJson Of(Order o)
    {
        decimal? Major(long? minor) => minor is { } amount ? Domain.Tenants.Currency.ToMajor(amount, o.Currency) : null;
        return new(
            o.Id, o.CustomerId, o.PlacedAt, o.Channel, o.State, o.Currency, Major(o.Total)!.Value, Major(o.Cost), Major(o.Total - o.Cost), o.ExternalId, o.Note, o.PaidAt, o.ReturnedAt,
            o.ReasonId, o.ReasonNote,
            [.. o.Lines.OrderBy(l => l.Position).Select(l => new OrderLineJson(l.ProductId, l.Description, l.Quantity, Major(l.UnitPrice), Major(l.Total)!.Value, Major(l.UnitCost)))], o.CreatedAt);
    }
}

/// <summary>What a program may say of a line: a product or a description, how many, and what one costs; or, where only that is known, the total.</summary>
public sealed record OrderLineInput
{
    public long? ProductId { get; init; }
    public string? Description { get; init; }
    public decimal? Quantity { get; init; }

    /// <summary>The product's, unless said.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Instead of the unit price; it need not divide by the quantity.</summary>
    public decimal? Total { get; init; }

    public OrderLineForm ToForm() => new()
    {
        ProductId = ProductId,
        Description = Description,
        Quantity = CsvAnswers.Exact(Quantity) ?? "",
        UnitPrice = CsvAnswers.Exact(UnitPrice),
        Total = UnitPrice is null ? CsvAnswers.Exact(Total) : null,
    };
}

/// <summary>What a program may say about an order. It becomes the form of the page, and is judged like it.</summary>
[Example("""{"customerId":41,"placedAt":"2026-11-22T09:58:00Z","channel":"web","state":"paid","currency":"EUR","externalId":"S-1001","lines":[{"productId":7,"quantity":2,"unitPrice":39.5}]}""")]
public sealed record OrderInput
{
    public long? CustomerId { get; init; }

    /// <summary>Now, unless said.</summary>
    public DateTime? PlacedAt { get; init; }

    public SalesChannel? Channel { get; init; }
    public OrderState? State { get; init; }

    /// <summary>The tenant's own, unless said.</summary>
    public string? Currency { get; init; }

    public string? ExternalId { get; init; }
    public string? Note { get; init; }

    /// <summary>Why it came back: of an order that is returned.</summary>
    public long? ReasonId { get; init; }

    public string? ReasonNote { get; init; }
    public IReadOnlyList<OrderLineInput>? Lines { get; init; }

    /// <param name="o">With its lines.</param>
    public static OrderInput Of(Order o)
    {
        var json = OrderJson.Of(o);
        return new()
        {
            CustomerId = json.CustomerId,
            PlacedAt = json.PlacedAt,
            Channel = json.Channel,
            State = json.State,
            Currency = json.Currency,
            ExternalId = json.ExternalId,
            Note = json.Note,
            ReasonId = json.ReasonId,
            ReasonNote = json.ReasonNote,
            Lines = [.. json.Lines.Select(line => new OrderLineInput { ProductId = line.ProductId, Description = line.Description, Quantity = line.Quantity, UnitPrice = line.UnitPrice, Total = line.UnitPrice is null ? line.Total : null })],
        };
    }

    public DateTime At(DateTime now) => PlacedAt ?? now;

    public OrderForm ToForm(string ownCurrency, DateTime now) => new()
    {
        CustomerId = CustomerId,
        PlacedAt = At(now),
        Channel = Channel ?? SalesChannel.Other,
        Currency = Currency ?? ownCurrency,
        ExternalId = ExternalId,
        Note = Note,
        Lines = [.. (Lines ?? []).Select(line => line.ToForm())],
    };

    /// <summary>How far it came; null in the input leaves it.</summary>
    public void Bring(Order order, long? memberId, DateTime now)
    {
        switch (State)
        {
            case OrderState.Paid:
                order.Keep(now);
                order.Pay(now);
                break;
            case OrderState.Placed:
                order.Keep(now);
                order.Unpay(now);
                break;
            case OrderState.Returned:
                if (order.State == OrderState.Returned && (order.ReasonId != ReasonId || order.ReasonNote != ReasonNote)) order.Keep(now);
                order.Return(ReasonId, ReasonNote, memberId, now);
                break;
            default:
                break;
        }
    }
}

/// <summary>Orders to make or change, each with its external id.</summary>
[Example("""{"items":[{"externalId":"S-1001","customerId":41,"placedAt":"2026-11-22T09:58:00Z","lines":[{"description":"Kettle","quantity":1,"unitPrice":39.5}]},{"externalId":"S-1002","customerId":41,"lines":[{"description":"Cup","quantity":-1,"unitPrice":4}]}]}""")]
public sealed record OrderBatchInput
{
    public IReadOnlyList<JsonElement>? Items { get; init; }
}

[Example("""{"items":[{"row":0,"externalId":"S-1001","outcome":"created","id":902,"errors":null},{"row":1,"externalId":"S-1002","outcome":"refused","id":null,"errors":{"lines[0].quantity":["Write a whole number, 1 or more."]}}],"created":1,"changed":0,"same":0,"refused":1}""")]
public sealed record OrderBatchAnswer(IReadOnlyList<BatchResult> Items, int Created, int Changed, int Same, int Refused);
