using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A line of an order, as a row says it.</summary>
/// <param name="Code">Of a product, as it is written; null where the row names none.</param>
internal sealed record OrderLineRead(OrderLineDetails Line, string? Code)
{
    /// <summary>The code made comparable.</summary>
    public string? Product { get; } = Code is null ? null : SearchText.Fold(Code);
}

/// <summary>What the rows of one order say of it.</summary>
internal sealed record OrderRead(IReadOnlyList<FileRow> Rows)
{
    private readonly List<(int? Row, Refusal Why)> refusals = [];

    /// <summary>What the customer is looked for by, made comparable.</summary>
    public string Customer { get; init; } = "";

    /// <summary>The same as it is written.</summary>
    public string CustomerText { get; init; } = "";
    public string? CustomerName { get; init; }
    public DateTime PlacedAt { get; init; }
    public string Currency { get; init; } = "";

    /// <summary>False where the rows say no currency, and the tenant's is taken.</summary>
    public bool NamesCurrency { get; init; }
    public string? ExternalId { get; init; }
    public SalesChannel? Channel { get; init; }
    public OrderState? State { get; init; }
    public string? Note { get; init; }

    /// <summary>One a row.</summary>
    public IReadOnlyList<OrderLineRead> Lines { get; init; } = [];

    /// <summary>It does not come in, and none of its rows.</summary>
    public bool IsRefused => refusals.Count > 0;

    /// <param name="row">The row that is wrong; null: all of them together.</param>
    public void Refuse(int? row, string field, string code, string? argument = null) => refusals.Add((row, new(field, code, argument)));

    /// <summary>Why a row does not come in, be it for another row of its order.</summary>
    public IReadOnlyList<Refusal> WhyNot(int row)
    {
        List<Refusal> own = [.. refusals.Where(one => one.Row is null || one.Row == row).Select(one => one.Why)];
        return own.Count > 0 ? own : [new("", Refusal.OtherRow)];
    }
}

/// <summary>Turns the rows of an order into what they say of it. What would be lost, is plainly wrong, or is not the same in all of them refuses the order with the reason.</summary>
internal sealed class OrderRows(ImportSettings settings, string ownCurrency, RowText text)
{
    private readonly bool tellsLinesApart = settings.Fields.Contains(OrderField.Product) || settings.Fields.Contains(OrderField.Description);

    public OrderRead Read(FileRow[] rows)
    {
        var wrong = new OrderRead(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            if (RowText.Broken(rows[i]) is { } broken) wrong.Refuse(i, "", broken);
        }

        if (wrong.IsRefused) return wrong;
        var asked = new Asking(text, rows, wrong);
        var named = asked.Word(OrderField.Currency, Refusal.NoCurrency, cell => cell.ToUpperInvariant() is var code && Currency.IsCode(code) ? code : null);
        var currency = named ?? ownCurrency;
        var customer = asked.Word(OrderField.Customer, null, cell => text.Customer(cell).Key) ?? "";
        var at = asked.Value(OrderField.PlacedAt, Refusal.NoDate, null, text.At);
        var read = new OrderRead(rows)
        {
            Customer = customer,
            CustomerText = asked.First(OrderField.Customer) ?? "",
            CustomerName = asked.Short(OrderField.CustomerName, CustomerDetails.NameLength),
            PlacedAt = at ?? default,
            Currency = currency,
            NamesCurrency = named is not null,
            ExternalId = asked.Short(OrderField.ExternalId, Order.ExternalIdLength),
            Channel = asked.Value<SalesChannel>(OrderField.Channel, Refusal.UnknownWord, CellWords.Allowed<SalesChannel>(), cell => OrderField.TryChannel(cell, out var channel) ? channel : null),
            State = asked.Value<OrderState>(OrderField.State, Refusal.UnknownWord, CellWords.Allowed<OrderState>(), cell => OrderField.TryState(cell, out var state) ? state : null),
            Note = asked.All(OrderField.Note, Order.NoteLength),
            Lines = [.. rows.Select((row, i) => Line(row, i, currency, wrong))],
        };
        if (customer.Length == 0 || text.Customer(customer).Refused is not null) RefuseCustomer(read.CustomerText, wrong);
        if (at is null && asked.First(OrderField.PlacedAt) is null) wrong.Refuse(null, OrderField.PlacedAt, Refusal.Missing);
        if (rows.Length > Order.MostLines) wrong.Refuse(null, "", Refusal.TooMany, Order.MostLines.ToString(CultureInfo.InvariantCulture));
        if (rows.Length > 1 && !tellsLinesApart && rows.DistinctBy(row => string.Join('\n', row.Values), StringComparer.Ordinal).Count() < rows.Length) wrong.Refuse(null, OrderField.ExternalId, Refusal.Twice);
        return wrong.IsRefused ? wrong : read;
    }

