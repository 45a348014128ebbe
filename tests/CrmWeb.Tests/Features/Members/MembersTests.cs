using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Members;

public class MembersTests
{
    [Fact]
    public async Task Index_NotAdmin_IsForbidden()
    {
        var acme = await Make.Tenant();
        var manager = await (await Make.Member(acme, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get("/settings/members")).Status);
    }

    [Fact]
    public async Task Index_FiltersAndSearch_NarrowTheList()
    {
        var acme = await Make.Tenant();
        var sales = await Make.Member(acme, Role.Sales, "Berta Sommer");
        await Make.Member(acme, Role.Viewer, "Carl Winter");
        var team = await Make.Team(acme, "North", sales);
        var admin = await acme.Admin.Browser();

        Assert.Equal(3, (await admin.Get("/settings/members")).Html.QuerySelectorAll("tbody tr").Length);
        foreach (var narrowed in new[] { "?role=Sales", $"?team={team}", "?q=somm", "?role=Viewer&role=Admin&role.op=none", "?team.op=filled" })
        {
            var page = await admin.Get("/settings/members" + narrowed);
            Assert.Contains("Berta Sommer", Assert.Single(page.Texts("tbody tr")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("seen")]
    [InlineData("-seen")]
    [InlineData("joined")]
    [InlineData("-joined")]
    public async Task Index_PagesByKey_ShowEachMemberOnce(string sort)
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 60; i++) await Make.Member(acme, Role.Viewer, $"Same {i % 7}");
        var admin = await acme.Admin.Browser();

        var first = await admin.Get($"/settings/members?sort={sort}");
        var next = first.Find("a[rel=next]")!.GetAttribute("href")!;
        var second = await admin.Get("~/" + next.TrimStart('/'));
        var rows = Links(first).Concat(Links(second)).ToList();
        Assert.Equal(61, rows.Count);
        Assert.Equal(61, rows.Distinct(StringComparer.Ordinal).Count());
        var back = await admin.Get("~/" + second.Find("a[rel=prev]")!.GetAttribute("href")!.TrimStart('/'));
        Assert.Equal(Links(first), Links(back));

        static List<string> Links(Page page) => [.. page.Html.QuerySelectorAll("a.crm-row-link").Select(a => a.GetAttribute("href")!)];
    }

    [Fact]
    public async Task Save_Valid_ChangesRolesAndTeamsWithTheNextRequest()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Viewer);
        var team = await Make.Team(acme);
        var bobs = await bob.Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await bobs.Get("/settings/members")).Status);

        var saved = await (await acme.Admin.Browser()).Post($"/settings/members/{bob.Id}", new { Roles = new[] { "Admin", "Sales" }, Teams = new[] { team }, Version = 0 });

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal(HttpStatusCode.OK, (await bobs.Get("/settings/members")).Status);
        Assert.Equal([team], await acme.Use(db => db.TeamMemberships.Where(m => m.MemberId == bob.Id).Select(m => m.TeamId).ToListAsync()));
    }

    [Fact]
    public async Task Save_NoRole_ShowsErrorAndChangesNothing()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Viewer);
        var page = await (await acme.Admin.Browser()).Post($"/settings/members/{bob.Id}", new { Version = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Choose at least one role.", page.ErrorFor("Roles"));
        Assert.Equal(Role.Viewer, await RolesOf(bob));
    }

    [Fact]
    public async Task Save_OldVersion_ShowsBothAndLosesNothing()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Viewer);
        var admin = await acme.Admin.Browser();
        await admin.Post($"/settings/members/{bob.Id}", new { Roles = "Sales", Version = 0 });

        var page = await admin.Post($"/settings/members/{bob.Id}", new { Roles = "Manager", Version = 0 });

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Sales", page.Text, StringComparison.Ordinal);
        Assert.Equal("1", page.Value("Version"));
        Assert.Equal(Role.Sales, await RolesOf(bob));
    }

    [Fact]
    public async Task T2_ForeignMembersAndTeams_AreNotFound()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Member(other, Role.Sales);
        var foreignTeam = await Make.Team(other);
        var bob = await Make.Member(acme, Role.Viewer);
        var admin = await acme.Admin.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/settings/members/{foreign.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/members/{foreign.Id}", new { Roles = "Viewer" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/members/{foreign.Id}/deactivate")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post($"/settings/members/{bob.Id}", new { Roles = "Sales", Teams = foreignTeam, Version = 0 })).Status);
        Assert.Equal(Role.Viewer, await RolesOf(bob));
    }

    [Fact]
    public async Task T11_Save_FieldsThatAreNotOfTheForm_AreNotBound()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Viewer, "Bob");
        await (await acme.Admin.Browser()).Post($"/settings/members/{bob.Id}", new
        {
            Roles = "Sales",
            Version = 0,
            Name = "X",
            UserId = 1,
            TenantId = 99,
            JoinedAt = "2000-01-01",
            DeactivatedAt = "2000-01-01",
            CalendarTokenHash = "x",
            Id = 1,
        });
        var after = await acme.Use(db => db.Members.SingleAsync(m => m.Id == bob.Id));
        Assert.Equal(("Bob", bob.UserId, acme.Id, true, null), (after.Name, after.UserId, after.TenantId, after.IsActive, after.CalendarTokenHash));
        Assert.NotEqual(2000, after.JoinedAt.Year);
    }

    [Fact]
    public async Task Deactivate_Undo_EndsAndReturnsTheMembership()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Sales);
        var (admin, bobs) = (await acme.Admin.Browser(), await bob.Browser());
        Assert.Equal(HttpStatusCode.OK, (await bobs.Get("/customers")).Status);

        await admin.Post($"/settings/members/{bob.Id}/deactivate");
        Assert.Equal(HttpStatusCode.NotFound, (await bobs.Get("/customers")).Status);
        var undo = await admin.Get("/settings/members");
        Assert.NotNull(undo.Find($"[formaction$='/settings/members/{bob.Id}/reactivate']"));

        await admin.Post($"/settings/members/{bob.Id}/reactivate");
        Assert.Equal(HttpStatusCode.OK, (await bobs.Get("/customers")).Status);
    }

    [Fact]
    public async Task Save_Undo_GivesRolesAndTeamsBack()
    {
        var acme = await Make.Tenant();
        var bob = await Make.Member(acme, Role.Sales | Role.Service);
        var (north, south) = (await Make.Team(acme, "North", bob), await Make.Team(acme, "South"));
        var admin = await acme.Admin.Browser();
        var form = await admin.Get($"/settings/members/{bob.Id}");
        await admin.Post($"/settings/members/{bob.Id}", new { Roles = "Viewer", Teams = south, Version = form.Value("Version") });
        Assert.Equal((Role.Viewer, south), (await RolesOf(bob), Assert.Single(await TeamsOf(bob))));

        var undo = (await admin.Get("/settings/members")).Find($"[formaction*='/settings/members/{bob.Id}?']")!.GetAttribute("formaction")!;
        await admin.Post("~" + undo);
        Assert.Equal((Role.Sales | Role.Service, north), (await RolesOf(bob), Assert.Single(await TeamsOf(bob))));

        // it is for once: a later change is not taken back with it
        Assert.Equal(HttpStatusCode.Conflict, (await admin.Post("~" + undo)).Status);
    }

    private static Task<List<long>> TeamsOf(TestMember member) =>
        member.Tenant.Use(db => db.TeamMemberships.Where(t => t.MemberId == member.Id).Select(t => t.TeamId).ToListAsync());

    private static Task<Role> RolesOf(TestMember member) => member.Tenant.Use(db => db.Members.Where(m => m.Id == member.Id).Select(m => m.Roles).SingleAsync());
}
