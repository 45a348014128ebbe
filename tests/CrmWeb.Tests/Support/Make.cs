using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

/// <summary>Makes what a test needs, with sensible rest. One partial file an entity.</summary>
public static partial class Make
{
    private static int count;

    /// <summary>A number no other test of the run has, for names that must differ.</summary>
    public static int Number() => Interlocked.Increment(ref count);

    /// <summary>A tenant with an admin.</summary>
    public static async Task<TestTenant> Tenant(CrmHost? host = null, string? name = null)
    {
        host ??= await CrmHost.Shared();
        var tenant = new Tenant($"t{Number()}-{Guid.NewGuid():N}"[..20].TrimEnd('-'), name ?? $"Tenant {Number()}", host.Clock.Now);
        await host.Scope(async services =>
        {
            var db = services.GetRequiredService<CrmDb>();
            db.Tenants.Add(tenant);
            return await db.SaveChangesAsync();
        });

        var made = new TestTenant(host, tenant.Id, tenant.Slug);
        made.Admin = await Member(made, Role.Admin);
        return made;
    }

    /// <summary>A member with a login of its own, or of <paramref name="userId"/>.</summary>
    public static Task<TestMember> Member(TestTenant tenant, Role roles, string? name = null, long? userId = null) => tenant.Use(async db =>
    {
        var n = Number();
        if (userId is null)
        {
            var email = $"person{n}-{Guid.NewGuid():N}@example.org";
            var user = new AppUser
            {
                UserName = email,
                NormalizedUserName = email.ToUpperInvariant(),
                Email = email,
                NormalizedEmail = email.ToUpperInvariant(),
                EmailConfirmed = true,
                LockoutEnabled = true,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                CreatedAt = tenant.Host.Clock.Now,
            };
            db.Users.Add(user);
            await db.SaveChangesAsync();
            userId = user.Id;
        }

        var member = new Member(userId.Value, name ?? $"{roles} {n}", roles, tenant.Host.Clock.Now);
        db.Members.Add(member);
        await db.SaveChangesAsync();
        return new TestMember(tenant, member.Id, userId.Value, roles);
    });
}

/// <summary>A tenant of a test, and a way to look into its rows past the pages.</summary>
public sealed record TestTenant(CrmHost Host, long Id, string Slug)
{
    public TestMember Admin { get; set; } = null!;

    /// <summary>Works on the rows as the system: everything of this tenant is visible.</summary>
    public Task<T> Use<T>(Func<CrmDb, Task<T>> work, Actor? actor = null) => Host.Scope(services =>
    {
        services.GetRequiredService<CurrentTenant>().Enter(Id, actor ?? Actor.System);
        return work(services.GetRequiredService<CrmDb>());
    });
}

public sealed record TestMember(TestTenant Tenant, long Id, long UserId, Role Roles)
{
    /// <summary>A browser in which this member is signed in.</summary>
    public Task<Visitor> Browser(CrmHost? node = null) => Visitor.SignedIn(node ?? Tenant.Host, Tenant, UserId);
}
