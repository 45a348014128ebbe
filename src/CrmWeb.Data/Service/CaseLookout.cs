using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Service;

/// <summary>Who is told of cases whose time runs out, or ran out: read once for as many cases as there are. Only active members who see the customer.</summary>
public sealed class CaseLookout
{
    private readonly List<Lookout> members;

    private CaseLookout(List<Lookout> members) => this.members = members;

    public static async Task<CaseLookout> Read(CrmDb db, IReadOnlyCollection<DueCase> cases, CancellationToken stop)
    {
        if (cases.Count == 0) return new([]);
        List<long> owners = [.. cases.Select(its => its.OwnerId).OfType<long>().Distinct()];
        var chosen = await db.RoleVisibilities.AsNoTracking().ToListAsync(stop);
        var found = await db.Members.AsNoTracking().Where(m => (m.DeactivatedAt == null && (m.Roles & (Role.Manager | Role.Admin)) != Role.None) || owners.Contains(m.Id))
            .OrderBy(m => m.Id).Select(m => new { m.Id, m.Roles, m.DeactivatedAt, Teams = m.Teams.Select(t => t.TeamId).ToList() }).AsSingleQuery().ToListAsync(stop);
        return new(found.ConvertAll(m => new Lookout(new Actor(m.Id, m.Roles, RoleVisibility.Of(m.Roles, chosen), m.Teams), m.DeactivatedAt is null)));
    }

    /// <summary>The owner; null where there is none who can do something about it.</summary>
    public long? OwnerOf(DueCase its) => members.Find(m => m.Who.MemberId == its.OwnerId) is { } owner && owner.Sees(its) ? owner.Who.MemberId : null;

    /// <summary>
    /// Who looks after a case that is late: a manager of its team, else of a team of its owner, else any manager, else an admin; of several who see the
    /// customer the one who joined first. Where nobody else does, the owner; null where not even they can.
    /// </summary>
    public long? EscalateTo(DueCase its)
    {
        var ofOwner = members.Find(m => m.Who.MemberId == its.OwnerId)?.Who.TeamIds ?? [];
        return members.Where(m => m.Leads && m.Who.MemberId != its.OwnerId && m.Sees(its)).MinBy(m => Distance(m.Who, its, ofOwner))?.Who.MemberId ?? OwnerOf(its);
    }

    private static int Distance(Actor who, DueCase its, IReadOnlyList<long> ofOwner) =>
        !who.Roles.HasFlag(Role.Manager) ? 3 : its.TeamId is { } team && who.TeamIds.Contains(team) ? 0 : who.TeamIds.Any(ofOwner.Contains) ? 1 : 2;

    private sealed record Lookout(Actor Who, bool IsActive)
    {
        public bool Leads => (Who.Roles & (Role.Manager | Role.Admin)) != Role.None;

        public bool Sees(DueCase its) => IsActive && Who.WouldSee(its.CustomerOwnerId, its.CustomerTeamId);
    }
}
