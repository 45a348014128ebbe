using System.Collections.Frozen;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;

namespace CrmWeb.Domain.Segments;

/// <summary>A customer with all that a rule may read of it: tags, contact points, custom values, organisation and owner on its row, and what hangs on it here.</summary>
public sealed record RuleSubject(Customer Customer)
{
    public IReadOnlyList<Interaction> Interactions { get; init; } = [];

    /// <summary>With their lines, and the products of these.</summary>
    public IReadOnlyList<Order> Orders { get; init; } = [];

    public IReadOnlyList<Deal> Deals { get; init; } = [];

    public IReadOnlyList<Case> Cases { get; init; } = [];

    public IReadOnlyList<CrmTask> Tasks { get; init; } = [];

    /// <summary>Ids of the segments that the customer is in.</summary>
    public IReadOnlySet<long> Segments { get; init; } = FrozenSet<long>.Empty;
}
