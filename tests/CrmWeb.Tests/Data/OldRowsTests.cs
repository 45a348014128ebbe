using CrmWeb.Data;
using CrmWeb.Data.Identity;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Data;

public sealed class OldRowsTests
{
    private const int MoreThanABatch = 1100;

    [Fact]
    public async Task Daily_OfAnyTenant_TakesWhatNobodyNeedsAndLeavesTheRest()
    {
        await using var host = await CrmHost.Start();
        var tenants = new[] { await Make.Tenant(host), await Make.Tenant(host) };
        var imported = new List<long>();
        foreach (var tenant in tenants)
        {
            await Rows(tenant, "old");
            imported.Add(await Make.Import(tenant, "id,Name\n1,Ann\n"));
            await tenant.Do(imported[^1], CustomerImport.JobKind);
        }

        await host.Scope(async services =>
        {
            var db = services.GetRequiredService<CrmDb>();
            db.Registrations.AddRange(Enumerable.Range(0, MoreThanABatch).Select(i => Registration(host, $"{i}@example.org")));
            return await db.SaveChangesAsync();
        });
        host.Clock.Advance(TimeSpan.FromDays(100));
        foreach (var tenant in tenants) await Rows(tenant, "new");
        await host.Scope(async services =>
        {
            var db = services.GetRequiredService<CrmDb>();
            db.Registrations.Add(Registration(host, "new@example.org"));
            return await db.SaveChangesAsync();
        });

        await host.Services.GetRequiredService<Schedule>().Daily(default);

        foreach (var (tenant, import) in tenants.Zip(imported))
        {
            Assert.Equal(["new done", "new waiting", "old waiting"], await tenant.Use(db => db.Jobs.Where(j => j.Kind == "test").OrderBy(j => j.Payload).Select(j => j.Payload).ToListAsync()));
            Assert.Equal(["new@example.org"], await tenant.Use(db => db.Invitations.Select(i => i.Email).ToListAsync()));
            Assert.Equal(["new", "old open"], await tenant.Use(db => db.ApiKeys.OrderBy(k => k.Name).Select(k => k.Name).ToListAsync()));
            Assert.Equal(1, await tenant.Use(db => db.Merges.CountAsync()));
            // the page of an import shows how its job ended
            Assert.NotNull((await tenant.ImportOf(import)).Job);
            var user = tenant.Admin.UserId;
            Assert.Equal(["new ended", "new open"], await tenant.Use(db => db.UserSessions.Where(s => s.UserId == user).OrderBy(s => s.Device).Select(s => s.Device).ToListAsync()));
        }

        Assert.Equal(["new@example.org"], await host.Scope(services => services.GetRequiredService<CrmDb>().Registrations.Select(r => r.Email).ToListAsync()));
    }

    private static Registration Registration(CrmHost host, string mail)
    {
        var registration = new Registration(mail, "Acme", $"acme-{Make.Number()}", "Ann", "en", host.Clock.Now);
        registration.Renew(Guid.NewGuid().ToString("N"), host.Clock.Now);
        return registration;
    }

    private static async Task Rows(TestTenant tenant, string age)
    {
        var now = tenant.Host.Clock.Now;
        await tenant.Use(async db =>
        {
            db.UserSessions.AddRange(new UserSession(tenant.Admin.UserId, $"{age} open", now), new UserSession(tenant.Admin.UserId, $"{age} ended", now) { EndedAt = now });
            db.Jobs.AddRange(new Job("test", $"{age} done", tenant.Admin.Id, now), new Job("test", $"{age} waiting", tenant.Admin.Id, now.AddYears(1)));
            db.ApiKeys.Add(new ApiKey(tenant.Admin.Id, age == "old" ? "old expired" : age, ["customers.read"], Guid.NewGuid().ToString("N"), "crm_", now, now.AddDays(1)));
            if (age == "old") db.ApiKeys.Add(new ApiKey(tenant.Admin.Id, "old open", ["customers.read"], Guid.NewGuid().ToString("N"), "crm_", now, null));
            var (one, other) = (new Customer(new CustomerDetails { Name = "One" }, now), new Customer(new CustomerDetails { Name = "Other" }, now));
            db.Customers.AddRange(one, other);
            await db.SaveChangesAsync();
            db.Merges.Add(new Merge(one.Id, other.Id, tenant.Admin.Id, now));
            db.Invitations.Add(new Invitation($"{age}@example.org", Role.Sales, null, tenant.Admin.Id, Guid.NewGuid().ToString("N"), now));
            await db.SaveChangesAsync();
            return await db.Jobs.Where(j => j.Payload == $"{age} done")
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Done).SetProperty(j => j.FinishedAt, now));
        });
    }
}
