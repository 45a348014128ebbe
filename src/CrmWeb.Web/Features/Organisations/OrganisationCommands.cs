using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Data.Seeds;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Cli;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Organisations;

/// <summary>What an operator does with organisations from a shell.</summary>
public static class OrganisationCommands
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(7);

    public static readonly Verb Create = new("tenant create", "--name NAME --slug SLUG --admin MAIL", async (services, options, stop) =>
    {
        var (name, slug, mail) = (options.Need("name").Trim(), options.Need("slug"), options.Need("admin"));
        options.NothingElse();
        if (name.Length is 0 or > Tenant.NameLength) throw new UsageException($"--name has 1 to {Tenant.NameLength} characters.");
        if (!Tenant.IsSlug(slug)) throw new UsageException("--slug has 2 to 40 small letters, digits and inner hyphens.");
        if (!EmailAddress.TryNormalise(mail, out var address)) throw new UsageException($"'{mail}' is no mail address.");

        var db = services.GetRequiredService<CrmDb>();
        await using var all = await db.Database.BeginTransactionAsync(stop);
        if (await db.Tenants.AnyAsync(t => t.Slug == slug, stop)) throw new RefusedException($"There is a tenant '{slug}' already.");
        var user = await LoginOf(services, address);
        await Found(db, new Tenant(slug, name, Now(services)), user, Now(services), stop);
        await all.CommitAsync(stop);

        Console.WriteLine(user.PasswordHash is null
            ? $"'{slug}' is made. {address} sets a password here, within {LinkLifetime.TotalDays:0} days:"
            : $"'{slug}' is made. {address} has a login already and comes in here:");
        Console.WriteLine(user.PasswordHash is null
            ? await services.GetRequiredService<MailLinks>().NewPassword(user, LinkLifetime)
            : services.GetRequiredService<Site>().Url($"/t/{slug}/today"));
        return 0;
    });

    private static async Task<AppUser> LoginOf(IServiceProvider services, string address)
    {
        var users = services.GetRequiredService<UserManager<AppUser>>();
        if (await users.FindByEmailAsync(address) is { } known) return known;
        // the link goes through the operator's hands, who vouches for the address
        var user = new AppUser { UserName = address, Email = address, EmailConfirmed = true, CreatedAt = Now(services) };
        var made = await users.CreateAsync(user);
        return made.Succeeded ? user : throw new RefusedException(string.Join(' ', made.Errors.Select(error => error.Description)));
    }

    private static async Task Found(CrmDb db, Tenant tenant, AppUser admin, DateTime now, CancellationToken stop)
    {
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync(stop);
        db.Current.Enter(tenant.Id, Actor.System);
        db.Members.Add(new Member(admin.Id, admin.Email!.Split('@')[0], Role.Admin, now));
        db.AddUsualSales(tenant.Language);
        await db.SaveChangesAsync(stop);
    }

    private static DateTime Now(IServiceProvider services) => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
}
