using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>Where something was sold. Numbers are stored: add at the end.</summary>
public enum SalesChannel
{
    Other = 0,
    Web = 1,
    Shop = 2,
    Phone = 3,
    Email = 4,
    Chat = 5,
    Social = 6,
    Visit = 7,
    Marketplace = 8,
    Partner = 9,
}

/// <summary>How far an order came. What came back counts in no sum.</summary>
public enum OrderState
{
    Placed = 0,
    Paid = 1,
    Returned = 2,
}

/// <summary>What a person or a file says of an order.</summary>
public sealed record OrderDetails
{
    /// <summary>UTC.</summary>
    public required DateTime PlacedAt { get; init; }
    public SalesChannel Channel { get; init; }

    /// <summary>Of its lines; how it becomes the tenant's own currency.</summary>
    public required Conversion Conversion { get; init; }
    public string? ExternalId { get; init; }
    public string? Note { get; init; }
    public required IReadOnlyList<OrderLineDetails> Lines { get; init; }

    /// <summary>Whether its total and its cost are at most <see cref="Order.MostTotal"/>, and what both are worth.</summary>
    public bool Fits()
    {
        try
        {
            return Fits(Lines.Aggregate(0L, (sum, line) => checked(sum + line.Sum))) && Fits(Lines.Aggregate(0L, (sum, line) => checked(sum + ((line.UnitCost ?? 0) * line.Quantity))));
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private bool Fits(long sum) => sum <= Order.MostTotal && Conversion.Worth(sum) <= Order.MostTotal;
}

/// <summary>How far an order came, and why it came back.</summary>
public sealed record OrderProgress(OrderState State, DateTime? PaidAt, DateTime? ReturnedAt, long? ReasonId, string? ReasonNote)
{
    public static OrderProgress Of(Order order) => new(order.State, order.PaidAt, order.ReturnedAt, order.ReasonId, order.ReasonNote);
}

/// <summary>What a customer bought, at one time, in one currency.</summary>
public sealed class Order : TenantOwned, IVersioned, IDeletable
{
    public const int ExternalIdLength = CustomerDetails.ExternalIdLength;
    public const int NoteLength = 2_000;
    public const int MostLines = 500;

    /// <summary>The most that one order, or one deal, comes to, in minor units of its currency and of the tenant's: the sum of ninety thousand such can be kept.</summary>
    public const long MostTotal = 100_000_000_000_000;

    private Order() { }

    public Order(Customer customer, OrderDetails details, long? memberId, DateTime now)
    {
        (Customer, CreatedAt) = (customer, now);
        Change(details, now);
        customer.Happened(CustomerEvent.OrderPlaced, memberId, PlacedAt);
    }

    /// <summary>One of many; whoever writes them names the customers, and writes the lines and the events.</summary>
    public static Order OfMany(OrderDetails details, long? importId, DateTime now)
    {
        var order = new Order { CreatedAt = now, ImportId = importId };
        order.Change(details, now);
        return order;
    }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public DateTime PlacedAt { get; private set; }

    public SalesChannel Channel { get; private set; }

    public OrderState State { get; private set; }

    /// <summary>ISO 4217, of the lines and of <see cref="Total"/> and <see cref="Cost"/>.</summary>
    public string Currency { get; private set; } = "";

    /// <summary>Of all lines, in minor units of <see cref="Currency"/>.</summary>
    public long Total { get; private set; }

    /// <summary>What all lines cost the tenant, in minor units of <see cref="Currency"/>; null when it is not known of each.</summary>
    public long? Cost { get; private set; }

    /// <summary><see cref="Total"/> in the tenant's currency, at the rate of the day it was placed.</summary>
    public long BaseTotal { get; private set; }

    /// <summary><see cref="Cost"/> in the tenant's currency, at the same rate.</summary>
    public long? BaseCost { get; private set; }

    /// <summary>The id in the system it came from; unique in a tenant when set.</summary>
    public string? ExternalId { get; private set; }

    public string? Note { get; private set; }

    public DateTime? PaidAt { get; private set; }

    public DateTime? ReturnedAt { get; private set; }

    /// <summary>Why it came back.</summary>
    public long? ReasonId { get; private set; }

    public Reason? Reason { get; private set; }

    public string? ReasonNote { get; private set; }

    /// <summary>The import that made this row, so that it can be reverted.</summary>
    public long? ImportId { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime UpdatedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public List<OrderLine> Lines { get; private set; } = [];

    /// <summary>Takes over what was typed or imported. Its lines must be loaded.</summary>
    /// <exception cref="OverflowException">Its sum is more than can be kept.</exception>
    public void Change(OrderDetails d, DateTime now)
    {
        (PlacedAt, Channel, Currency, UpdatedAt) = (d.PlacedAt, d.Channel, d.Conversion.From, now);
        (ExternalId, Note) = (Text(d.ExternalId)?.Trim(), Text(d.Note));
        if (!Lines.Select(line => line.Details).SequenceEqual(d.Lines.Select(line => line with { Total = line.Sum })))
        {
            Lines.Clear();
            Lines.AddRange(d.Lines.Select((line, i) => new OrderLine(line, i)));
        }

        Total = checked(Lines.Sum(line => line.Total));
        Cost = Lines.TrueForAll(line => line.Cost is not null) ? checked(Lines.Sum(line => line.Cost)) : null;
        Weigh(d.Conversion);
    }

    /// <summary>The rate of its day is another one.</summary>
    public void Weigh(Conversion conversion) => (BaseTotal, BaseCost) = (conversion.Worth(Total), conversion.Worth(Cost));

    public void Pay(DateTime now)
    {
        if (State == OrderState.Placed) (State, PaidAt, UpdatedAt) = (OrderState.Paid, now, now);
    }

    /// <summary>It was not paid after all.</summary>
    public void Unpay(DateTime now)
    {
        if (State == OrderState.Paid) (State, PaidAt, UpdatedAt) = (OrderState.Placed, null, now);
    }

    /// <summary>All of it came back. <see cref="Customer"/> must be loaded, but of a new one of many.</summary>
    public void Return(long? reasonId, string? note, long? memberId, DateTime now)
    {
        if (State == OrderState.Returned) return;
        (State, ReturnedAt, ReasonId, ReasonNote, UpdatedAt) = (OrderState.Returned, now, reasonId, Text(note), now);
        // whoever writes many new ones writes their events
        if (Id > 0 || Customer is not null) Customer!.Happened(CustomerEvent.OrderReturned, memberId, now);
    }

    /// <summary>It did not come back after all: it is as far as it was before.</summary>
    public void Keep(DateTime now)
    {
        if (State != OrderState.Returned) return;
        (State, ReturnedAt, ReasonId, ReasonNote, UpdatedAt) = (PaidAt is null ? OrderState.Placed : OrderState.Paid, null, null, null, now);
    }

    /// <summary>All of it is as it was before: nothing happens to the customer by it. Its lines must be loaded.</summary>
    public void PutBack(OrderDetails details, OrderProgress progress, DateTime now)
    {
        Change(details, now);
        (State, PaidAt, ReturnedAt, ReasonId, ReasonNote) = (progress.State, progress.PaidAt, progress.ReturnedAt, progress.ReasonId, progress.ReasonNote);
    }

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed;
}
