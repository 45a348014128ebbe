using System.Linq.Expressions;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers;

public enum CustomerOrder
{
    Name,
    Created,
    Contact,

    /// <summary>All they ever spent.</summary>
    Spent,

    LastOrder,

    /// <summary>The service tier, the best first.</summary>
    Tier,

    /// <summary>A custom field.</summary>
    Custom,
}

/// <summary>
/// The order of a list of customers, made stable by the id, and its pages by key. Each order is an index. Customers who were never
/// contacted, or never bought, come last in both directions: engines disagree where nulls stand, so they are a second range of keys.
/// </summary>
public sealed record CustomerSort(CustomerOrder By, bool Descending)
{
    public static readonly CustomerSort Default = new(CustomerOrder.Name, false);

    /// <summary>What <see cref="CustomerOrder.Custom"/> means.</summary>
    public CustomField? Field { get; init; }

    /// <summary><c>name</c> ascending, <c>-name</c> descending, <c>custom.KEY</c>.</summary>
    public string Text => (Descending ? "-" : "") + (Field?.Name ?? Key);

    private string Key => By switch { CustomerOrder.Spent => "totalSpent", CustomerOrder.LastOrder => "lastOrder", CustomerOrder.Tier => "serviceTier", _ => By.ToString().ToLowerInvariant() };

    /// <param name="text">As in an address.</param>
    /// <param name="custom">The custom fields that the member sees; others are not known.</param>
    public static CustomerSort? Parse(string? text, CustomFieldSet? custom = null)
    {
        var descending = text?.StartsWith('-') == true;
        return (descending ? text![1..] : text) switch
        {
            "name" => new(CustomerOrder.Name, descending),
            "created" => new(CustomerOrder.Created, descending),
            "contact" => new(CustomerOrder.Contact, descending),
            "totalSpent" => new(CustomerOrder.Spent, descending),
            "lastOrder" => new(CustomerOrder.LastOrder, descending),
            "serviceTier" => new(CustomerOrder.Tier, descending),
            { } name when custom?.Named(name) is { } field && field.Type.IsSortable() => new(CustomerOrder.Custom, descending) { Field = field },
            _ => null,
        };
    }

    /// <summary>
    /// The ranges of keys that follow <paramref name="from"/> (or that stand before it, then in reverse order), to be read one after the
    /// other until a page is full.
    /// </summary>
    public IEnumerable<Func<IQueryable<Customer>, IQueryable<Customer>>> Ranges(CustomerCursor? from, bool backwards)
    {
        var down = Descending != backwards;
        if (Field is { } field) return CustomSort.Ranges(field, from, down, backwards);
        if (By == CustomerOrder.Name) return [customers => ByName(customers, from, down)];
        if (By == CustomerOrder.Created) return [customers => ByCreation(customers, from, down)];
        if (By == CustomerOrder.Spent) return [customers => BySpending(customers, from, down)];

        if (By == CustomerOrder.Tier) return TierRanges(from, down, backwards);
        Expression<Func<Customer, DateTime?>> last = By == CustomerOrder.Contact ? c => c.LastInteractionAt : c => c.LastOrderAt;
        Func<IQueryable<Customer>, IQueryable<Customer>> once = customers => ByLast(customers, last, from is { At: null } ? null : from, down);
        Func<IQueryable<Customer>, IQueryable<Customer>> never = customers => Never(customers, last, from is { At: null } ? from : null, down);
        if (backwards) return from is { At: not null } ? [once] : [never, once];
        return from is { At: null } ? [never] : [once, never];
    }

#pragma warning disable CA1309, CA1310, MA0001 // compared by the database, byte by byte

    // ">= and (> or …)" rather than "> or (= and …)": the first half alone bounds the range of the index.
    private static IQueryable<Customer> ByName(IQueryable<Customer> customers, CustomerCursor? from, bool down)
    {
        if (from is { } key)
        {
            var (name, id) = (key.Name ?? "", key.Id);
            customers = down
                ? customers.Where(c => string.Compare(c.NameNormal, name) <= 0 && (string.Compare(c.NameNormal, name) < 0 || c.Id < id))
                : customers.Where(c => string.Compare(c.NameNormal, name) >= 0 && (string.Compare(c.NameNormal, name) > 0 || c.Id > id));
        }

        return down ? customers.OrderByDescending(c => c.NameNormal).ThenByDescending(c => c.Id) : customers.OrderBy(c => c.NameNormal).ThenBy(c => c.Id);
    }

#pragma warning restore CA1309, CA1310, MA0001

