using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A row and what becomes of it.</summary>
/// <param name="Customer">Null where the customer is made, and of a refused row.</param>
/// <param name="Stored">The order that is changed.</param>
internal sealed record PlannedOrder(OrderRead Read, RowOutcome Outcome, long? Customer = null, OrderDetails? Details = null, Order? Stored = null);

/// <param name="Made">The customers to make, by what they are looked for.</param>
internal sealed record OrderPlan(IReadOnlyList<PlannedOrder> Rows, IReadOnlyDictionary<string, CustomerDetails> Made)
{
    public ImportCounts Counts => new(Count(RowOutcome.New), Count(RowOutcome.Changed), Count(RowOutcome.Same), Count(RowOutcome.Refused));

    private int Count(RowOutcome outcome) => Rows.Count(row => row.Outcome == outcome);
}

/// <summary>
/// What the rows of a batch do: every question is asked once for all of them. A row without an id of its own that says the same as an order which was there
/// before this import is that order: a file that comes twice does no harm.
/// </summary>
internal sealed class OrderPlanning(CrmDb db, CurrentMember me, ImportSettings settings, ImportFields fields, long importId)
{
    private readonly Dictionary<string, CustomerDetails> made = new(StringComparer.Ordinal);
    private readonly HashSet<string> met = new(StringComparer.Ordinal);
    private Dictionary<string, List<long>> customers = [];
    private Dictionary<string, Product> products = [];
    private Dictionary<string, Order> orders = [];
    private Dictionary<(long Customer, DateTime At, long Total, long Units, string Currency), int> alike = [];
    private HashSet<string> takenCustomers = [];
    private HashSet<string> takenOrders = [];
    private ExchangeRates rates = null!;

    public async Task<OrderPlan> Plan(IReadOnlyList<OrderRead> rows, CancellationToken stop)
    {
        await Load([.. rows.Where(row => row.Refusals.Count == 0)], stop);
        return new([.. rows.Select(Plan)], made);
    }

