using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

public sealed class CustomerRfmTests
{
    [Fact]
    public async Task Score_Buyers_StandsWithTheirFifth()
    {
        var tenant = await Make.Tenant();
        var now = tenant.Host.Clock.Now;
        // the first bought longest ago, least often and for least
        for (var i = 0; i < 10; i++)
        {
            var customer = await Make.Customer(tenant);
            for (var n = 0; n <= i; n++) await Make.Order(tenant, customer, 10_00, now.AddDays(i - 100));
        }

        var none = await Make.Customer(tenant);
        Assert.Equal(10, await tenant.Use(db => db.ScoreRfm(_ => Task.CompletedTask, default)));

        var scores = await tenant.Use(db => db.Customers.Where(c => c.Id != none).OrderBy(c => c.Id).Select(c => new { c.RfmRecency, c.RfmFrequency, c.RfmMonetary }).ToListAsync());
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], scores.Select(s => s.RfmRecency ?? 0));
        Assert.All(scores, s => Assert.Equal((s.RfmRecency, s.RfmRecency), (s.RfmFrequency, s.RfmMonetary)));
        Assert.Null(await tenant.Use(db => db.Customers.Where(c => c.Id == none).Select(c => c.RfmRecency).SingleAsync()));
        Assert.Equal(0, await tenant.Use(db => db.ScoreRfm(_ => Task.CompletedTask, default)));
    }

    [Fact]
    public async Task Score_EqualValues_HaveEqualScores()
    {
        var tenant = await Make.Tenant();
        var now = tenant.Host.Clock.Now;
        for (var i = 0; i < 7; i++) await Make.Order(tenant, await Make.Customer(tenant), 5_00, now);

        await tenant.Use(db => db.ScoreRfm(_ => Task.CompletedTask, default));
        Assert.Single(await tenant.Use(db => db.Customers.Select(c => new { c.RfmRecency, c.RfmFrequency, c.RfmMonetary }).Distinct().ToListAsync()));
    }

    [Fact]
    public async Task Score_WhoseOrdersCameBack_IsTakenAway()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        var order = await Make.Order(tenant, customer);
        await tenant.Use(db => db.ScoreRfm(_ => Task.CompletedTask, default));
        Assert.Equal(5, await tenant.Use(db => db.Customers.Select(c => c.RfmMonetary).SingleAsync()));

        await tenant.Use(async db =>
        {
            (await db.Orders.Include(o => o.Customer).SingleAsync(o => o.Id == order)).Return(null, null, null, tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        await tenant.Use(db => db.ScoreRfm(_ => Task.CompletedTask, default));
        Assert.Null(await tenant.Use(db => db.Customers.Select(c => c.RfmMonetary).SingleAsync()));
    }
}
