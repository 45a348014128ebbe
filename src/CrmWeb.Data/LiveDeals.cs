using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

public static class LiveDeals
{
    /// <summary>
    /// The deals that the member sees and whose customer is not archived: what lists, boards and forecasts show and sum up, so that a sum and the deals
    /// under it are the same. The customers are asked as the member sees them, which is the visibility of deals as well.
    /// </summary>
    public static IQueryable<Deal> DealsOfCustomers(this CrmDb db) =>
        db.Deals.AsNoTracking().IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(d => db.Customers.Any(c => c.Id == d.CustomerId));
}
