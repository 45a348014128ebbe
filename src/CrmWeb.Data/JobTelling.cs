using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>What members are told of long work. It is told once, when it ends, however many customers it touched.</summary>
public static class JobTelling
{
    /// <summary>Tells whoever asked for a job that it ended. In the transaction that ends it, of a scope inside the tenant.</summary>
    internal static Task TellEnd(this CrmDb db, ClaimedJob job, DateTime now, CancellationToken stop) =>
        NotificationWriting.Write(db, [new(job.MemberId, NotificationKind.Job, JobNumber: job.Id)], now, stop);

    /// <summary>Tells a member how many customers a bulk edit gave them, as it ends. In its transaction.</summary>
    public static async Task TellGiven(this CrmDb db, long editId, long owner, DateTime now, CancellationToken stop)
    {
        if (owner == db.ActorId || await db.BulkEdits.Where(e => e.Id == editId).Select(e => e.ChangedCount).SingleAsync(stop) is not (> 0 and var count)) return;
        // of one alone the name is told
        var one = count > 1 ? null : await db.Changes.IgnoreQueryFilters(TenantScoping.Unseen)
            .Where(x => x.CauseId == editId && x.Via == Via.Bulk && x.Record == RecordKind.Customer).OrderBy(x => x.Id).Select(x => x.CustomerId).FirstOrDefaultAsync(stop);
        await NotificationWriting.Write(db, [new(owner, NotificationKind.Assigned, one, Count: (int)Math.Min(count, int.MaxValue))], now, stop);
    }
}
