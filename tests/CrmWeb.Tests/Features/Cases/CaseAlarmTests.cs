using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Cases;

public sealed class CaseAlarmTests
{
    private static readonly DateTime Begin = new(2030, 1, 7, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Ring_AsTimePasses_WarnsOnce_EscalatesOnce_OnAnyNumberOfNodes()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Begin;
        var acme = await Make.Tenant(host);
        await Make.SlaRule(acme);
        var (agent, boss) = (await Make.Member(acme, Role.Service), await Make.Member(acme, Role.Manager));
        var team = await Make.Team(acme, null, agent, boss);
        await Make.Member(acme, Role.Manager);
        var api = await Make.Program(acme.Admin);
        var its = (await api.Post("/cases", new { customerId = await Make.Customer(acme), subject = "Broken", ownerId = agent.Id, teamId = team })).Id;
        await using var node = host.AnotherNode();
        var alarms = new[] { host, node }.Select(one => one.Services.GetRequiredService<CaseAlarm>()).ToList();
        async Task Ring()
        {
            await Task.WhenAll(alarms.Concat(alarms).Select(alarm => Task.Run(() => alarm.Ring(CancellationToken.None))));
            // a claim that another node was faster with is tried again a minute later
            foreach (var alarm in alarms) await alarm.Ring(CancellationToken.None);
        }

        host.Clock.Now = node.Clock.Now = Begin.AddMinutes(47);
        await Ring();
        Assert.Equal(0, await Told(acme, NotificationKind.CaseDue, agent));
        host.Clock.Now = node.Clock.Now = Begin.AddMinutes(48);
        await Ring();
        Assert.Equal((1, 0), (await Told(acme, NotificationKind.CaseDue, agent), await Told(acme, NotificationKind.CaseLate, agent)));
        host.Clock.Now = node.Clock.Now = Begin.AddMinutes(61);
        await Ring();
        Assert.Equal((1, 1, 1), (await Told(acme, NotificationKind.CaseDue, agent), await Told(acme, NotificationKind.CaseLate, agent), await Told(acme, NotificationKind.CaseLate, boss)));
        var task = await acme.Use(db => db.Tasks.SingleAsync());
        Assert.Equal((boss.Id, "Too late: Broken", Priority.High), (task.OwnerId, task.Title, task.Priority));

        // answered at last: the clock of the end is another one, warned of and escalated on its own
        (await api.Patch($"/cases/{its}", new { answered = true })).Assert200();
        host.Clock.Now = node.Clock.Now = Begin.AddMinutes(480);
        await Ring();
        Assert.Equal(2, await Told(acme, NotificationKind.CaseDue, agent));
        (await api.Patch($"/cases/{its}", new { state = "waiting" })).Assert200();
        host.Clock.Now = node.Clock.Now = Begin.AddDays(3);
        await Ring();
        Assert.Equal(1, await acme.Use(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task Ring_ResolvedOrDeleted_TellsNobody()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = Begin;
        var acme = await Make.Tenant(host);
        await Make.SlaRule(acme);
        var api = await Make.Program(acme.Admin);
        var customer = await Make.Customer(acme);
        var resolved = (await api.Post("/cases", new { customerId = customer, subject = "One", ownerId = acme.Admin.Id })).Id;
        var deleted = (await api.Post("/cases", new { customerId = customer, subject = "Two", ownerId = acme.Admin.Id })).Id;
        (await api.Patch($"/cases/{resolved}", new { state = "resolved" })).Assert200();
        await api.Delete($"/cases/{deleted}");
        host.Clock.Now = Begin.AddDays(9);
        Assert.Equal(0, await host.Services.GetRequiredService<CaseAlarm>().Ring(CancellationToken.None));
        Assert.Equal(0, await acme.Use(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task Ring_EscalatesToNobodyWhoLeftOrDoesNotSeeTheCustomer_AndAsksOnce()
    {
        var (host, sql) = await SqlCount.Host();
        await using var its = host;
        host.Clock.Now = Begin;
        var acme = await Make.Tenant(host);
        await Make.SlaRule(acme);
        var (gone, blind, seeing) = (await Make.Member(acme, Role.Service), await Make.Member(acme, Role.Manager), await Make.Member(acme, Role.Manager));
        var team = await Make.Team(acme, null, gone, blind);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, Visibility.Own));
            (await db.Members.SingleAsync(m => m.Id == gone.Id)).Deactivate(Begin);
            return await db.SaveChangesAsync();
        });
        var api = await Make.Program(acme.Admin);
        async Task Open(int cases)
        {
            for (var i = 0; i < cases; i++)
            {
                var customer = await Make.Customer(acme, with: c => c with { OwnerId = seeing.Id });
                var id = (await api.Post("/cases", new { customerId = customer, subject = "Broken", teamId = team })).Id;
                await acme.Use(db => db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnerId, gone.Id)));
            }
        }

        var alarm = host.Services.GetRequiredService<CaseAlarm>();
        async Task<int> Asked()
        {
            await sql.Of(() => alarm.Ring(CancellationToken.None));
            return sql.Commands.Count(command => command.TrimStart().StartsWith("SELECT", StringComparison.Ordinal));
        }

        await Open(1);
        host.Clock.Now = Begin.AddMinutes(50);
        Assert.Equal(1, await alarm.Ring(CancellationToken.None));
        Assert.Equal((0, 1), (await Told(acme, NotificationKind.CaseDue, gone), await Told(acme, NotificationKind.CaseDue, seeing)));
        host.Clock.Now = Begin.AddMinutes(61);
        var few = await Asked();
        Assert.Equal((0, 0, 1), (await Told(acme, NotificationKind.CaseLate, gone), await Told(acme, NotificationKind.CaseLate, blind), await Told(acme, NotificationKind.CaseLate, seeing)));
        Assert.Equal(seeing.Id, await acme.Use(db => db.Tasks.Select(t => t.OwnerId).SingleAsync()));

        await Open(6);
        host.Clock.Now = Begin.AddHours(3);
        // they were to be warned of as well by now, which is read likewise
        Assert.InRange(await Asked(), 1, few + 3);
        Assert.Equal(7, await Told(acme, NotificationKind.CaseLate, seeing));
    }

    private static Task<int> Told(TestTenant tenant, NotificationKind kind, TestMember member) =>
        tenant.Use(db => db.Notifications.IgnoreQueryFilters(["visibility"]).CountAsync(n => n.Kind == kind && n.MemberId == member.Id));
}
