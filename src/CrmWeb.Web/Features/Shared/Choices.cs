using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// Members and teams to choose from, by name, in every form and filter alike. Never a part of them: whoever is missing cannot be chosen, and a
/// form loses the choice that a row has.
/// </summary>
public static class Choices
{
    /// <summary>Who can be given something: the active members, and whoever has it now, though they left.</summary>
    /// <param name="db">The database, seen from the tenant.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <param name="held">The members the row has.</param>
    public static Task<List<SelectListItem>> MemberChoices(this CrmDb db, CancellationToken stop, params IEnumerable<long?> held)
    {
        long[] kept = [.. held.OfType<long>()];
        return Items(db.Members.Where(m => m.DeactivatedAt == null || kept.Contains(m.Id)), stop);
    }

    /// <summary>Whom a list can be asked for: what those who left did is still there.</summary>
    public static Task<List<SelectListItem>> EveryMember(this CrmDb db, CancellationToken stop) => Items(db.Members, stop);

    public static async Task<List<SelectListItem>> TeamChoices(this CrmDb db, CancellationToken stop)
    {
        var teams = await db.Teams.OrderBy(t => t.Name).ThenBy(t => t.Id).Select(t => new { t.Id, t.Name }).ToListAsync(stop);
        return teams.ConvertAll(t => Item(t.Id, t.Name));
    }

    /// <summary>Those in use, the best first, and the one that the row has.</summary>
    public static async Task<List<SelectListItem>> TierChoices(this CrmDb db, CancellationToken stop, long? held = null)
    {
        var tiers = await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => t.DeletedAt == null || t.Id == held).OrderBy(t => t.Position).ThenBy(t => t.Id)
            .Select(t => new { t.Id, t.Name }).ToListAsync(stop);
        return tiers.ConvertAll(t => Item(t.Id, t.Name));
    }

    /// <summary>Whatever tier a customer has, be it out of use.</summary>
    public static Task<Dictionary<long, string>> TierNames(this CrmDb db, CancellationToken stop) =>
        db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).ToDictionaryAsync(t => t.Id, t => t.Name, stop);

    /// <summary>What a list can be asked for: those in use, and then those out of use.</summary>
    public static async Task<List<SelectListItem>> EveryTier(this CrmDb db, CancellationToken stop)
    {
        var tiers = await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).OrderBy(t => t.DeletedAt == null ? 0 : 1).ThenBy(t => t.Position).ThenBy(t => t.Id)
            .Select(t => new { t.Id, t.Name }).ToListAsync(stop);
        return tiers.ConvertAll(t => Item(t.Id, t.Name));
    }

    public static SelectListItem Item(long id, string name) => new(name, id.ToString(CultureInfo.InvariantCulture));

    private static async Task<List<SelectListItem>> Items(IQueryable<Member> members, CancellationToken stop)
    {
        var found = await members.OrderBy(m => m.Name).ThenBy(m => m.Id).Select(m => new { m.Id, m.Name }).ToListAsync(stop);
        return found.ConvertAll(m => Item(m.Id, m.Name));
    }
}
