using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>An order of the file and what becomes of it.</summary>
/// <param name="Customer">Null where the customer is made, and of a refused one.</param>
/// <param name="Stored">The order that is changed.</param>
internal sealed record PlannedOrder(OrderRead Read, RowOutcome Outcome, long? Customer = null, OrderDetails? Details = null, Order? Stored = null);

/// <summary>
/// What the orders of a batch do: every question is asked once for all of them. One without an id of its own that says the same as an order which was there
/// before this import is that order: a file that comes twice does no harm.
/// </summary>
internal sealed class OrderPlanning(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId)
{
    private readonly RowCustomers customers = new(db, me, settings, fields);
    private readonly OrderProducts products = new(db, settings.UnknownProducts);
    private Dictionary<string, Order> orders = [];
    private Dictionary<(long Customer, DateTime At, long Total, long Units, string Currency), int> alike = [];
    private HashSet<string> takenOrders = [];
    private ExchangeRates rates = null!;

    public async Task<OrderPlan> Plan(IReadOnlyList<OrderRead> read, CancellationToken stop)
    {
        await Load([.. read.Where(order => !order.IsRefused)], stop);
        List<PlannedOrder> planned = [.. read.Select(Plan)];
        return new(planned, customers.Made, products.Made);
    }

    private async Task Load(List<OrderRead> read, CancellationToken stop)
    {
        await customers.Load([.. read.Select(order => order.Customer).Distinct(StringComparer.Ordinal)], stop);
        await products.Load([.. read.SelectMany(order => order.Lines).Select(line => line.Product).OfType<string>().Distinct(StringComparer.Ordinal)], stop);
        List<string> ids = [.. read.Select(order => order.ExternalId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.Count > 0)
        {
            takenOrders = [.. (await db.TakenOrderIds(ids, stop)).Keys];
            if (takenOrders.Count > 0) orders = await db.Orders.Include(o => o.Lines).Include(o => o.Customer).Where(o => o.ExternalId != null && ids.Contains(o.ExternalId)).ToDictionaryAsync(o => o.ExternalId!, StringComparer.Ordinal, stop);
        }

        rates = await ExchangeRates.Load(db, me.Pass.Currency, [.. read.SelectMany(order => order.Lines.Select(line => products.Of(line)?.Currency ?? order.Currency).Append(order.Currency).Select(code => (code, me.TenantDay(order.PlacedAt)))).Distinct()], stop);
        List<long> known = [.. read.Where(order => order.ExternalId is null).SelectMany(order => customers.Of(order.Customer)).Distinct()];
        if (known.Count > 0) alike = await Alike(known, read.Min(order => order.PlacedAt), read.Max(order => order.PlacedAt), stop);
    }

    private async Task<Dictionary<(long, DateTime, long, long, string), int>> Alike(List<long> known, DateTime first, DateTime last, CancellationToken stop)
    {
        var there = await db.Orders.Where(o => known.Contains(o.CustomerId) && o.ExternalId == null && (o.ImportId == null || o.ImportId != importId) && o.PlacedAt >= first && o.PlacedAt <= last)
            .Select(o => new { o.CustomerId, o.PlacedAt, o.Total, o.Currency, Units = o.Lines.Sum(l => (long)l.Quantity) }).ToListAsync(stop);
        return there.GroupBy(o => (o.CustomerId, o.PlacedAt, o.Total, o.Units, o.Currency)).ToDictionary(group => group.Key, group => group.Count());
    }

    private PlannedOrder Plan(OrderRead read)
    {
        if (read.IsRefused) return new(read, RowOutcome.Refused);
        var (who, refused) = customers.Find(read.Customer);
        if (refused is not null) return Refused(read, OrderField.Customer, refused);
        if (rates.Of(read.Currency, me.TenantDay(read.PlacedAt)) is not { } conversion) return Refused(read, OrderField.Currency, Refusal.NoRate);
        if (Lines(read) is not { } lines) return new(read, RowOutcome.Refused);
        var details = new OrderDetails { PlacedAt = read.PlacedAt, Channel = read.Channel ?? SalesChannel.Other, Conversion = conversion, ExternalId = read.ExternalId, Note = read.Note, Lines = lines };
        if (!details.Fits()) return Refused(read, OrderField.Total, Refusal.TooLarge);
        if (read.ExternalId is not null && takenOrders.Contains(read.ExternalId)) return Again(read, who, details);
        if (who is null) customers.Make(read.Customer, read.CustomerText, read.CustomerName);
        else if (read.ExternalId is null && IsThere(who.Value, read, lines)) return new(read, RowOutcome.Same, who);
        return new(read, RowOutcome.New, who, details);
    }

    private PlannedOrder Again(OrderRead read, long? customer, OrderDetails details)
    {
        if (!orders.TryGetValue(read.ExternalId!, out var stored) || stored.CustomerId != customer) return Refused(read, OrderField.ExternalId, Refusal.OrderTaken);
        if (!read.NamesCurrency && stored.Currency != read.Currency) return Refused(read, OrderField.Currency, Refusal.Missing);
        // what the rows do not say stays
        details = details with { Channel = read.Channel ?? stored.Channel, Note = read.Note ?? stored.Note };
        if (stored.Currency == read.Currency) details = details with { Lines = [.. details.Lines.Select(line => AsSold(line, stored))] };
        var same = stored.PlacedAt == details.PlacedAt && stored.Channel == details.Channel && stored.Note == details.Note && stored.Currency == details.Conversion.From && (read.State is null || read.State == stored.State)
            && stored.Lines.OrderBy(line => line.Position).Select(line => line.Details with { UnitCost = null }).SequenceEqual(details.Lines.Select(line => line with { UnitCost = null, Total = line.Sum }));
        return same ? new(read, RowOutcome.Same, customer) : new(read, RowOutcome.Changed, customer, details, stored);
    }

    /// <summary>What it cost when it was sold stays, as long as the order is of that currency.</summary>
    private static OrderLineDetails AsSold(OrderLineDetails line, Order stored) =>
        stored.Lines.Find(before => before.ProductId is not null && before.ProductId == line.ProductId) is { } sold ? line with { UnitCost = sold.UnitCost } : line;

    private bool IsThere(long customer, OrderRead read, List<OrderLineDetails> lines)
    {
        var key = (customer, read.PlacedAt, lines.Sum(line => line.Sum), lines.Sum(line => (long)line.Quantity), read.Currency);
        if (alike.GetValueOrDefault(key) is not (> 0 and var left)) return false;
        alike[key] = left - 1;
        return true;
    }

    /// <summary>Null when one of them does not fit, which is said.</summary>
    private List<OrderLineDetails>? Lines(OrderRead read)
    {
        var lines = new List<OrderLineDetails>(read.Lines.Count);
        foreach (var (i, one) in read.Lines.Index())
        {
            var (line, product) = (one.Line, products.Of(one));
            if (line.UnitPrice is null && line.Total is null && product?.Currency == read.Currency) line = line with { UnitPrice = product.UnitPrice };
            if (line.UnitPrice is null && line.Total is null) read.Refuse(i, OrderField.Total, Refusal.Missing);
            else if (products.Put(one, line, read.Currency) is not { } put) read.Refuse(i, OrderField.Product, Refusal.UnknownProduct);
            else lines.Add(put with { UnitCost = product?.UnitCost is { } cost ? rates.Between(cost, product.Currency, read.Currency, me.TenantDay(read.PlacedAt)) : null });
        }

        return read.IsRefused ? null : lines;
    }

    private static PlannedOrder Refused(OrderRead read, string field, string code)
    {
        read.Refuse(null, field, code);
        return new(read, RowOutcome.Refused);
    }
}
