using CrmWeb.Domain.Tenants;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A team with members. Answers its id.</summary>
    public static Task<long> Team(TestTenant tenant, string? name = null, params TestMember[] members) => tenant.Use(async db =>
    {
        var team = new Team(name ?? $"Team {Number()}");
        db.Teams.Add(team);
        await db.SaveChangesAsync();
        db.TeamMemberships.AddRange(members.Select(member => new TeamMembership(team.Id, member.Id)));
        await db.SaveChangesAsync();
        return team.Id;
    });
}
