using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.Seeds;

/// <summary>A login of the demo tenant, shown on the sign-in page in Development.</summary>
public sealed record DemoAccount(string Name, string Email, Role Role);

/// <summary>The logins that the demo data makes, one a role. All have the one password: they exist in Development, and where somebody asks for them.</summary>
public static class DemoAccounts
{
    public const string Slug = "demo";
    public const string Password = "demo-demo-demo";

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("Mara Lindqvist", "admin@demo.example", Role.Admin),
        new("Jonas Albrecht", "manager@demo.example", Role.Manager),
        new("Elif Aydın", "marketer@demo.example", Role.Marketer),
        new("Tom Bergmann", "sales@demo.example", Role.Sales),
        new("Pia Novak", "service@demo.example", Role.Service),
        new("Viktor Sand", "viewer@demo.example", Role.Viewer),
    ];
}
