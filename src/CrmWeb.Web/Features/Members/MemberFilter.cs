using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Members;

/// <summary>What the list of members can be narrowed by.</summary>
internal static class MemberFilter
{
    public static IReadOnlyList<FilterField> Fields(IStringLocalizer L, IReadOnlyList<SelectListItem> teams) =>
    [
        new("role", L["Role"], FilterKind.Choice, RoleChoices(L)),
        new("team", L["Team"], FilterKind.Choice, teams),
        new("active", L["Active"], FilterKind.YesNo),
    ];

    public static IReadOnlyList<SelectListItem> RoleChoices(IStringLocalizer L) => [.. Roles.Each.Select(role => new SelectListItem(L.Of(role), role.ToString()))];

    /// <param name="mails">Whether mail addresses are looked through too.</param>
    public static IQueryable<Member> Of(CrmDb db, string? search, IReadOnlyList<Filter> filters, bool mails = true)
    {
        var members = db.Members.AsQueryable();
        if (search?.Trim() is { Length: > 0 } q)
        {
            var mail = q.ToUpperInvariant();
            var named = AnyCase.Contains<Member>(m => m.Name, q);
            members = members.Where(mails ? named.Or(m => db.Users.Any(u => u.Id == m.UserId && u.NormalizedEmail!.Contains(mail))) : named);
        }

        return filters.Aggregate(members, Narrow);
    }

    private static IQueryable<Member> Narrow(IQueryable<Member> members, Filter filter)
    {
        switch (filter.Field.Key)
        {
            case "role":
                var roles = filter.Values.Aggregate(Role.None, (all, value) => Enum.TryParse<Role>(value, out var role) ? all | role : all);
                return filter.Operator switch
                {
                    "any" => members.Where(m => (m.Roles & roles) != Role.None),
                    "none" => members.Where(m => (m.Roles & roles) == Role.None),
                    Filters.Filled => members.Where(m => m.Roles != Role.None),
                    _ => members.Where(m => m.Roles == Role.None),
                };
            case "team":
                long[] teams = [.. filter.Values.Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)];
                return filter.Operator switch
                {
                    "any" => members.Where(m => m.Teams.Any(t => teams.Contains(t.TeamId))),
                    "none" => members.Where(m => !m.Teams.Any(t => teams.Contains(t.TeamId))),
                    Filters.Filled => members.Where(m => m.Teams.Count > 0),
                    _ => members.Where(m => m.Teams.Count == 0),
                };
            default:
                return filter.Values is ["false"] ? members.Where(m => m.DeactivatedAt != null) : members.Where(m => m.DeactivatedAt == null);
        }
    }
}
