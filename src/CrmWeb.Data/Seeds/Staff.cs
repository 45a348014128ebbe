using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Data.Seeds;

/// <summary>Makes logins and members for made-up tenants.</summary>
internal static class Staff
{
    /// <param name="password">Null: a login that nobody can sign in with until a password is set.</param>
    public static AppUser Login(string email, string? password, DateTime now)
    {
        var user = new AppUser
        {
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
        };
        if (password is not null) user.PasswordHash = new PasswordHasher<AppUser>().HashPassword(user, password);
        return user;
    }

    /// <summary>Saves the logins and the members on them; the tenant must be entered.</summary>
    public static async Task<List<Member>> Hire(this CrmDb db, IReadOnlyList<(string Name, string Email, Role Roles, string? Password)> people, DateTime now, CancellationToken stop)
    {
        var logins = people.Select(person => Login(person.Email, person.Password, now)).ToList();
        db.Users.AddRange(logins);
        await db.SaveChangesAsync(stop);
        var members = people.Select((person, i) => new Member(logins[i].Id, person.Name, person.Roles, now)).ToList();
        db.Members.AddRange(members);
        await db.SaveChangesAsync(stop);
        return members;
    }
}
