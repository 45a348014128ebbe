using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers;

public enum CustomerOrder
{
    Name,
    Created,
    Contact,

    /// <summary>A custom field.</summary>
    Custom,
}

/// <summary>
/// The order of a list of customers, made stable by the id, and its pages by key. Each order is an index. Customers who were never
/// contacted come last in both directions: engines disagree where nulls stand, so they are a second range of keys.
/// </summary>
public sealed record CustomerSort(CustomerOrder By, bool Descending)
{
    public static readonly CustomerSort Default = new(CustomerOrder.Name, false);

    /// <summary>What <see cref="CustomerOrder.Custom"/> means.</summary>
    public CustomField? Field { get; init; }

    /// <summary><c>name</c> ascending, <c>-name</c> descending, <c>custom.KEY</c>.</summary>
    public string Text => (Descending ? "-" : "") + (Field?.Name ?? By.ToString().ToLowerInvariant());

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

        Func<IQueryable<Customer>, IQueryable<Customer>> contacted = customers => ByContact(customers, from is { At: null } ? null : from, down);
        Func<IQueryable<Customer>, IQueryable<Customer>> never = customers => NeverContacted(customers, from is { At: null } ? from : null, down);
        if (backwards) return from is { At: not null } ? [contacted] : [never, contacted];
        return from is { At: null } ? [never] : [contacted, never];
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

    private static IQueryable<Customer> ByContact(IQueryable<Customer> customers, CustomerCursor? from, bool down)
    {
        customers = customers.Where(c => c.LastInteractionAt != null);
        if (from is { At: { } at, Id: var id })
        {
            customers = down
                ? customers.Where(c => c.LastInteractionAt <= at && (c.LastInteractionAt < at || c.Id < id))
                : customers.Where(c => c.LastInteractionAt >= at && (c.LastInteractionAt > at || c.Id > id));
        }

        return down ? customers.OrderByDescending(c => c.LastInteractionAt).ThenByDescending(c => c.Id) : customers.OrderBy(c => c.LastInteractionAt).ThenBy(c => c.Id);
    }

    private static IQueryable<Customer> NeverContacted(IQueryable<Customer> customers, CustomerCursor? from, bool down)
    {
        customers = customers.Where(c => c.LastInteractionAt == null);
        if (from is { Id: var id }) customers = down ? customers.Where(c => c.Id < id) : customers.Where(c => c.Id > id);
        return down ? customers.OrderByDescending(c => c.Id) : customers.OrderBy(c => c.Id);
    }
}
