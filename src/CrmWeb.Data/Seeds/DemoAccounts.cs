using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.Seeds;

/// <summary>A login of the demo tenant, shown on the sign-in page in Development.</summary>
public sealed record DemoAccount(string Name, string Email, Role Role);

/// <summary>The logins that the demo data makes, one a role. All have the one password: they exist in Development only.</summary>
public static class DemoAccounts
{
    public const string Password = "demo-demo-demo";

    public static readonly IReadOnlyList<DemoAccount> All = [];
}
