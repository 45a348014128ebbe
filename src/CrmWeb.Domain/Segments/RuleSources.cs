using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;

namespace CrmWeb.Domain.Segments;

/// <summary>When and where a rule is asked.</summary>
/// <param name="Today">The calendar day where the tenant is.</param>
/// <param name="StartOf">The UTC instant at which a calendar day begins where the tenant is.</param>
/// <param name="Currency">Of the tenant: amounts that name none.</param>
/// <param name="PhoneCountry">Country that numbers without a country code are read in; null makes no guess.</param>
public record RuleMoment(DateOnly Today, Func<DateOnly, DateTime> StartOf, string Currency, string? PhoneCountry = null);

/// <summary>The rows that a rule may ask for besides the customers themselves. Whoever asks sees what these rows are filtered by.</summary>
public sealed record RuleSources(DateOnly Today, Func<DateOnly, DateTime> StartOf, string Currency, string? PhoneCountry = null) : RuleMoment(Today, StartOf, Currency, PhoneCountry)
{
    public IQueryable<Interaction> Interactions { get; init; } = Enumerable.Empty<Interaction>().AsQueryable();

    public IQueryable<Order> Orders { get; init; } = Enumerable.Empty<Order>().AsQueryable();

    public IQueryable<OrderLine> OrderLines { get; init; } = Enumerable.Empty<OrderLine>().AsQueryable();

    public IQueryable<Deal> Deals { get; init; } = Enumerable.Empty<Deal>().AsQueryable();

    public IQueryable<Case> Cases { get; init; } = Enumerable.Empty<Case>().AsQueryable();

    public IQueryable<CrmTask> Tasks { get; init; } = Enumerable.Empty<CrmTask>().AsQueryable();

    public IQueryable<CustomValue> CustomValues { get; init; } = Enumerable.Empty<CustomValue>().AsQueryable();

    public IQueryable<CustomerTag> Tags { get; init; } = Enumerable.Empty<CustomerTag>().AsQueryable();

    /// <summary>
    /// It is asked of a few customers whom something else picks out: rows are looked up for each of them. Else of all, and rows are gone through once (decision 0023).
    /// </summary>
    public bool OfFew { get; init; }

    /// <summary>The engine takes a question as it is written: what it could look up once, for all customers, it looks up for each unless it is told so.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>The ids of the customers that are in a segment now.</summary>
    public Func<long, IQueryable<long>> MembersOf { get; init; } = _ => Enumerable.Empty<long>().AsQueryable();
}
