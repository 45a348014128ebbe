using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Data.Seeds;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Platform.Cli;

public class DemoCommandTests
{
    [Fact]
    public async Task Demo_FreshDatabase_MakesATenantOnce()
    {
        await using var host = await CrmHost.Start();

        var first = await ChildProgram.Run(host, "demo");
        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.All(DemoAccounts.All, account => Assert.Contains(account.Email, first.Output, StringComparison.Ordinal));

        var before = await Count(host);
        var second = await ChildProgram.Run(host, "demo");
        Assert.Equal(0, second.Code);
        Assert.Contains("nothing was changed", second.Output, StringComparison.Ordinal);
        Assert.Equal(before, await Count(host));
        Assert.InRange(before.Customers, 280, 320);
        Assert.True(before.Interactions > 800);
    }

    [Fact]
    public async Task Demo_EachRole_HasAnAccountWithThePassword()
    {
        await using var host = await CrmHost.Start();
        await host.Scope(services => services.GetRequiredService<CrmDb>().MakeDemo(host.Clock.Now));

        Assert.Equal(Roles.Each.Order(), DemoAccounts.All.Select(account => account.Role).Order());
        await host.Scope(async services =>
        {
            var users = services.GetRequiredService<UserManager<AppUser>>();
            foreach (var account in DemoAccounts.All)
            {
                var user = await users.FindByEmailAsync(account.Email);
                Assert.True(await users.CheckPasswordAsync(user!, DemoAccounts.Password));
            }

            return 0;
        });
    }

    [Fact]
    public async Task Demo_Data_IsWholeAndHasSomethingForToday()
    {
        await using var host = await CrmHost.Start();
        await host.Scope(services => services.GetRequiredService<CrmDb>().MakeDemo(host.Clock.Now));
        var demo = await Demo(host);
        await demo.Use(async db =>
        {
            Assert.Equal(0, await Make.WrongFacts(db));
            var today = DateOnly.FromDateTime(host.Clock.Now);
            Assert.True(await db.Tasks.AnyAsync(t => t.DoneAt == null && t.DueOn < today));
            Assert.True(await db.Tasks.AnyAsync(t => t.DoneAt == null && t.DueOn == today));
            Assert.True(await db.Interactions.AnyAsync(i => i.IsPlanned));
            Assert.True(await db.Customers.AnyAsync(c => c.Country == "IR"));
            Assert.True(await db.Customers.AnyAsync(c => c.OrganisationId != null));
            // a few faults for the page of data quality to find
            Assert.InRange(await db.Customers.CountAsync(c => c.Phone != null && c.PhoneNormal == null), 1, 15);
            Assert.InRange(await db.Customers.CountAsync(c => c.Email != null && c.EmailNormal == null), 1, 15);
            Assert.True(await db.QualityDays.CountAsync() > 5);
            Assert.True(await db.StaleRules.AnyAsync());
            // segments were judged week by week, and go on from there
            Assert.InRange(await db.SegmentSizes.Select(s => s.Day).Distinct().CountAsync(), 20, 40);
            Assert.True(await db.Memberships.CountAsync(m => m.LeftAt != null) > 20);
            foreach (var segment in await db.Segments.ToListAsync())
            {
                var sizes = await db.SegmentSizes.Where(s => s.SegmentId == segment.Id).OrderBy(s => s.Day).ToListAsync();
                Assert.Equal(segment.MemberCount, sizes[^1].Count);
                Assert.Equal(segment.MemberCount, sizes.Sum(s => s.Entered - s.Left));
            }

            Assert.True(await db.Customers.AnyAsync(c => c.ServiceTierId == null && c.EffectiveTierId != null));
            return 0;
        });
    }

    private static async Task<(int Customers, int Interactions, int Users)> Count(CrmHost host) =>
        await (await Demo(host)).Use(async db => (await db.Customers.CountAsync(), await db.Interactions.CountAsync(), await db.Users.CountAsync()));

    private static async Task<TestTenant> Demo(CrmHost host) =>
        new(host, await host.Scope(s => s.GetRequiredService<CrmDb>().Tenants.Where(t => t.Slug == "demo").Select(t => t.Id).SingleAsync()), "demo");
}
