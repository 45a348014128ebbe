using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Data.Seeds;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>A new tenant with its first admin. The scope becomes the tenant's.</summary>
public sealed class TenantFounding(CrmDb db, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What a confirmed registration asked for: the login, the tenant, the membership, together or not at all. An address taken meanwhile gets a number.</summary>
    /// <exception cref="DbUpdateException">The mail or the address was taken in this very moment.</exception>
    public async Task<(AppUser User, string Slug)> Found(Registration asked, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var user = Login(asked.Email, asked.PasswordHash);
        db.Users.Add(user);
        await db.SaveChangesAsync(stop);
        var slug = await Found(user.Id, asked.Organisation, await SlugProposal.Free(db, asked.Slug, stop), asked.Name, stop);
        await db.Registrations.Where(r => r.Email == asked.Email).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return (user, slug);
    }

    /// <summary>A further tenant of a login.</summary>
    public async Task<string> Found(long userId, string organisation, string slug, string name, CancellationToken stop)
    {
        await using var own = await db.OwnTransaction(stop);
        var tenant = new Tenant(slug, organisation, Now);
        tenant.Change(tenant.Name, tenant.TimeZone, Languages.Current, tenant.Country, tenant.Currency);
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync(stop);
        db.Current.Enter(tenant.Id, Actor.System);
        db.Members.Add(new Member(userId, name, Role.Admin, Now));
        db.AddUsualSales(tenant.Language);
        await db.SaveChangesAsync(stop);
        if (own is not null) await own.CommitAsync(stop);
        return tenant.Slug;
    }

    /// <summary>A login whose mail is known to be its owner's, because they came by a link in it.</summary>
    public AppUser Login(string email, string passwordHash) => new()
    {
        UserName = email,
        NormalizedUserName = email.ToUpperInvariant(),
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        EmailConfirmed = true,
        LockoutEnabled = true,
        PasswordHash = passwordHash,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        CreatedAt = Now,
    };
}
