using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Service;

/// <summary>A case whose time runs out, or ran out.</summary>
public sealed record DueCase(long Id, string Subject, long CustomerId, long? OwnerId, long? TeamId, DateTime DueAt, long? CustomerOwnerId, long? CustomerTeamId);

/// <summary>
/// Cases whose time runs out are rows that are due. A node claims some by a conditional update, in the transaction that tells of them: whichever node comes
/// second finds nothing, and what a node that died had begun was never written.
/// </summary>
public static class CaseAlarms
{
    private const int Most = 200;

    private static readonly string[] AnyTenant = [TenantScoping.TenantFilter, TenantScoping.VisibilityFilter];

    /// <summary>Nobody works on the cases of an archived customer.</summary>
    public static Task<List<long>> TenantsWithDueCases(this CrmDb db, DateTime now, CancellationToken stop) =>
        db.Cases.IgnoreQueryFilters(AnyTenant).Where(c => c.WarnAt <= now && c.WarnAt != null && c.WarnedAt == null && db.Customers.Any(x => x.TenantId == c.TenantId && x.Id == c.CustomerId)).Select(c => c.TenantId)
            .Union(db.Cases.IgnoreQueryFilters(AnyTenant).Where(c => c.NextDueAt <= now && c.NextDueAt != null && c.EscalatedAt == null && db.Customers.Any(x => x.TenantId == c.TenantId && x.Id == c.CustomerId)).Select(c => c.TenantId))
            .ToListAsync(stop);

    /// <summary>Takes those of which the owner is to be warned. Needs an open transaction, in which they are. Null when another node was at it: nothing may be committed then.</summary>
    public static async Task<List<DueCase>?> ClaimWarnings(this CrmDb db, DateTime now, CancellationToken stop)
    {
        var due = db.Cases.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(c => c.WarnAt <= now && c.WarnAt != null && c.WarnedAt == null && db.Customers.Any(x => x.Id == c.CustomerId));
        var found = await Read(due.OrderBy(c => c.WarnAt), stop);
        long[] ids = [.. found.Select(c => c.Id)];
        return await due.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.WarnedAt, now), stop) == ids.Length ? found : null;
    }

    /// <summary>Likewise, those whose time has run out.</summary>
    public static async Task<List<DueCase>?> ClaimLate(this CrmDb db, DateTime now, CancellationToken stop)
    {
        var late = db.Cases.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(c => c.NextDueAt <= now && c.NextDueAt != null && c.EscalatedAt == null && db.Customers.Any(x => x.Id == c.CustomerId));
        var found = await Read(late.OrderBy(c => c.NextDueAt), stop);
        long[] ids = [.. found.Select(c => c.Id)];
        return await late.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.EscalatedAt, now), stop) == ids.Length ? found : null;
    }

    public static Task TellOfCases(this CrmDb db, NotificationKind kind, IReadOnlyList<(long Member, long Case, long Customer)> told, DateTime now, CancellationToken stop) =>
        told.Count == 0 ? Task.CompletedTask : NotificationWriting.Write(db, [.. told.Select(one => new News(one.Member, kind, one.Customer, CaseId: one.Case))], now, stop);

    private static Task<List<DueCase>> Read(IQueryable<Case> cases, CancellationToken stop) =>
        cases.Take(Most).Select(c => new DueCase(c.Id, c.Subject, c.CustomerId, c.OwnerId, c.TeamId, c.NextDueAt!.Value, c.Customer!.OwnerId, c.Customer!.TeamId)).ToListAsync(stop);
}
