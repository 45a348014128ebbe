using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Sales;

namespace CrmWeb.Web.Features.Imports;

/// <summary>An order before an import changed it, as JSON beside the row.</summary>
internal sealed record OrderBefore(long OrderId, int VersionAfter, OrderProgress? Progress, OrderDetails Details)
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

/// <param name="Made">The customers to make, by what they are looked for.</param>
/// <param name="Products">The products to make, by the numbers that stand for their ids.</param>
internal sealed record OrderPlan(IReadOnlyList<PlannedOrder> Orders, IReadOnlyDictionary<string, CustomerDetails> Made, IReadOnlyDictionary<long, ProductDetails> Products) : RowPlan(CountsOf(Orders))
{
    public override IEnumerable<ImportRow> Refused(long importId) => Orders.Where(order => order.Outcome == RowOutcome.Refused).SelectMany(order => order.Read.Rows.Select((row, i) => new ImportRow(importId, row.Line, RowOutcome.Refused)
    {
        Reason = Refusal.Join(order.Read.WhyNot(i)),
        Before = Snapshot.Cells(row),
    }));

    public override async Task Write(CrmDb db, long importId, DateTime now, CancellationToken stop)
    {
        var products = await MakeProducts(db, importId, now, stop);
        var customers = await RowCustomers.Write(db, Made, importId, now, stop);
        await db.InsertOrders([.. Of(RowOutcome.New).Select(order => (New(order, products, importId, now), order.Customer ?? customers[order.Read.Customer].Id))], tell: false, stop);
        var rows = Refused(importId).ToList();
        foreach (var order in Of(RowOutcome.Changed)) rows.Add(Change(order, products, importId, now));
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        await db.BulkInsert(rows, stop);
    }

    private IEnumerable<PlannedOrder> Of(RowOutcome outcome) => Orders.Where(order => order.Outcome == outcome);

    /// <summary>Those that an order which comes in is about.</summary>
    private async Task<Dictionary<long, long>> MakeProducts(CrmDb db, long importId, DateTime now, CancellationToken stop)
    {
        if (Products.Count == 0) return [];
        var used = Orders.Where(order => order.Outcome is RowOutcome.New or RowOutcome.Changed).SelectMany(order => order.Details!.Lines).Select(line => line.ProductId).Where(id => id < 0).OfType<long>().Distinct();
        var made = used.ToDictionary(number => number, number => new Product(Products[number], now));
        foreach (var product in made.Values) product.CameFrom(importId);
        db.Products.AddRange(made.Values);
        await db.SaveChangesAsync(stop);
        return made.ToDictionary(one => one.Key, one => one.Value.Id);
    }

    private static OrderDetails Named(OrderDetails details, Dictionary<long, long> products) =>
        products.Count == 0 ? details : details with { Lines = [.. details.Lines.Select(line => line.ProductId is < 0 and { } number ? line with { ProductId = products[number] } : line)] };

    private static Order New(PlannedOrder planned, Dictionary<long, long> products, long importId, DateTime now)
    {
        var order = Order.OfMany(Named(planned.Details!, products), importId, now);
        Bring(order, planned.Read.State ?? OrderState.Placed, order.PlacedAt);
        return order;
    }

    private static ImportRow Change(PlannedOrder planned, Dictionary<long, long> products, long importId, DateTime now)
    {
        var order = planned.Stored!;
        var before = OrderBefore.Of(order);
        order.Change(Named(planned.Details!, products), now);
        if (planned.Read.State is { } state) Bring(order, state, now);
        return new ImportRow(importId, planned.Read.Rows[0].Line, RowOutcome.Changed) { CustomerId = planned.Customer, Before = before.Write() };
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

    private static ImportCounts CountsOf(IReadOnlyList<PlannedOrder> orders)
    {
        long Rows(RowOutcome outcome) => orders.Where(order => order.Outcome == outcome).Sum(order => (long)order.Read.Rows.Count);
        return new(Rows(RowOutcome.New), Rows(RowOutcome.Changed), Rows(RowOutcome.Same), Rows(RowOutcome.Refused));
    }
}