    private void RefuseCustomer(string written, OrderRead wrong)
    {
        var code = written.Length == 0 ? Refusal.Missing : text.Customer(written).Refused!;
        wrong.Refuse(null, OrderField.Customer, code, code == Refusal.TooLong ? CustomerDetails.ExternalIdLength.ToString(CultureInfo.InvariantCulture) : null);
    }

    private OrderLineRead Line(FileRow row, int at, string currency, OrderRead wrong)
    {
        var quantity = 1;
        if (text.Cell(row, OrderField.Quantity) is { } many && !(TypedNumber.TryParse(many, out var number) && number == decimal.Truncate(number) && number is >= 1 and <= OrderLine.MostQuantity && (quantity = (int)number) > 0))
            wrong.Refuse(at, OrderField.Quantity, Refusal.NoQuantity);
        var price = Amount(row, at, OrderField.UnitPrice, currency, wrong);
        var total = Amount(row, at, OrderField.Total, currency, wrong);
        if (price is { } each && total is { } all && (Int128)each * quantity is var sum && sum != all)
        {
            // a price that was rounded: the total is what was paid, and need not divide by the pieces
            if (Int128.Abs(sum - all) <= quantity) price = null;
            else wrong.Refuse(at, OrderField.Total, Refusal.NotTheSum);
        }

        var description = text.Cell(row, OrderField.Description);
        if (description?.Length > OrderLine.DescriptionLength) wrong.Refuse(at, OrderField.Description, Refusal.TooLong, OrderLine.DescriptionLength.ToString(CultureInfo.InvariantCulture));
        var code = text.Cell(row, OrderField.Product);
        if (code is not null && (code.Length > Product.CodeLength || SearchText.Fold(code).Length == 0))
            wrong.Refuse(at, OrderField.Product, code.Length > Product.CodeLength ? Refusal.TooLong : Refusal.UnknownProduct, Product.CodeLength.ToString(CultureInfo.InvariantCulture));
        return new(new OrderLineDetails { Quantity = quantity, UnitPrice = price, Total = price is null ? total : null, Description = description }, code);
    }

    private long? Amount(FileRow row, int at, string field, string currency, OrderRead wrong)
    {
        if (text.Cell(row, field) is not { } typed) return null;
        if (TypedNumber.TryParse(typed, out var amount) && amount >= 0 && Currency.ToMinor(amount, currency) is { } minor and <= Product.MostPrice) return minor;
        wrong.Refuse(at, field, Refusal.NoMoney);
        return null;
    }

    /// <summary>What an order has once, asked of all of its rows: those that say nothing of it agree.</summary>
    private sealed class Asking(RowText text, FileRow[] rows, OrderRead wrong)
    {
        public string? First(string field) => Array.Find(rows, row => text.Cell(row, field) is not null) is { Values: not null } row ? text.Cell(row, field) : null;

        public T? Value<T>(string field, string? refusal, string? argument, Func<string, T?> read) where T : struct
        {
            if (!text.Has(field)) return null;
            var found = (T?)null;
            for (var i = 0; i < rows.Length; i++)
            {
                if (text.Cell(rows[i], field) is not { } cell) continue;
                if (read(cell) is not { } value)
                {
                    if (refusal is not null) wrong.Refuse(i, field, refusal, argument);
                }
                else if (found is null) found = value;
                else if (!EqualityComparer<T>.Default.Equals(found.Value, value)) return Contradicts<T>(field);
            }

            return found;
        }

        public string? Word(string field, string? refusal, Func<string, string?> read)
        {
            if (!text.Has(field)) return null;
            var found = (string?)null;
            for (var i = 0; i < rows.Length; i++)
            {
                if (text.Cell(rows[i], field) is not { } cell) continue;
                if (read(cell) is not { } value)
                {
                    if (refusal is not null) wrong.Refuse(i, field, refusal);
                }
                else if (found is null) found = value;
                else if (!string.Equals(found, value, StringComparison.Ordinal))
                {
                    wrong.Refuse(null, field, Refusal.Contradicts);
                    return found;
                }
            }

            return found;
        }

        /// <summary>The first that is said.</summary>
        public string? Short(string field, int most)
        {
            var said = First(field);
            if (said?.Length > most) wrong.Refuse(null, field, Refusal.TooLong, most.ToString(CultureInfo.InvariantCulture));
            return said;
        }

        /// <summary>Everything that is said, each thing once.</summary>
        public string? All(string field, int most)
        {
            if (!text.Has(field)) return null;
            var said = string.Join('\n', rows.Select(row => text.Cell(row, field)).OfType<string>().Distinct(StringComparer.Ordinal));
            if (said.Length > most) wrong.Refuse(null, field, Refusal.TooLong, most.ToString(CultureInfo.InvariantCulture));
            return said.Length == 0 ? null : said;
        }

        private T? Contradicts<T>(string field) where T : struct
        {
            wrong.Refuse(null, field, Refusal.Contradicts);
            return null;
        }
    }
}
