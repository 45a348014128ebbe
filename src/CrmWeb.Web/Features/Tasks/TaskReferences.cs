using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Tasks;

/// <summary>Ids in a form are only words until the tenant has them and the member sees them (T3).</summary>
internal static class TaskReferences
{
    /// <summary>Whether somebody may be given a task.</summary>
    public static Task<bool> IsMember(this CrmDb db, long owner, CancellationToken stop) => db.Members.AnyAsync(m => m.Id == owner && m.DeactivatedAt == null, stop);

    public static Task<bool> KnowsCustomer(this CrmDb db, long id, CancellationToken stop) => db.Customers.AnyAsync(c => c.Id == id, stop);
}
