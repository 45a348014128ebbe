using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Audit;

/// <summary>Who the audit names where no member of the tenant pressed a button there.</summary>
public sealed class AuditWhoTests
{
    [Fact]
    public async Task Audit_OfACommand_NamesTheCommand()
    {
        var acme = await Make.Tenant();
        await acme.Use(async db =>
        {
            db.Current.Through(Via.Command);
            db.Teams.Add(new Team("North"));
            return await db.SaveChangesAsync();
        });
        var browser = await acme.Admin.Browser();
        Assert.Contains("Command", (await browser.Get("/settings/audit?record=team")).Texts("tbody td"));
        Assert.Contains(",Command,command,", (await browser.Get("/settings/audit.csv?record=team")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task K8_Audit_OfALogin_SaysWhatChangedInEveryTenant_AndNoSecret()
    {
        var acme = await Make.Tenant();
        var (bolt, other) = (await Make.Tenant(acme.Host), await Make.Tenant(acme.Host));
        var rep = await Make.Member(acme, Role.Sales);
        var there = await bolt.Use(async db =>
        {
            var member = new Member(rep.UserId, "Rep of Bolt", Role.Viewer, acme.Host.Clock.Now);
            db.Members.Add(member);
            await db.SaveChangesAsync();
            return member.Id;
        });
        // who left has nothing to tell there any more
        var left = await other.Use(async db =>
        {
            var member = new Member(rep.UserId, "Rep of before", Role.Viewer, acme.Host.Clock.Now);
            member.Deactivate(acme.Host.Clock.Now);
            db.Members.Add(member);
            await db.SaveChangesAsync();
            return member.Id;
        });
        await acme.Host.Scope(async services =>
        {
            var (users, db) = (services.GetRequiredService<UserManager<AppUser>>(), services.GetRequiredService<CrmDb>());
            var user = await db.Users.SingleAsync(u => u.Id == rep.UserId);
            (user.PasswordHash, user.TwoFactorEnabled) = (users.PasswordHasher.HashPassword(user, "another few words"), true);
            (user.Email, user.UserName) = ("renamed@rep.example", "renamed@rep.example");
            return (await users.UpdateAsync(user)).Succeeded;
        });

        foreach (var (tenant, id) in new[] { (acme, rep.Id), (bolt, there) })
        {
            var told = (await tenant.ChangesOf(RecordKind.Member, id)).Where(x => x.Act == Act.Changed).ToList();
            Assert.Equal(["email", "passwordHash", "twoFactorEnabled"], told.Select(x => x.Field).Order(StringComparer.Ordinal));
            Assert.All(told, x => Assert.Equal(id, x.MemberId));
            Assert.Equal((null, null), told.Where(x => x.Field == "passwordHash").Select(x => (x.Old, x.New)).Single());
            Assert.Equal("renamed@rep.example", told.Single(x => x.Field == "email").New);
            var page = await (await tenant.Admin.Browser()).Get("/settings/audit?record=member");
            Assert.Contains("Password", page.Text, StringComparison.Ordinal);
            Assert.Contains("Two-step sign-in", page.Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain((await other.ChangesOf(RecordKind.Member, left)), x => x.Act == Act.Changed);
        Assert.DoesNotContain("renamed@rep.example", (await (await other.Admin.Browser()).Get("/settings/audit.csv")).Body, StringComparison.Ordinal);
    }
}
