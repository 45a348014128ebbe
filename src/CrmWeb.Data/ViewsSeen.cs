using CrmWeb.Domain.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Which saved views a member has, and the word that something about them changed.</summary>
public static class ViewsSeen
{
    /// <summary>Their own, those of their teams, and those of everybody.</summary>
    public static IQueryable<SavedView> SeenBy(this IQueryable<SavedView> views, Actor actor)
    {
        var (me, teams) = (actor.MemberId, actor.TeamIds.ToArray());
        return views.Where(v => v.OwnerId == me || v.SharedWith == Sharing.Everybody || (v.SharedWith == Sharing.Team && teams.Contains(v.TeamId!.Value)));
    }

    /// <summary>First in the transaction of the change: whoever changes one of them at the same time waits here.</summary>
    public static Task<int> ViewsChange(this CrmDb db, CancellationToken stop)
    {
        var tenant = db.Current.Id;
        return db.Tenants.Where(t => t.Id == tenant).ExecuteUpdateAsync(set => set.SetProperty(t => t.ViewsVersion, t => t.ViewsVersion + 1), stop);
    }
}
