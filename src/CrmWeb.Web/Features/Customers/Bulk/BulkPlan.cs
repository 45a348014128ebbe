using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>A customer as it stands, and what it would say.</summary>
public sealed record BulkChange(Customer Customer, CustomerDetails Before, CustomerDetails After);

/// <summary>What becomes of some customers. Of tags, archiving and contacts the customers are enough.</summary>
public sealed class BulkPlan
{
    public List<BulkChange> Changes { get; } = [];

    /// <summary>Whom the tag of the replacement or the removal is taken from, and who gets one.</summary>
    public List<Customer> Taking { get; } = [];

    public List<Customer> Giving { get; } = [];

    public List<Customer> Others { get; } = [];

    public List<(long Id, BulkReason Reason)> Skipped { get; } = [];

    public int Same { get; set; }

    public IEnumerable<Customer> Changed => Changes.Select(change => change.Customer).Concat(Taking).Concat(Giving).Concat(Others).DistinctBy(c => c.Id);
}