    private static IQueryable<Customer> ByCreation(IQueryable<Customer> customers, CustomerCursor? from, bool down)
    {
        if (from is { At: { } at, Id: var id })
        {
            customers = down
                ? customers.Where(c => c.CreatedAt <= at && (c.CreatedAt < at || c.Id < id))
                : customers.Where(c => c.CreatedAt >= at && (c.CreatedAt > at || c.Id > id));
        }

        return down ? customers.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id) : customers.OrderBy(c => c.CreatedAt).ThenBy(c => c.Id);
    }

    private static IQueryable<Customer> BySpending(IQueryable<Customer> customers, CustomerCursor? from, bool down)
    {
        if (from is { Number: { } spent, Id: var id })
        {
            customers = down
                ? customers.Where(c => c.TotalSpent <= spent && (c.TotalSpent < spent || c.Id < id))
                : customers.Where(c => c.TotalSpent >= spent && (c.TotalSpent > spent || c.Id > id));
        }

        return down ? customers.OrderByDescending(c => c.TotalSpent).ThenByDescending(c => c.Id) : customers.OrderBy(c => c.TotalSpent).ThenBy(c => c.Id);
    }

    /// <summary>Tiers are few and not on the row: those who have one in use are ordered by it, the others follow.</summary>
    private static IEnumerable<Func<IQueryable<Customer>, IQueryable<Customer>>> TierRanges(CustomerCursor? from, bool down, bool backwards)
    {
        IQueryable<Customer> Tiered(IQueryable<Customer> customers)
        {
            customers = customers.Where(c => c.ServiceTier != null);
            if (from is { Number: { } place, Id: var id })
            {
                customers = down
                    ? customers.Where(c => c.ServiceTier!.Position < place || (c.ServiceTier!.Position == place && c.Id < id))
                    : customers.Where(c => c.ServiceTier!.Position > place || (c.ServiceTier!.Position == place && c.Id > id));
            }

            return down ? customers.OrderByDescending(c => c.ServiceTier!.Position).ThenByDescending(c => c.Id) : customers.OrderBy(c => c.ServiceTier!.Position).ThenBy(c => c.Id);
        }

        IQueryable<Customer> Others(IQueryable<Customer> customers)
        {
            customers = customers.Where(c => c.ServiceTier == null);
            if (from is { Number: null, Id: var id }) customers = down ? customers.Where(c => c.Id < id) : customers.Where(c => c.Id > id);
            return down ? customers.OrderByDescending(c => c.Id) : customers.OrderBy(c => c.Id);
        }

        if (backwards) return from is { Number: not null } ? [Tiered] : [Others, Tiered];
        return from is { Number: null } ? [Others] : [Tiered, Others];
    }

    private static IQueryable<Customer> ByLast(IQueryable<Customer> customers, Expression<Func<Customer, DateTime?>> last, CustomerCursor? from, bool down)
    {
        customers = customers.Where(CustomerFilterConditions.On(last, at => at != null));
        if (from is { At: { } at, Id: var id })
        {
            var inTurn = down ? CustomerFilterConditions.On(last, x => x <= at) : CustomerFilterConditions.On(last, x => x >= at);
            var later = down ? CustomerFilterConditions.On(last, x => x < at) : CustomerFilterConditions.On(last, x => x > at);
            customers = customers.Where(inTurn).Where(CustomerFilterConditions.Or(later, down ? c => c.Id < id : c => c.Id > id));
        }

        return down ? customers.OrderByDescending(last).ThenByDescending(c => c.Id) : customers.OrderBy(last).ThenBy(c => c.Id);
    }

    private static IQueryable<Customer> Never(IQueryable<Customer> customers, Expression<Func<Customer, DateTime?>> last, CustomerCursor? from, bool down)
    {
        customers = customers.Where(CustomerFilterConditions.On(last, at => at == null));
        if (from is { Id: var id }) customers = down ? customers.Where(c => c.Id < id) : customers.Where(c => c.Id > id);
        return down ? customers.OrderByDescending(c => c.Id) : customers.OrderBy(c => c.Id);
    }
}
