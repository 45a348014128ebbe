using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Forms;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A row of the file as what it says of an order.</summary>
/// <param name="Customer">What they are looked for by, made comparable.</param>
internal sealed record OrderRead(FileRow Row, string Customer, string? CustomerName, DateTime PlacedAt, string Currency, OrderLineDetails Line)
{
    public string? ExternalId { get; init; }
    public SalesChannel? Channel { get; init; }
    public OrderState? State { get; init; }
    public string? Product { get; init; }
    public string? Note { get; init; }

    /// <summary>Why it does not come in; more may be found out when it is matched.</summary>
    public List<Refusal> Refusals { get; init; } = [];
}

/// <summary>Turns the values of a row into what they say of an order. What would be lost or is plainly wrong refuses the row with the reason.</summary>
/// <param name="zone">In which times are written.</param>
/// <param name="ofDays">In which days are: a day without a time is its noon, so that it is the same day almost everywhere.</param>
internal sealed class OrderRows(ImportSettings settings, string ownCurrency, string? country, TimeZoneInfo zone, TimeZoneInfo ofDays)
{
    private static readonly TimeOnly Noon = new(12, 0);

    private readonly Dictionary<string, int> columns = settings.Fields.Index().Where(f => f.Item != ImportField.Ignore).ToDictionary(f => f.Item, f => f.Index, StringComparer.Ordinal);

    // files have many rows of one day
    private (string Text, DateTime At)? lastDate;

    public OrderRead Read(FileRow row)
    {
        var refusals = new List<Refusal>();
        if (row.Problem is not (RowProblem.None or RowProblem.StrayQuote)) refusals.Add(new("", row.Problem == RowProblem.TooManyValues ? Refusal.TooManyValues : Refusal.BrokenQuote));
        else if (Array.Exists(row.Values, value => !CleanText.IsStorable(value))) refusals.Add(new("", Refusal.NotStorable));
        if (refusals.Count > 0) return new(row, "", null, default, ownCurrency, new OrderLineDetails { Quantity = 1 }) { Refusals = refusals };

        void Refuse(string field, string code, string? argument) => refusals.Add(new(field, code, argument));
        string? Short(string field, int most)
        {
            var text = Cell(row, field);
            if (text?.Length > most) Refuse(field, Refusal.TooLong, most.ToString(CultureInfo.InvariantCulture));
            return text;
        }

        var currency = Cell(row, OrderField.Currency)?.ToUpperInvariant() ?? ownCurrency;
        if (!Currency.IsCode(currency)) Refuse(OrderField.Currency, Refusal.NoCurrency, null);
        var customer = Customer(row);
        if (customer.Length == 0) Refuse(OrderField.Customer, Cell(row, OrderField.Customer) is null ? Refusal.Missing : settings.Match == MatchRule.Email ? Refusal.NoEmail : Refusal.UnknownCustomer, null);
        if (customer.Length > CustomerDetails.ExternalIdLength) Refuse(OrderField.Customer, Refusal.TooLong, CustomerDetails.ExternalIdLength.ToString(CultureInfo.InvariantCulture));
        if (At(Cell(row, OrderField.PlacedAt)) is not { } at) Refuse(OrderField.PlacedAt, Cell(row, OrderField.PlacedAt) is null ? Refusal.Missing : Refusal.NoDate, null);
        else return new(row, customer, Short(OrderField.CustomerName, CustomerDetails.NameLength), at, currency, Line(row, currency, Refuse, Short))
        {
            ExternalId = Short(OrderField.ExternalId, Order.ExternalIdLength),
            Channel = Cell(row, OrderField.Channel) is not { } way ? null : OrderField.TryChannel(way, out var channel) ? channel : Wrong<SalesChannel>(OrderField.Channel, Refuse),
            State = Cell(row, OrderField.State) is not { } word ? null : OrderField.TryState(word, out var state) ? state : Wrong<OrderState>(OrderField.State, Refuse),
            Product = Cell(row, OrderField.Product) is { } code ? SearchText.Fold(code) : null,
            Note = Short(OrderField.Note, Order.NoteLength),
            Refusals = refusals,
        };
        return new(row, customer, null, default, currency, new OrderLineDetails { Quantity = 1 }) { Refusals = refusals };
    }

    private OrderLineDetails Line(FileRow row, string currency, Action<string, string, string?> refuse, Func<string, int, string?> text)
    {
        var quantity = 1;
        if (Cell(row, OrderField.Quantity) is { } many && !(TypedNumber.TryParse(many, out var number) && number == decimal.Truncate(number) && number is >= 1 and <= OrderLine.MostQuantity && (quantity = (int)number) > 0))
            refuse(OrderField.Quantity, Refusal.NoQuantity, null);
        var price = Amount(row, OrderField.UnitPrice, currency, refuse);
        var total = Amount(row, OrderField.Total, currency, refuse);
        return new OrderLineDetails { Quantity = quantity, UnitPrice = price, Total = price is null ? total : null, Description = text(OrderField.Description, OrderLine.DescriptionLength) };
    }

    private long? Amount(FileRow row, string field, string currency, Action<string, string, string?> refuse)
    {
        if (Cell(row, field) is not { } typed || !Currency.IsCode(currency)) return null;
        if (TypedNumber.TryParse(typed, out var amount) && amount >= 0 && Currency.ToMinor(amount, currency) is { } minor and <= Domain.Sales.Product.MostPrice) return minor;
        refuse(field, Refusal.NoMoney, null);
        return null;
    }

    private string Customer(FileRow row)
    {
        var text = Cell(row, OrderField.Customer);
        return settings.Match switch
        {
            _ when text is null => "",
            MatchRule.Email => EmailAddress.TryNormalise(text, out var mail) ? mail : "",
            MatchRule.Phone => PhoneNumber.TryNormalise(text, country, out var phone) ? phone : "",
            MatchRule.Name => SearchText.Fold(text),
            _ => text,
        };
    }

    private DateTime? At(string? text)
    {
        if (text is null) return null;
        if (lastDate is { } last && last.Text == text) return last.At;
        if (!TypedDate.TryParse(text, settings.Dates ?? DateOrder.Unambiguous, out var typed)) return null;
        var at = typed switch
        {
            { Time: null } => WallClock.ToUtc(typed.Date.ToDateTime(Noon), ofDays),
            { Offset: { } offset } => DateTime.SpecifyKind(typed.Date.ToDateTime(typed.Time.Value) - offset, DateTimeKind.Utc),
            _ => WallClock.ToUtc(typed.Date.ToDateTime(typed.Time.Value), zone),
        };
        lastDate = (text, at);
        return at;
    }

    private string? Cell(FileRow row, string field) => columns.TryGetValue(field, out var at) && row.Values[at].Trim() is { Length: > 0 } text ? text : null;

    private static T? Wrong<T>(string field, Action<string, string, string?> refuse) where T : struct, Enum
    {
        refuse(field, Refusal.UnknownWord, string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant())));
        return null;
    }
}
