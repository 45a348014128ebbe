using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>How many customers the members of a role would see under each choice, together, by that role alone. Counting stops at <see cref="CountedUpTo"/>.</summary>
public sealed record VisibilityEffect(Role Role, int Own, int Team, int All)
{
    public const int CountedUpTo = 10_000;

    public int Of(Visibility sees) => sees switch
    {
        Visibility.Own => Own,
        Visibility.Team => Team,
        _ => All,
    };

    public static async Task<List<VisibilityEffect>> Read(CrmDb db, CancellationToken stop)
    {
        var all = await db.Customers.Take(CountedUpTo + 1).CountAsync(stop);
        var effects = new List<VisibilityEffect>();
        foreach (var role in VisibilityForm.Settable)
        {
            var members = await db.Members.Where(m => m.DeactivatedAt == null && (m.Roles & role) != Role.None).Select(m => (long?)m.Id).ToListAsync(stop);
            var teams = await db.TeamMemberships.Where(t => members.Contains(t.MemberId)).Select(t => (long?)t.TeamId).Distinct().ToListAsync(stop);
            var own = await db.Customers.Where(c => members.Contains(c.OwnerId)).Take(CountedUpTo + 1).CountAsync(stop);
            var team = await db.Customers.Where(c => members.Contains(c.OwnerId) || teams.Contains(c.TeamId)).Take(CountedUpTo + 1).CountAsync(stop);
            effects.Add(new VisibilityEffect(role, own, team, members.Count == 0 ? 0 : all));
        }

        return effects;
    }
}
