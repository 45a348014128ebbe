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

    private static Task<int> Told(TestTenant tenant, NotificationKind kind, TestMember member) =>
        tenant.Use(db => db.Notifications.IgnoreQueryFilters(["visibility"]).CountAsync(n => n.Kind == kind && n.MemberId == member.Id));
}
