using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Members;

internal enum MemberChanged
{
    Done,
    Missing,
    Forbidden,
    LastAdmin,
    Stale,
}

/// <summary>
/// Changes a member while nobody else in the tenant does. What the actor may do, and whether an admin is left, is read after the lock and holds until
/// the commit: two admins who demote each other at once leave one of them (T12).
/// </summary>
internal sealed class MemberChange(CrmDb db, CurrentMember me)
{
    public async Task<MemberChanged> Make(long id, int? seen, Role? roles, bool? active, Func<Member, Task>? also, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.HoldTenant(stop);
        var actor = await db.Members.AsNoTracking().SingleAsync(m => m.Id == me.Id, stop);
        if (await db.Members.Include(m => m.Teams).SingleOrDefaultAsync(m => m.Id == id, stop) is not { } member) return MemberChanged.Missing;

        var (wanted, stays) = (roles ?? member.Roles, active ?? member.IsActive);
        if (!actor.IsActive || !actor.Roles.Allow(Permissions.ManageMembers) || !member.MayBeChangedBy(actor.Roles, wanted)) return MemberChanged.Forbidden;
        // who takes a place away takes its roles away
        if (!stays && !actor.Roles.MayGive(member.Roles)) return MemberChanged.Forbidden;
        var administers = stays && wanted.HasFlag(Role.Admin);
        if (member.IsActive && member.Roles.HasFlag(Role.Admin) && !administers && !await db.HasAdminBeside(id, stop)) return MemberChanged.LastAdmin;
        if (seen is { } version && version != member.Version) return MemberChanged.Stale;

        member.Become(wanted);
        if (stays) member.Reactivate();
        else member.Deactivate(me.Now);
        if (also is not null) await also(member);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return MemberChanged.Done;
    }
}
