using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Data;

public sealed class TenantScopingTests
{
    [Fact]
    public async Task T5_QueryWithoutTenant_Throws()
    {
        var host = await CrmHost.Shared();
        await host.Scope(async services =>
        {
            var db = services.GetRequiredService<CrmDb>();
            await Assert.ThrowsAnyAsync<InvalidOperationException>(() => db.Customers.ToListAsync());
            await Assert.ThrowsAnyAsync<InvalidOperationException>(() => db.Tasks.CountAsync());
            return 0;
        });
    }

    [Fact]
    public async Task T2_TwoTenantsInTurn_EachSeesItsOwn()
    {
        var (a, b) = (await Make.Tenant(), await Make.Tenant());
        await Make.Customer(a, "MARK-A");
        await Make.Customer(b, "MARK-B");

        // the model is cached with the first context: a filter that had caught that context would show here
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(["MARK-A"], await a.Use(db => db.Customers.Select(c => c.Name).ToListAsync()));
            Assert.Equal(["MARK-B"], await b.Use(db => db.Customers.Select(c => c.Name).ToListAsync()));
        }
    }

    [Fact]
    public async Task T8_LinkToForeignCustomer_IsRefusedByTheDatabase()
    {
        var (a, b) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Customer(a);
        await Assert.ThrowsAsync<DbUpdateException>(() => b.Use(async db =>
        {
            db.Customers.Add(new Customer(new CustomerDetails { Name = "Bait", OrganisationId = foreign }, b.Host.Clock.Now));
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Save_TrackedForeignRow_Throws()
    {
        var (a, b) = (await Make.Tenant(), await Make.Tenant());
        var id = await Make.Customer(a);
        var stolen = await a.Use(db => db.Customers.AsNoTracking().SingleAsync(c => c.Id == id));
        await Assert.ThrowsAsync<InvalidOperationException>(() => b.Use(async db =>
        {
            db.Update(stolen);
            return await db.SaveChangesAsync();
        }));
    }

    [Fact]
    public async Task Visibility_OwnTeamAll_HoldsForCustomersAndWhatHangsOnThem()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        var team = await acme.Use(async db =>
        {
            var north = new Team("North");
            db.Teams.Add(north);
            await db.SaveChangesAsync();
            return north.Id;
        });
        var own = await Make.Customer(acme, "Own", d => d with { OwnerId = rep.Id });
        var teams = await Make.Customer(acme, "Team's", d => d with { TeamId = team });
        var others = await Make.Customer(acme, "Other");
        foreach (var id in new[] { own, teams, others }) await Make.Interaction(acme, id);

        async Task Sees(Visibility visibility, params string[] names)
        {
            var actor = new Actor(rep.Id, Role.Sales, visibility, [team]);
            Assert.Equal(names, await acme.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.Name).ToListAsync(), actor));
            Assert.Equal(names, await acme.Use(db => db.Interactions.OrderBy(i => i.CustomerId).Select(i => i.Customer!.Name).ToListAsync(), actor));
            Assert.Equal(names.Length, await acme.Use(db => db.Interactions.CountAsync(), actor));
            Assert.Equal(names.Length, await acme.Use(db => db.CustomerEvents.CountAsync(), actor));
        }

        await Sees(Visibility.Own, "Own");
        await Sees(Visibility.Team, "Own", "Team's");
        await Sees(Visibility.All, "Own", "Team's", "Other");
    }

    [Fact]
    public async Task Log_PastContact_KeepsTheFactAndTheVersion()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        var when = new DateTime(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);
        await Make.Interaction(acme, id, new InteractionDetails { OccurredAt = when });
        await Make.Interaction(acme, id, new InteractionDetails { OccurredAt = when.AddDays(-9) });
        await Make.Interaction(acme, id, new InteractionDetails { OccurredAt = when.AddDays(9), IsPlanned = true });

        var customer = await acme.Use(db => db.Customers.SingleAsync(c => c.Id == id));
        Assert.Equal(when, customer.LastInteractionAt);
        Assert.Equal(0, customer.Version);
        Assert.Equal(3, await acme.Use(db => db.CustomerEvents.CountAsync()));
    }

    [Fact]
    public async Task R1_SaveOverANewerVersion_IsRefused()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        Task<int> Rename(string name, int seen) => acme.Use(async db =>
        {
            var customer = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == id);
            db.Expect(customer, seen);
            customer.Change(CustomerDetails.Of(customer) with { Name = name }, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });

        await Rename("First", 0);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => Rename("Second", 0));
        Assert.Equal("First", await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleAsync()));
    }
}
