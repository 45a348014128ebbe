using System.Collections.Frozen;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What a column of an import of orders may mean; the names are those of the API. Each row is a line of an order; rows of one order id are lines of one order.</summary>
public static class OrderField
{
    public const string ExternalId = "externalId";

    /// <summary>By what customers are found: their external id, mail, phone or name, as it was chosen.</summary>
    public const string Customer = "customer";

    /// <summary>What a customer that is made is called; otherwise as they were looked for.</summary>
    public const string CustomerName = "customerName";
    public const string PlacedAt = "placedAt";
    public const string Channel = "channel";
    public const string State = "state";
    public const string Currency = "currency";

    /// <summary>The code of a product.</summary>
    public const string Product = "product";
    public const string Description = "description";
    public const string Quantity = "quantity";
    public const string UnitPrice = "unitPrice";

    /// <summary>Of the line, which need not divide by the quantity.</summary>
    public const string Total = "total";
    public const string Note = "note";

    public static IReadOnlyList<string> All { get; } =
        [ExternalId, Customer, CustomerName, PlacedAt, Channel, State, Currency, Product, Description, Quantity, UnitPrice, Total, Note, ImportField.Ignore];

    private static readonly (string Field, string Names)[] Known =
    [
        (ExternalId, "order|order id|order number|order no|order reference|invoice|invoice number|invoice no|receipt|transaction|transaction id|شماره سفارش|شناسه سفارش|شماره فاکتور"),
        (Customer, "customer|customer id|customer number|customer external id|client|client id|buyer|email|mail|email address|customer email|phone|telephone|phone number|user id|مشتری|شناسه مشتری|کد مشتری"),
        (CustomerName, "customer name|client name|buyer name|name|نام مشتری"),
        (PlacedAt, "date|order date|placed|placed on|purchase date|invoice date|purchased|ordered|created|created at|time|datum|تاریخ|تاریخ سفارش|تاریخ خرید"),
        (Channel, "sales channel|source|کانال|کانال فروش"),
        (State, "status|order status|وضعیت"),
        (Currency, "currency code|ارز"),
        (Product, "product code|sku|item|item code|item sku|lineitem sku|article|article number|stock code|کالا|کد کالا|محصول"),
        (Description, "product name|item name|lineitem name|text|شرح|شرح کالا"),
        (Quantity, "qty|units|count|lineitem quantity|number of cds|number of items|pieces|menge|تعداد|مقدار"),
        (UnitPrice, "price|price each|item price|lineitem price|قیمت|قیمت واحد"),
        (Total, "value|amount|line total|order total|dollar value|sum|revenue|net sales|price total|betrag|مبلغ|جمع|مبلغ کل"),
        (Note, "notes|comment|remarks|یادداشت|توضیحات"),
    ];

    private static readonly FrozenDictionary<string, string> ByName =
        Known.SelectMany(k => k.Names.Split('|').Append(k.Field).Select(name => (Name: Letters(name), k.Field))).DistinctBy(k => k.Name).ToFrozenDictionary(k => k.Name, k => k.Field);

    /// <summary>A field for each column. Files without names are read as customer, date, units and value, with a further number of the customer behind the first one or not.</summary>
    public static string[] For(IReadOnlyList<string> columns, bool hasHeader)
    {
        if (!hasHeader)
        {
            return columns.Count switch
            {
                4 => [Customer, PlacedAt, Quantity, Total],
                5 => [Customer, ImportField.Ignore, PlacedAt, Quantity, Total],
                _ => [.. columns.Select(_ => ImportField.Ignore)],
            };
        }

        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. columns.Select(column => ByName.TryGetValue(Letters(column), out var field) && taken.Add(field) ? field : ImportField.Ignore)];
    }

    internal static bool TryChannel(string text, out SalesChannel channel) => Enum.TryParse(Letters(text), ignoreCase: true, out channel) && Enum.IsDefined(channel) && !char.IsDigit(text.Trim()[0]);

    internal static bool TryState(string text, out OrderState state)
    {
        var word = Letters(text);
        state = word switch
        {
            "paid" or "completed" or "complete" or "fulfilled" or "پرداختشده" => OrderState.Paid,
            "returned" or "refunded" or "cancelled" or "canceled" or "برگشتخورده" => OrderState.Returned,
            _ => OrderState.Placed,
        };
        return state != OrderState.Placed || word is "placed" or "open" or "new" or "pending" or "ثبتشده";
    }

    internal static string Letters(string name) => string.Concat(SearchText.Fold(name).Where(char.IsLetterOrDigit));
}
