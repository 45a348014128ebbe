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

    /// <summary>What remains after the cost of service and contacts.</summary>
    Profit,

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

    private string Key => By switch
    {
        CustomerOrder.Spent => "totalSpent",
        CustomerOrder.LastOrder => "lastOrder",
        CustomerOrder.Tier => "serviceTier",
        _ => By.ToString().ToLowerInvariant(),
    };

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
            "profit" => new(CustomerOrder.Profit, descending),
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

        if (By == CustomerOrder.Profit) return KnownFirst(c => c.Profit, from, from?.Number, down, backwards);
        if (By == CustomerOrder.Tier) return KnownFirst(c => c.EffectiveTier!.DeletedAt == null ? (long?)c.EffectiveTier.Position : null, from, from?.Number, down, backwards);
        return KnownFirst(By == CustomerOrder.Contact ? c => c.LastInteractionAt : c => c.LastOrderAt, from, from?.At, down, backwards);
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

    /// <summary>Those of whom the value is known, in its order; the others come after them in both directions.</summary>
    /// <param name="value">Of a customer.</param>
    /// <param name="from">The last one of the page before.</param>
    /// <param name="known">The value of that one; null when it is not known.</param>
    /// <param name="down">The largest first.</param>
    /// <param name="backwards">From the end to the beginning.</param>
    private static IEnumerable<Func<IQueryable<Customer>, IQueryable<Customer>>> KnownFirst<T>(Expression<Func<Customer, T?>> value, CustomerCursor? from, T? known, bool down, bool backwards)
        where T : struct
    {
        IQueryable<Customer> Known(IQueryable<Customer> customers)
        {
            customers = customers.Where(CustomerFilterConditions.On(value, its => its != null));
            if (known is not null && from is { Id: var id })
            {
                var inTurn = Compared(value, known, down ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual);
                var later = Compared(value, known, down ? ExpressionType.LessThan : ExpressionType.GreaterThan);
                customers = customers.Where(inTurn).Where(CustomerFilterConditions.Or(later, down ? c => c.Id < id : c => c.Id > id));
            }

            return down ? customers.OrderByDescending(value).ThenByDescending(c => c.Id) : customers.OrderBy(value).ThenBy(c => c.Id);
        }

        IQueryable<Customer> Unknown(IQueryable<Customer> customers)
        {
            customers = customers.Where(CustomerFilterConditions.On(value, its => its == null));
            if (known is null && from is { Id: var id }) customers = down ? customers.Where(c => c.Id < id) : customers.Where(c => c.Id > id);
            return down ? customers.OrderByDescending(c => c.Id) : customers.OrderBy(c => c.Id);
        }

        if (backwards) return known is not null ? [Known] : [Unknown, Known];
        return from is not null && known is null ? [Unknown] : [Known, Unknown];
    }

    private static Expression<Func<Customer, bool>> Compared<T>(Expression<Func<Customer, T?>> value, T? with, ExpressionType how)
        where T : struct
    {
        Expression<Func<T?>> captured = () => with;
        return Expression.Lambda<Func<Customer, bool>>(Expression.MakeBinary(how, value.Body, captured.Body), value.Parameters);
    }
}
