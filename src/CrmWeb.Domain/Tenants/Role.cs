namespace CrmWeb.Domain.Tenants;

/// <summary>What a member is in a tenant; several at once are usual. What each may do is one table, in Permissions.</summary>
[Flags]
public enum Role
{
    None = 0,
    Viewer = 1,
    Service = 2,
    Sales = 4,
    Marketer = 8,
    Manager = 16,
    Admin = 32,
}

/// <summary>Which customers a role sees. With several roles the widest holds.</summary>
public enum Visibility
{
    Own = 0,
    Team = 1,
    All = 2,
}

public static class Roles
{
    public static readonly IReadOnlyList<Role> Each = [Role.Admin, Role.Manager, Role.Marketer, Role.Sales, Role.Service, Role.Viewer];

    public static IEnumerable<Role> Split(this Role roles) => Each.Where(role => roles.HasFlag(role));

    /// <summary>Nobody hands on more than they have; an admin has everything.</summary>
    public static bool MayGive(this Role actor, Role wanted) => actor.HasFlag(Role.Admin) || (wanted & ~actor) == Role.None;

    /// <summary>What a role sees while the tenant has set nothing else.</summary>
    public static Visibility DefaultVisibility(this Role role) => role == Role.Sales ? Visibility.Team : Visibility.All;
}

/// <summary>A tenant's own choice of what a role sees; without a row the default of the role holds.</summary>
public sealed class RoleVisibility : TenantOwned
{
    private RoleVisibility() { }

    public RoleVisibility(Role role, Visibility sees) => (Role, Sees) = (role, sees);

    public Role Role { get; private set; }

    public Visibility Sees { get; set; }

    /// <summary>The widest of what the given roles see.</summary>
    public static Visibility Of(Role roles, IEnumerable<RoleVisibility> chosen)
    {
        var byRole = chosen.ToDictionary(row => row.Role, row => row.Sees);
        return roles.Split().Select(role => byRole.TryGetValue(role, out var sees) ? sees : role.DefaultVisibility())
            .DefaultIfEmpty(Visibility.Own).Max();
    }
}
