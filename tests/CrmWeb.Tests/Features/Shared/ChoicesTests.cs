using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Shared;

/// <summary>Whoever or whatever a row holds stands among the choices of its form, so that saving an untouched form changes nothing.</summary>
public sealed class ChoicesTests
{
    private const int Many = 1020;

    [Fact]
    public async Task Customer_OwnerAndTeamAtTheEndOfLongLists_StayWhenSavedUntouched()
    {
        var acme = await Make.Tenant();
        await Crowd(acme);
        var (owner, team) = (await Make.Member(acme, Role.Sales, "zzz last"), await Make.Team(acme, "zzz last"));
        var id = await Make.Customer(acme, "Ida", d => d with { OwnerId = owner.Id, TeamId = team });
        await SaveUntouched(acme, $"/customers/{id}/edit");
        Assert.Equal(new { OwnerId = (long?)owner.Id, TeamId = (long?)team }, await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => new { c.OwnerId, c.TeamId }).SingleAsync()));
    }

    [Fact]
    public async Task Customer_OwnerWhoLeft_StaysWhenSavedUntouched()
    {
        var acme = await Make.Tenant();
        var owner = await Left(acme);
        var id = await Make.Customer(acme, "Ida", d => d with { OwnerId = owner });
        await SaveUntouched(acme, $"/customers/{id}/edit");
        Assert.Equal(owner, await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.OwnerId).SingleAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/owner")]
    public async Task Task_OwnerWhoLeft_StaysWhenSavedUntouched(string page)
    {
        var acme = await Make.Tenant();
        var owner = await Left(acme);
        var id = await acme.Use(async db =>
        {
            var task = new CrmTask("Call back", DateOnly.FromDateTime(acme.Host.Clock.Now), owner, acme.Admin.Id, acme.Host.Clock.Now);
            db.Tasks.Add(task);
            await db.SaveChangesAsync();
            return task.Id;
        });
        await SaveUntouched(acme, $"/tasks/{id}{page}");
        Assert.Equal(owner, await acme.Use(db => db.Tasks.Where(t => t.Id == id).Select(t => t.OwnerId).SingleAsync()));
    }

    [Fact]
    public async Task Task_NewOwnerWhoLeft_IsRefused()
    {
        var acme = await Make.Tenant();
        var id = await Make.Task(acme, acme.Admin);
        var answer = await (await acme.Admin.Browser()).Post($"/tasks/{id}/owner", new { OwnerId = await Left(acme) });
        Assert.Equal((HttpStatusCode.BadRequest, "Choose who does it."), (answer.Status, answer.ErrorFor("OwnerId")));
    }

    [Fact]
    public async Task Team_MemberWhoLeft_StaysWhenSavedUntouched()
    {
        var acme = await Make.Tenant();
        var member = await Left(acme);
        var id = await acme.Use(async db =>
        {
            var team = new Team("Team");
            db.Teams.Add(team);
            await db.SaveChangesAsync();
            db.TeamMemberships.Add(new TeamMembership(team.Id, member));
            await db.SaveChangesAsync();
            return team.Id;
        });
        await SaveUntouched(acme, $"/settings/teams/{id}");
        Assert.Equal([member], await acme.Use(db => db.TeamMemberships.Where(t => t.TeamId == id).Select(t => t.MemberId).ToListAsync()));
    }

    [Fact]
    public async Task Filters_WhoLeftOrStandsAtTheEnd_CanBeAskedFor()
    {
        var acme = await Make.Tenant();
        await Crowd(acme);
        var left = await Left(acme, "zzz left");
        var team = await Make.Team(acme, "zzz last");
        var browser = await acme.Admin.Browser();
        Assert.Contains($"\"id\":\"{left}\"", (await browser.Get("/customers/owners?q=zzz")).Body, StringComparison.Ordinal);
        Assert.Contains($"\"id\":\"{team}\"", (await browser.Get("/customers/teams?q=zzz")).Body, StringComparison.Ordinal);
        foreach (var list in new[] { $"/tasks?owner={left}", $"/imports?member={left}" }) Assert.Contains("zzz left", (await browser.Get(list)).Text, StringComparison.Ordinal);
    }

    private static async Task SaveUntouched(TestTenant tenant, string path)
    {
        var browser = await tenant.Admin.Browser();
        var answer = await browser.Post(path, (await browser.Get(path)).Untouched(path));
        Assert.True(answer.Status == HttpStatusCode.Redirect, $"{(int)answer.Status} {answer.Text}");
    }

    private static async Task<long> Left(TestTenant tenant, string? name = null)
    {
        var member = await Make.Member(tenant, Role.Sales, name);
        await tenant.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == member.Id)).Deactivate(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        return member.Id;
    }

    private static Task<int> Crowd(TestTenant tenant) => tenant.Use(async db =>
    {
        var users = Enumerable.Range(0, Many).Select(_ => $"crowd{Make.Number()}@example.org")
            .Select(mail => new CrmWeb.Data.Identity.AppUser { UserName = mail, NormalizedUserName = mail.ToUpperInvariant(), Email = mail, CreatedAt = tenant.Host.Clock.Now }).ToList();
        db.Users.AddRange(users);
        await db.SaveChangesAsync();
        db.Members.AddRange(users.Select((user, i) => new Member(user.Id, string.Create(CultureInfo.InvariantCulture, $"Member {i:0000}"), Role.Viewer, tenant.Host.Clock.Now)));
        db.Teams.AddRange(Enumerable.Range(0, Many).Select(i => new Team(string.Create(CultureInfo.InvariantCulture, $"Team {i:0000}"))));
        return await db.SaveChangesAsync();
    });
}