    private async Task Load(List<OrderRead> rows, CancellationToken stop)
    {
        List<string> keys = [.. rows.Select(row => row.Customer).Distinct(StringComparer.Ordinal)];
        customers = await Customers(keys, stop);
        if (settings.Match == MatchRule.ExternalId && keys.Count > customers.Count) takenCustomers = [.. (await db.TakenExternalIds([.. keys.Where(key => !customers.ContainsKey(key))], stop)).Keys];
        List<string> codes = [.. rows.Select(row => row.Product).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (codes.Count > 0) products = await db.Products.AsNoTracking().Where(p => EF.Parameter(codes).Contains(p.CodeNormal)).ToDictionaryAsync(p => p.CodeNormal, StringComparer.Ordinal, stop);
        List<string> ids = [.. rows.Select(row => row.ExternalId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.Count > 0)
        {
            takenOrders = [.. (await db.TakenOrderIds(ids, stop)).Keys];
            if (takenOrders.Count > 0) orders = await db.Orders.Include(o => o.Lines).Include(o => o.Customer).Where(o => o.ExternalId != null && EF.Parameter(ids).Contains(o.ExternalId)).ToDictionaryAsync(o => o.ExternalId!, StringComparer.Ordinal, stop);
        }

        rates = await ExchangeRates.Load(db, me.Pass.Currency, [.. rows.SelectMany(row => new[] { row.Currency, Product(row)?.Currency ?? row.Currency }.Select(code => (code, me.TenantDay(row.PlacedAt)))).Distinct()], stop);
        List<long> known = [.. rows.Where(row => row.ExternalId is null).SelectMany(row => customers.GetValueOrDefault(row.Customer, [])).Distinct()];
        if (known.Count > 0) alike = await Alike(known, rows.Min(row => row.PlacedAt), rows.Max(row => row.PlacedAt), stop);
    }

    private async Task<Dictionary<(long, DateTime, long, long, string), int>> Alike(List<long> known, DateTime first, DateTime last, CancellationToken stop)
    {
        var there = await db.Orders.Where(o => EF.Parameter(known).Contains(o.CustomerId) && o.ExternalId == null && (o.ImportId == null || o.ImportId != importId) && o.PlacedAt >= first && o.PlacedAt <= last)
            .Select(o => new { o.CustomerId, o.PlacedAt, o.Total, o.Currency, Units = o.Lines.Sum(l => (long)l.Quantity) }).ToListAsync(stop);
        return there.GroupBy(o => (o.CustomerId, o.PlacedAt, o.Total, o.Units, o.Currency)).ToDictionary(group => group.Key, group => group.Count());
    }

    private async Task<Dictionary<string, List<long>>> Customers(List<string> keys, CancellationToken stop)
    {
        var all = db.Seen(db.Customers);
        var found = settings.Match switch
        {
            MatchRule.Email => await all.Where(c => EF.Parameter(keys).Contains(c.EmailNormal!)).Select(c => new { Key = c.EmailNormal!, c.Id }).ToListAsync(stop),
            MatchRule.Phone => await all.Where(c => EF.Parameter(keys).Contains(c.PhoneNormal!)).Select(c => new { Key = c.PhoneNormal!, c.Id }).ToListAsync(stop),
            MatchRule.Name => await all.Where(c => EF.Parameter(keys).Contains(c.NameNormal)).Select(c => new { Key = c.NameNormal, c.Id }).ToListAsync(stop),
            _ => await all.Where(c => EF.Parameter(keys).Contains(c.ExternalId!)).Select(c => new { Key = c.ExternalId!, c.Id }).ToListAsync(stop),
        };
        return found.GroupBy(c => c.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(c => c.Id).ToList(), StringComparer.Ordinal);
    }

    private PlannedOrder Plan(OrderRead row)
    {
        if (row.Refusals.Count > 0) return new(row, RowOutcome.Refused);
        var who = customers.GetValueOrDefault(row.Customer, []);
        if (who.Count > 1) return Refused(row, OrderField.Customer, Refusal.SeveralMatches);
        if (who.Count == 0 && takenCustomers.Contains(row.Customer)) return Refused(row, OrderField.Customer, Refusal.Archived);
        if (who.Count == 0 && !settings.MakeCustomers) return Refused(row, OrderField.Customer, Refusal.UnknownCustomer);
        if (row.Product is not null && Product(row) is null) return Refused(row, OrderField.Product, Refusal.UnknownProduct);
        if (rates.Of(row.Currency, me.TenantDay(row.PlacedAt)) is not { } conversion) return Refused(row, OrderField.Currency, Refusal.NoRate);
        if (row.ExternalId is { } id && (!met.Add(id) || orders.GetValueOrDefault(id)?.ImportId == importId)) return Refused(row, OrderField.ExternalId, Refusal.Twice);
        if (Line(row) is not { } line) return Refused(row, OrderField.Total, Refusal.Missing);
        var details = new OrderDetails { PlacedAt = row.PlacedAt, Channel = row.Channel ?? SalesChannel.Other, Conversion = conversion, ExternalId = row.ExternalId, Note = row.Note, Lines = [line] };
        if (!details.Fits()) return Refused(row, OrderField.Total, Refusal.TooLarge);
        if (row.ExternalId is not null && takenOrders.Contains(row.ExternalId)) return Again(row, who.Count == 0 ? null : who[0], details);
        if (who.Count == 0) Make(row);
        else if (row.ExternalId is null && IsThere(who[0], row, line)) return new(row, RowOutcome.Same, who[0]);
        return new(row, RowOutcome.New, who.Count == 0 ? null : who[0], details);
    }

    private PlannedOrder Again(OrderRead row, long? customer, OrderDetails details)
    {
        if (!orders.TryGetValue(row.ExternalId!, out var stored) || stored.CustomerId != customer) return Refused(row, OrderField.ExternalId, Refusal.OrderTaken);
        // what the row does not say stays
        details = details with { Channel = row.Channel ?? stored.Channel, Note = row.Note ?? stored.Note };
        var same = stored.PlacedAt == details.PlacedAt && stored.Channel == details.Channel && stored.Note == details.Note && stored.Currency == details.Conversion.From
            && (row.State is null || row.State == stored.State) && stored.Lines is [var only] && only.Details with { UnitCost = null } == details.Lines[0] with { UnitCost = null, Total = details.Lines[0].Sum };
        return same ? new(row, RowOutcome.Same, customer) : new(row, RowOutcome.Changed, customer, details, stored);
    }

    private bool IsThere(long customer, OrderRead row, OrderLineDetails line)
    {
        var key = (customer, row.PlacedAt, line.Sum, (long)line.Quantity, row.Currency);
        if (alike.GetValueOrDefault(key) is not (> 0 and var left)) return false;
        alike[key] = left - 1;
        return true;
    }

    private void Make(OrderRead row)
    {
        if (made.ContainsKey(row.Customer)) return;
        var text = row.Row.Values[settings.Fields.ToList().IndexOf(OrderField.Customer)].Trim();
        var details = new CustomerDetails
        {
            Name = row.CustomerName ?? text,
            Stage = LifecycleStage.Customer,
            ExternalId = settings.Match is MatchRule.ExternalId or MatchRule.Nothing ? row.Customer : null,
            Email = settings.Match == MatchRule.Email ? text : null,
            Phone = settings.Match == MatchRule.Phone ? text : null,
            PhoneCountry = me.Pass.Country,
        };
        // who does not see all would not find again what belongs to nobody
        made[row.Customer] = fields.ForNew(db.Current.Actor.WouldSee(null, null) ? details : details with { OwnerId = me.Id });
    }

    private OrderLineDetails? Line(OrderRead row)
    {
        var (line, product) = (row.Line, Product(row));
        if (line.UnitPrice is null && line.Total is null && product?.Currency == row.Currency) line = line with { UnitPrice = product.UnitPrice };
        if (line.UnitPrice is null && line.Total is null) return null;
        var cost = product?.UnitCost is { } one ? rates.Between(one, product.Currency, row.Currency, me.TenantDay(row.PlacedAt)) : null;
        return line with { ProductId = product?.Id, UnitCost = cost };
    }

    private Product? Product(OrderRead row) => row.Product is { } code ? products.GetValueOrDefault(code) : null;

    private static PlannedOrder Refused(OrderRead row, string field, string code)
    {
        row.Refusals.Add(new(field, code));
        return new(row, RowOutcome.Refused);
    }
}
