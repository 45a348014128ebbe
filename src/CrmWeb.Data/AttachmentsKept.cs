using CrmWeb.Data.History;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>A deleted file whose time is over.</summary>
public sealed record ExpiredAttachment(long Id, long CustomerId, string Name, string StoredName);

/// <summary>Questions about the files of a tenant as a whole: what is deleted or hidden from the member takes room like everything else. They answer sums and names on the disk.</summary>
public static class AttachmentsKept
{
    private const int Batch = 200;

    // a file is looked for that no row of any tenant names
    private static readonly string[] AnyTenant = [TenantScoping.TenantFilter, .. TenantScoping.Unseen];

    /// <summary>Bytes of all files of the tenant. After <see cref="MembersHeld.HoldTenant"/> it stays true until the commit.</summary>
    public static Task<long> AttachedBytes(this CrmDb db, CancellationToken stop) =>
        db.Attachments.IgnoreQueryFilters(TenantScoping.Unseen).SumAsync(a => a.Size, stop);

    /// <summary>Those of the names that a row of the tenant says are in use. Asked by the clock, outside of any tenant.</summary>
    public static Task<List<string>> AttachedNames(this CrmDb db, long tenantId, IReadOnlyCollection<string> names, CancellationToken stop) =>
        db.Attachments.IgnoreQueryFilters(AnyTenant).Where(a => a.TenantId == tenantId && names.Contains(a.StoredName)).Select(a => a.StoredName).ToListAsync(stop);

    public static Task<List<long>> TenantsWithDeletedAttachments(this CrmDb db, DateTime before, CancellationToken stop) =>
        db.Attachments.IgnoreQueryFilters(AnyTenant).Where(a => a.DeletedAt < before).Select(a => a.TenantId).Distinct().ToListAsync(stop);

    public static Task<List<ExpiredAttachment>> DeletedAttachments(this CrmDb db, DateTime before, CancellationToken stop) =>
        Expired(db, before).OrderBy(a => a.DeletedAt).Take(Batch).Select(a => new ExpiredAttachment(a.Id, a.CustomerId, a.Name, a.StoredName)).ToListAsync(stop);

    /// <summary>Removes the row for good and tells so. False when somebody brought it back in the same moment.</summary>
    public static async Task<bool> RemoveDeleted(this CrmDb db, ExpiredAttachment expired, DateTime before, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await Expired(db, before).Where(a => a.Id == expired.Id).ExecuteDeleteAsync(stop) == 0) return false;
        await db.Tell(new Change(RecordKind.Attachment, expired.Id, expired.CustomerId) { Act = Act.Deleted, Old = expired.Name }, stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    private static IQueryable<Attachment> Expired(CrmDb db, DateTime before) => db.Attachments.IgnoreQueryFilters(TenantScoping.Unseen).Where(a => a.DeletedAt < before);
}
