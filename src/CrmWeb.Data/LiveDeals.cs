using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

public static class LiveDeals
{
    /// <summary>
    /// The deals that the member sees and whose customer is not archived: what lists, boards and forecasts show and sum up, so that a sum and the deals
    /// under it are the same. The filter of visibility asks the customers as well, without those that are archived, so nobody asks them twice.
    /// </summary>
    public static IQueryable<Deal> DealsOfCustomers(this CrmDb db) =>
        db.SeesAll ? db.Seen(db.Deals.AsNoTracking()).Where(d => db.Customers.Any(c => c.Id == d.CustomerId)) : db.Deals.AsNoTracking();
}
