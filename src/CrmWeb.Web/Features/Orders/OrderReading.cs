using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Orders;

/// <summary>An order as it was asked for.</summary>
/// <param name="PlacedAt">UTC.</param>
/// <param name="Before">The order that is changed, with its lines; null for a new one.</param>
internal sealed record OrderAsked(OrderForm Form, DateTime PlacedAt, Order? Before)
{
    /// <summary>The customer that the form names, where it was read already.</summary>
    public Customer? Buyer { get; init; }
}

/// <summary>
/// What forms of orders mean, one or a thousand alike: ids are only words until the tenant has them and the member sees them (T3), prices and costs come
/// from the products, worth from the rates of the days. Asked for once for all of them.
/// </summary>
internal sealed class OrderReading
{
    private readonly IStringLocalizer L;
    private readonly CurrentMember me;
    private Dictionary<long, Product> products = [];
    private HashSet<long> customers = [];
    private Dictionary<string, long> taken = [];
    private ExchangeRates rates = null!;

    private OrderReading(CurrentMember me, IStringLocalizer L) => (this.me, this.L) = (me, L);

    public static async Task<OrderReading> Load(CrmDb db, CurrentMember me, IReadOnlyCollection<OrderAsked> asked, IStringLocalizer L, CancellationToken stop)
    {
        var reading = new OrderReading(me, L);
        List<long> named = [.. asked.SelectMany(one => one.Form.Lines).Select(line => line.ProductId).OfType<long>().Distinct()];
        // what was sold once may be archived by now, and its line stays
        if (named.Count > 0) reading.products = await db.Products.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().Where(p => named.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        reading.customers = [.. asked.Select(one => one.Buyer?.Id).OfType<long>()];
        List<long> buyers = [.. asked.Select(one => one.Form.CustomerId).OfType<long>().Distinct().Except(reading.customers)];
        if (buyers.Count > 0) reading.customers.UnionWith(await db.Customers.Where(c => buyers.Contains(c.Id)).Select(c => c.Id).ToListAsync(stop));
        List<string> ids = [.. asked.Select(one => one.Form.ExternalId?.Trim()).Where(id => !string.IsNullOrEmpty(id)).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids.Count > 0) reading.taken = await db.TakenOrderIds(ids, stop);
        var days = asked.Select(one => (Currencies.Code(one.Form.Currency) ?? "", me.TenantDay(one.PlacedAt)))
            .Concat(asked.SelectMany(one => one.Form.Lines.Select(line => (reading.Product(line)?.Currency ?? me.Pass.Currency, me.TenantDay(one.PlacedAt))))).Distinct().ToList();
        reading.rates = await ExchangeRates.Load(db, me.Pass.Currency, days, stop);
        return reading;
    }

    /// <summary>What it means; null when something is wrong, which is said by the name of the field.</summary>
    public OrderDetails? Read(OrderAsked asked, Action<string, string> refuse)
    {
        var (form, fine) = (asked.Form, true);
        void Refuse(string field, string text)
        {
            fine = false;
            refuse(field, text);
        }

        var (currency, day) = (Currencies.Code(form.Currency)!, me.TenantDay(asked.PlacedAt));
        if (form.CustomerId != asked.Before?.CustomerId && !customers.Contains(form.CustomerId!.Value)) Refuse(nameof(form.CustomerId), L["This choice is not there any more."]);
        if (rates.Of(currency, day) is not { } conversion)
        {
            Refuse(nameof(form.Currency), L["There is no exchange rate for {0} on {1}. An admin sets it in the settings.", currency, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
            return null;
        }

        if (form.ExternalId?.Trim() is { Length: > 0 } id && taken.TryGetValue(id, out var owner) && owner != asked.Before?.Id) Refuse(nameof(form.ExternalId), L["Another order has this external id."]);
        var lines = form.Lines.Index().Where(one => !one.Item.IsBlank).Select(one => Line(one.Item, one.Index, asked, currency, day, Refuse)).ToList();
        if (!fine) return null;
        var details = new OrderDetails { PlacedAt = asked.PlacedAt, Channel = form.Channel, Conversion = conversion, ExternalId = form.ExternalId, Note = form.Note, Lines = [.. lines.OfType<OrderLineDetails>()] };
        if (details.Fits()) return details;
        refuse(nameof(form.Lines), L["The sum is larger than can be kept."]);
        return null;
    }

    private OrderLineDetails? Line(OrderLineForm line, int at, OrderAsked asked, string currency, DateOnly day, Action<string, string> refuse)
    {
        void Refuse(string field, string text) => refuse(string.Create(CultureInfo.InvariantCulture, $"Lines[{at}].{field}"), text);
        var sold = asked.Before?.Lines.Find(before => before.ProductId is not null && before.ProductId == line.ProductId);
        var product = Product(line);
        if (line.ProductId is not null && (product is null || (product.DeletedAt is not null && sold is null)))
        {
            Refuse(nameof(line.ProductId), L["This choice is not there any more."]);
            return null;
        }

        var price = Currencies.Read(line.UnitPrice, currency);
        var total = price is null ? Currencies.Read(line.Total, currency) : null;
        if (price is null && total is null && product!.Currency == currency) price = product.UnitPrice;
        if (price is null && total is null)
        {
            Refuse(nameof(line.UnitPrice), L["Say the price: the product has none in {0}.", currency]);
            return null;
        }

        // what it cost when it was sold stays, as long as the order is of that currency
        var cost = sold is not null && asked.Before!.Currency == currency ? sold.UnitCost : product?.UnitCost is { } one ? rates.Between(one, product.Currency, currency, day) : null;
        return new OrderLineDetails { ProductId = line.ProductId, Description = line.Description.IsBlank() ? null : line.Description!.Trim(), Quantity = line.Count!.Value, UnitPrice = price, Total = total, UnitCost = cost };
    }

    private Product? Product(OrderLineForm line) => line.ProductId is { } id ? products.GetValueOrDefault(id) : null;
}
