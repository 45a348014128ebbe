using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

/// <summary>What contacts cost and what remains of a customer: kept in the transaction of the contact, at the cost of its day and the roles of its member.</summary>
public sealed class CustomerCostTests
{
    [Fact]
    public async Task Log_NoCostsSet_NothingIsKnownButTheMinutes()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        await Make.Order(tenant, customer, 100_00, with: d => d with { Lines = [d.Lines[0] with { UnitCost = 40_00 }] });
        await Log(tenant, customer, Channel.Call, 30);

        Assert.Equal((30, null, null, null), await Kept(tenant, customer));
    }

    [Fact]
    public async Task Log_CostsOfRoleAndChannel_LeaveTheProfit()
    {
        var tenant = await Make.Tenant();
        await Make.Cost(tenant, Role.Admin, 60_00);
        await Make.Cost(tenant, Channel.Call, 1_50);
        var customer = await Make.Customer(tenant);
        await Make.Order(tenant, customer, 100_00, with: d => d with { Lines = [d.Lines[0] with { UnitCost = 40_00 }] });
        Assert.Equal((0, null, null, 60_00L), await Kept(tenant, customer));

        await Log(tenant, customer, Channel.Call, 30);
        Assert.Equal((30, 30_00L, 1_50L, 28_50L), await Kept(tenant, customer));
        await Log(tenant, customer, Channel.Call, null);
        Assert.Equal((30, 30_00L, 3_00L, 27_00L), await Kept(tenant, customer));
        // nobody said what a visit costs
        await Log(tenant, customer, Channel.Visit, 60);
        Assert.Equal((90, 90_00L, null, null), await Kept(tenant, customer));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Log_NeverBought_CostIsALoss()
    {
        var tenant = await Make.Tenant();
        await Make.Cost(tenant, Role.Admin, 60_00);
        await Make.Cost(tenant, Channel.Call, 0);
        var customer = await Make.Customer(tenant);
        await Log(tenant, customer, Channel.Call, 7);

        Assert.Equal((7, 7_00L, 0L, -7_00L), await Kept(tenant, customer));
    }

    [Fact]
    public async Task Log_SeveralRolesAndDays_DearestOfItsDay()
    {
        var tenant = await Make.Tenant();
        var member = await Make.Member(tenant, Role.Sales | Role.Service);
        var today = DateOnly.FromDateTime(tenant.Host.Clock.Now);
        await Make.Cost(tenant, Role.Service, 30_00);
        await Make.Cost(tenant, Role.Sales, 20_00);
        await Make.Cost(tenant, Role.Sales, 45_00, today.AddDays(-10));
        await Make.Cost(tenant, Role.Manager, 900_00);
        await Make.Cost(tenant, Channel.Call, 0);
        var customer = await Make.Customer(tenant);
        await Log(tenant, customer, Channel.Call, 60, member.Id, daysAgo: 20);
        Assert.Equal(30_00, (await Kept(tenant, customer)).Service);
        await Log(tenant, customer, Channel.Call, 60, member.Id, daysAgo: 1);
        Assert.Equal(75_00, (await Kept(tenant, customer)).Service);
    }

    [Fact]
    public async Task Recount_RolesChangedSince_CostStays()
    {
        var tenant = await Make.Tenant();
        var member = await Make.Member(tenant, Role.Sales);
        await Make.Cost(tenant, Role.Sales, 20_00);
        await Make.Cost(tenant, Role.Manager, 80_00);
        await Make.Cost(tenant, Channel.Call, 0);
        var customer = await Make.Customer(tenant);
        await Log(tenant, customer, Channel.Call, 60, member.Id);
        await tenant.Use(db => db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Role.Manager)));

        Assert.Equal(0, await tenant.Use(db => db.RecountCosts(_ => Task.CompletedTask, default)));
        Assert.Equal(20_00, (await Kept(tenant, customer)).Service);
        await Log(tenant, customer, Channel.Call, 60, member.Id);
        Assert.Equal(100_00, (await Kept(tenant, customer)).Service);
    }

    [Fact]
    public async Task Recount_CostsSetAndTakenAway_FollowsBothTimes()
    {
        var tenant = await Make.Tenant();
        long[] customers = [await Make.Customer(tenant), await Make.Customer(tenant)];
        await Log(tenant, customers[0], Channel.Email, 15);
        await Make.Order(tenant, customers[1], 10_00, with: d => d with { Lines = [d.Lines[0] with { UnitCost = 4_00 }] });
        await Make.Cost(tenant, Role.Admin, 40_00);
        await Make.Cost(tenant, Channel.Email, 5);

        Assert.Equal(2, await tenant.Use(db => db.RecountCosts(_ => Task.CompletedTask, default)));
        Assert.Equal((15, 10_00L, 5L, -10_05L), await Kept(tenant, customers[0]));
        Assert.Equal((0, null, null, 6_00L), await Kept(tenant, customers[1]));
        await tenant.Use(db => db.CostRates.ExecuteDeleteAsync());
        Assert.Equal(2, await tenant.Use(db => db.RecountCosts(_ => Task.CompletedTask, default)));
        Assert.Equal((15, null, null, null), await Kept(tenant, customers[0]));
        Assert.Equal((0, null, null, null), await Kept(tenant, customers[1]));
    }

    [Fact]
    public async Task Log_WithMany_CostsEach()
    {
        var tenant = await Make.Tenant();
        await Make.Cost(tenant, Role.Admin, 60_00);
        await Make.Cost(tenant, Channel.Call, 1_00);
        long[] customers = [await Make.Customer(tenant), await Make.Customer(tenant)];
        await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Log(customers, new InteractionDetails { OccurredAt = tenant.Host.Clock.Now, Channel = Channel.Call, Minutes = 10 }, tenant.Host.Clock.Now, default);
            await transaction.CommitAsync();
            return 0;
        }, new Actor(tenant.Admin.Id, Role.Admin, Visibility.All, []));
        foreach (var customer in customers) Assert.Equal((10, 10_00L, 1_00L, -11_00L), await Kept(tenant, customer));
    }

    [Fact]
    public async Task Import_Contacts_CostLikeLoggedOnes()
    {
        var tenant = await Make.Tenant();
        await Make.Cost(tenant, Role.Admin, 60_00);
        await Make.Cost(tenant, Channel.Call, 1_00);
        var customer = await Make.Customer(tenant);
        await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var contact = Interaction.OfMany(new InteractionDetails { OccurredAt = tenant.Host.Clock.Now, Channel = Channel.Call, Minutes = 10 }, tenant.Admin.Id, tenant.Host.Clock.Now);
            await db.InsertContacts([(contact, customer)], default);
            await transaction.CommitAsync();
            return 0;
        }, new Actor(tenant.Admin.Id, Role.Admin, Visibility.All, []));
        Assert.Equal((10, 10_00L, 1_00L, -11_00L), await Kept(tenant, customer));
    }

    private static Task<(long Minutes, long? Service, long? Contact, long? Profit)> Kept(TestTenant tenant, long id) => tenant.Use(async db =>
    {
        var c = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == id);
        return (c.ServiceMinutes, c.ServiceCost, c.ContactCost, c.Profit);
    });

    private static Task<int> Log(TestTenant tenant, long customer, Channel channel, int? minutes, long? member = null, int daysAgo = 0) => tenant.Use(async db =>
    {
        var now = tenant.Host.Clock.Now;
        (await db.Customers.SingleAsync(c => c.Id == customer)).Log(new InteractionDetails { OccurredAt = now.AddDays(-daysAgo), Channel = channel, Minutes = minutes }, member ?? tenant.Admin.Id, now);
        return await db.SaveChangesAsync();
    });
}
