using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

/// <summary>What a customer is worth is kept in the transaction of each fact, so that computing it anew changes nothing.</summary>
public sealed class CustomerWorthTests
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Rebuild_AfterAnythingDone_ChangesNothing(int seed)
    {
        var tenant = await Make.Tenant();
        long[] customers = [await Make.Customer(tenant), await Make.Customer(tenant), await Make.Customer(tenant)];
        var stages = await Make.Pipeline(tenant);
        var chance = new Random(seed);
        if (seed > 2) await Costs(tenant, seed);
        for (var step = 0; step < 60; step++)
        {
            await tenant.Use(db => Act(db, tenant, customers[chance.Next(customers.Length)], stages, chance));
            if (step % 20 == 19) await MergeOrPart(tenant, customers, chance);
        }

        Assert.All(await tenant.Use(db => Make.Worth(db, tenant.Host.Clock.Now)), customer => Assert.Equal(customer.Should, customer.Kept));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Rebuild_WrongFacts_AreMended()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        await Make.Order(tenant, customer, 12_34);
        await tenant.Use(db => db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.TotalSpent, 1).SetProperty(c => c.OpenDeals, 7)));

        Assert.Equal(1, await tenant.Use(db => db.RebuildFacts(default)));
        Assert.All(await tenant.Use(db => Make.Worth(db, tenant.Host.Clock.Now)), one => Assert.Equal(one.Should, one.Kept));
    }

    [Fact]
    public async Task Order_OfTwoCustomersAtOnce_EachKeepsItsOwn()
    {
        var tenant = await Make.Tenant();
        long[] customers = [await Make.Customer(tenant), await Make.Customer(tenant)];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Make.Order(tenant, customers[i % 2], 1_00 + i)));

        Assert.Equal([6, 6], await tenant.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.OrderCount).ToListAsync()));
        Assert.All(await tenant.Use(db => Make.Worth(db, tenant.Host.Clock.Now)), one => Assert.Equal(one.Should, one.Kept));
    }

    private static async Task<int> Act(CrmDb db, TestTenant tenant, long customerId, long[] stages, Random chance)
    {
        var now = tenant.Host.Clock.Now;
        var customer = await db.Customers.IgnoreQueryFilters(Away).SingleAsync(c => c.Id == customerId);
        var past = now.AddMinutes(-chance.Next(300 * 24 * 60));
        switch (chance.Next(9))
        {
            case 0:
                customer.Log(new InteractionDetails { OccurredAt = past, Direction = (Direction)chance.Next(2), Channel = (Channel)chance.Next(3), Minutes = chance.Next(3) == 0 ? null : chance.Next(90) }, tenant.Admin.Id, now);
                break;
            case 1 or 2:
                db.Orders.Add(new Order(customer, Details(past, chance), tenant.Admin.Id, now));
                break;
            case 3:
                await OnOrder(db, customerId, tenant, chance);
                break;
            case 4:
                db.Deals.Add(new Deal(customer, await db.Stages.SingleAsync(s => s.Id == stages[0]), new DealDetails { Name = "Deal", Amount = chance.Next(99_999), Conversion = Conversion.None("EUR") }, null, now));
                break;
            case 5:
                await OnDeal(db, customerId, chance, now);
                break;
            case 6:
                db.Cases.Add(new Case(customer, new CaseDetails { Subject = "Case" }, Clock, null, now));
                break;
            case 7:
                await OnCase(db, customerId, chance, now);
                break;
            default:
                if (customer.DeletedAt is null) customer.Archive(now);
                else if (customer.MergedIntoId is null) customer.Restore();
                break;
        }

        return await db.SaveChangesAsync();
    }

    // of the fourth on a visit, and of the fifth on an early hour, costs nobody knows what
    private static async Task Costs(TestTenant tenant, int seed)
    {
        var today = DateOnly.FromDateTime(tenant.Host.Clock.Now);
        await Make.Cost(tenant, Role.Admin, 61_37, seed > 4 ? today.AddDays(-200) : null);
        await Make.Cost(tenant, Role.Admin, 70_00, today.AddDays(-100));
        foreach (var channel in new[] { Channel.Call, Channel.Email }) await Make.Cost(tenant, channel, 33);
        if (seed < 4) await Make.Cost(tenant, Channel.Meeting, 5_00);
    }

    private static SlaClock Clock => SlaClock.Of(BusinessCalendar.Always(TimeZoneInfo.Utc), null);

    private static OrderDetails Details(DateTime at, Random chance) => new()
    {
        PlacedAt = at,
        Conversion = Conversion.None("EUR"),
        Lines = [new OrderLineDetails { Description = "Thing", Quantity = chance.Next(1, 9), UnitPrice = chance.Next(9_999), UnitCost = chance.Next(9) == 0 ? null : chance.Next(999) }],
    };

    private static async Task OnOrder(CrmDb db, long customerId, TestTenant tenant, Random chance)
    {
        var now = tenant.Host.Clock.Now;
        var orders = await db.Orders.IgnoreQueryFilters(Away).Include(o => o.Customer).Include(o => o.Lines).Where(o => o.CustomerId == customerId).OrderBy(o => o.Id).ToListAsync();
        if (orders.Count == 0) return;
        var order = orders[chance.Next(orders.Count)];
        switch (chance.Next(5))
        {
            case 0:
                order.Return(null, "Too large", null, now);
                break;
            case 1:
                order.Keep(now);
                break;
            case 2:
                order.Change(Details(now.AddDays(-chance.Next(200)), chance), now);
                break;
            case 3:
                order.Delete(now);
                break;
            default:
                order.Restore();
                break;
        }
    }

    private static async Task OnDeal(CrmDb db, long customerId, Random chance, DateTime now)
    {
        var deal = await db.Deals.IgnoreQueryFilters(Away).Include(d => d.Customer).Include(d => d.Stays).Where(d => d.CustomerId == customerId).OrderBy(d => d.Id).LastOrDefaultAsync();
        if (deal is null) return;
        var act = chance.Next(4);
        if (act == 0) deal.Close(chance.Next(2) == 0 ? DealState.Won : DealState.Lost, null, null, null, now);
        else if (act == 1) deal.Reopen(null, now);
        else if (act == 2) deal.Delete(now);
        else deal.Restore();
    }

    private static async Task OnCase(CrmDb db, long customerId, Random chance, DateTime now)
    {
        var its = await db.Cases.IgnoreQueryFilters(Away).Include(x => x.Customer).Where(x => x.CustomerId == customerId).OrderBy(x => x.Id).LastOrDefaultAsync();
        if (its is null) return;
        var act = chance.Next(5);
        if (act == 0) its.Resolve("Done", null, null, Clock, null, now);
        else if (act == 1) its.Close(null, now);
        else if (act == 2) its.Open(Clock, now);
        else if (act == 3) its.Delete(now);
        else its.Restore();
    }

    private static async Task MergeOrPart(TestTenant tenant, long[] customers, Random chance) => await tenant.Use(async db =>
    {
        var merged = await db.Merges.OrderBy(m => m.Id).Where(m => m.UndoneAt == null).LastOrDefaultAsync();
        var none = CustomFieldSet.None;
        if (merged is not null && chance.Next(2) == 0) return await db.UnmergeCustomers(merged.Id, none, null, default);
        var two = await db.Customers.Where(c => customers.Contains(c.Id)).OrderBy(c => c.Id).Select(c => new MergeSide(c.Id, c.Version)).Take(2).ToListAsync();
        db.ChangeTracker.Clear();
        return two.Count == 2 && await db.MergeCustomers(two[0], two[1], none, (_, _, _) => false, null, default) is not null;
    });
}
