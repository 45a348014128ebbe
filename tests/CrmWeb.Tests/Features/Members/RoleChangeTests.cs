using System.Net;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Members;

/// <summary>T12: nobody hands on more than they have, and somebody stays admin.</summary>
public class RoleChangeTests
{
    public static TheoryData<Role> EachRole => [.. Roles.Each];

    [Fact]
    public void T12_MayBeChangedBy_AnyActorTargetAndRoles_NeverTouchesARoleTheActorLacks()
    {
        const int all = 64;
        for (var actor = 0; actor < all; actor++)
        {
            for (var has = 0; has < all; has++)
            {
                var target = new Member(1, "X", (Role)has, DateTime.UnixEpoch);
                for (var wanted = 0; wanted < all; wanted++)
                {
                    var touched = has ^ wanted;
                    var expected = (actor & (int)Role.Admin) != 0 || (touched & ~actor) == 0;
                    Assert.Equal(expected, target.MayBeChangedBy((Role)actor, (Role)wanted));
                }
            }
        }
    }

    [Theory, MemberData(nameof(EachRole))]
    public async Task T12_EachActor_GivesEachTargetEachRole_OnlyAdminsSucceed(Role actor)
    {
        var acme = await Make.Tenant();
        var browser = await (await Make.Member(acme, actor)).Browser();
        foreach (var target in Roles.Each)
        {
            var member = await Make.Member(acme, target);
            foreach (var wanted in Roles.Each)
            {
                var before = await Read(member);
                var page = await browser.Post($"/settings/members/{member.Id}", new { Roles = wanted.ToString(), before.Version });
                var after = await Read(member);
                Assert.Equal(actor == Role.Admin ? HttpStatusCode.Redirect : HttpStatusCode.Forbidden, page.Status);
                Assert.Equal(actor == Role.Admin ? wanted : before.Roles, after.Roles);
            }
        }
    }

    [Fact]
    public async Task T12_LastAdmin_IsNeitherDemotedNorDeactivated()
    {
        var acme = await Make.Tenant();
        var gone = await Make.Member(acme, Role.Admin);
        var admin = await acme.Admin.Browser();
        await admin.Post($"/settings/members/{gone.Id}/deactivate");

        var page = await admin.Post($"/settings/members/{acme.Admin.Id}", new { Roles = "Viewer", Version = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Somebody must stay admin. Make somebody else admin first.", page.ErrorFor("Roles"));
        await admin.Post($"/settings/members/{acme.Admin.Id}/deactivate");
        Assert.Equal(1, await Admins(acme));
    }

    [Fact]
    public async Task T12_TwoAdminsDemoteEachOtherAtOnce_OneStays()
    {
        for (var round = 0; round < 8; round++)
        {
            var acme = await Make.Tenant();
            var other = await Make.Member(acme, Role.Admin);
            var (one, two) = (await acme.Admin.Browser(), await other.Browser());

            var (first, second) = (round % 2 == 0)
                ? (one.Post($"/settings/members/{other.Id}", new { Roles = "Viewer", Version = 0 }), two.Post($"/settings/members/{acme.Admin.Id}", new { Roles = "Viewer", Version = 0 }))
                : (one.Post($"/settings/members/{other.Id}/deactivate"), two.Post($"/settings/members/{acme.Admin.Id}/deactivate"));
            var pages = await Task.WhenAll(first, second);

            Assert.Equal(1, await Admins(acme));
            Assert.All(pages, page => Assert.True(page.Status < HttpStatusCode.InternalServerError, page.Text));
        }
    }

    [Fact]
    public async Task T12_TwoAdminsLeaveAtOnce_OneStays()
    {
        for (var round = 0; round < 4; round++)
        {
            var acme = await Make.Tenant();
            var other = await Make.Member(acme, Role.Admin);
            var (one, two) = (await acme.Admin.Browser(), await other.Browser());
            await Task.WhenAll(
                one.Post($"/settings/members/{acme.Admin.Id}", new { Roles = "Viewer", Version = 0 }),
                two.Post($"/settings/members/{other.Id}", new { Roles = "Viewer", Version = 0 }));
            Assert.Equal(1, await Admins(acme));
        }
    }

    private static Task<int> Admins(TestTenant tenant) => tenant.Use(db => db.Members.CountAsync(m => m.DeactivatedAt == null && (m.Roles & Role.Admin) != Role.None));

    private static Task<Member> Read(TestMember member) => member.Tenant.Use(db => db.Members.AsNoTracking().SingleAsync(m => m.Id == member.Id));
}
