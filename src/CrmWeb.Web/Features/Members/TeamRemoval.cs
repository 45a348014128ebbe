using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Members;

/// <summary>The end of a team that nothing is left of. In the transaction that holds the tenant.</summary>
internal static class TeamRemoval
{
    /// <summary>The customers that keep it, archived ones too.</summary>
    public static IQueryable<Customer> CustomersOf(this CrmDb db, long teamId) => db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(c => c.TeamId == teamId);

    /// <summary>False when somebody saved something with the team since it was looked for: the database holds on to the team then.</summary>
    public static async Task<bool> Remove(this CrmDb db, Team team, CancellationToken stop)
    {
        await LetGo(db, team.Id, stop);
        db.Teams.Remove(team);
        try
        {
            await db.SaveChangesAsync(stop);
            return true;
        }
        catch (DbUpdateException)
        {
            return false;
        }
    }

    private static async Task LetGo(CrmDb db, long id, CancellationToken stop)
    {
        var invitations = await db.Invitations.Where(i => i.TeamId == id).Select(i => i.Id).ToListAsync(stop);
        foreach (var invitation in invitations) await db.Tell(new Change(RecordKind.Invitation, invitation) { Field = "teamId", Old = ChangeText.Of(id) }, stop);
        await db.Invitations.Where(i => i.TeamId == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.TeamId, (long?)null), stop);
        // what was shared with the team is its owners' alone from now on
        var views = await db.SavedViews.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(v => v.TeamId == id).ToListAsync(stop);
        if (views.Count == 0) return;
        await db.ViewsChange(stop);
        foreach (var view in views) view.Share(Sharing.Nobody, null);
    }
}
