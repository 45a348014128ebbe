using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Authorisation;
using CrmWeb.Tests.Support;
using CrmWeb.Tests.Support.Databases;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

public sealed class CustomerFactsTests
{
    [Fact]
    public async Task Log_TwoAtOnce_TheLaterContactStays()
    {
        var tenant = await Make.Tenant();
        var (customer, now) = (await Make.Customer(tenant), tenant.Host.Clock.Now);
        var logged = new TaskCompletionSource();

        var later = tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.Customers.SingleAsync(c => c.Id == customer)).Log(new InteractionDetails { OccurredAt = now }, tenant.Admin.Id, now);
            await db.SaveChangesAsync();
            logged.SetResult();
            await Task.Delay(500);
            await transaction.CommitAsync();
            return 0;
        });
        await logged.Task;
        await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = now.AddDays(-1) });
        await later;

        Assert.Equal(2, await tenant.Use(db => db.Interactions.CountAsync()));
        Assert.Equal(0, await tenant.Use(Make.WrongFacts));
    }

    [Fact]
    public async Task RemoveUntouched_SomebodyWritesWithTheCustomer_WaitsAndKeepsThem()
    {
        // it has one writer
        if (TestDatabase.Provider == TestProvider.Sqlite) return;
        var tenant = await Make.Tenant();
        var (customer, import, now) = (await Make.Customer(tenant), await Make.Import(tenant, "Name\nAnn\n"), tenant.Host.Clock.Now);
        await tenant.Use(async db =>
        {
            (await db.Customers.SingleAsync()).CameFrom(import);
            return await db.SaveChangesAsync();
        });
        var named = new TaskCompletionSource();
        var writing = tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var its = await db.Customers.SingleAsync(c => c.Id == customer);
            its.Happened(CustomerEvent.CaseResolved, null, now);
            await db.SaveChangesAsync();
            named.SetResult();
            await Task.Delay(500);
            its.Log(new InteractionDetails { OccurredAt = now }, tenant.Admin.Id, now);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return 0;
        });
        await named.Task;
        Assert.Equal(0, await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var removed = await db.RemoveUntouched(import, [customer], default);
            await transaction.CommitAsync();
            return removed;
        }));
        await writing;
        Assert.Equal((1, 1), await tenant.Use(async db => (await db.Customers.CountAsync(), await db.Interactions.CountAsync())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rebuild_AfterAnythingDoneToContacts_ChangesNothing(int seed)
    {
        var tenant = await Make.Tenant();
        long[] customers = [await Make.Customer(tenant), await Make.Customer(tenant), await Make.Customer(tenant)];
        var chance = new Random(seed);
        if (seed > 2)
        {
            await Make.Cost(tenant, Role.Admin, 61_37);
            foreach (var channel in Enum.GetValues<Channel>().Skip(seed - 3)) await Make.Cost(tenant, channel, 25);
        }

        for (var step = 0; step < 40; step++) await tenant.Use(db => Act(db, tenant, customers[chance.Next(customers.Length)], chance));

        Assert.Equal(0, await tenant.Use(Make.WrongFacts));
        Assert.All(await tenant.Use(db => Make.Worth(db, tenant.Host.Clock.Now)), one => Assert.Equal(one.Should, one.Kept));
        var before = await ForeignIdTests.Hash(tenant);
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
        Assert.Equal(before, await ForeignIdTests.Hash(tenant));
    }

    [Fact]
    public async Task RebuildVerb_WrongFacts_AreMendedInThisTenantOnly()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        foreach (var each in new[] { tenant, other })
        {
            for (var i = 0; i < 3; i++) await Make.Interaction(each, await Make.Customer(each));
            await Make.Customer(each);
            await each.Use(db => db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.LastInteractionAt, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc))));
        }

        var ended = await ChildProgram.Run(tenant.Host, "rebuild", "facts", "--tenant", tenant.Slug);
        Assert.Equal((0, ""), (ended.Code, ended.Error));
        Assert.StartsWith("4 customers", ended.LastLine, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.Use(Make.WrongFacts));
        Assert.Equal(4, await other.Use(Make.WrongFacts));
        Assert.Equal(1, (await ChildProgram.Run(tenant.Host, "rebuild", "facts", "--tenant", "nowhere-at-all")).Code);
    }

    private static async Task<int> Act(CrmDb db, TestTenant tenant, long customerId, Random chance)
    {
        var now = tenant.Host.Clock.Now;
        var customer = await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleAsync(c => c.Id == customerId);
        var contacts = await db.Interactions.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(i => i.CustomerId == customerId).OrderBy(i => i.Id).ToListAsync();
        var contact = contacts.Count == 0 ? null : contacts[chance.Next(contacts.Count)];
        var planned = chance.Next(3) == 0;
        var details = new InteractionDetails { OccurredAt = now.AddMinutes(planned ? chance.Next(1, 9999) : -chance.Next(9999)), IsPlanned = planned, Channel = (Channel)chance.Next(7), Minutes = chance.Next(60) };
        var act = contact is null ? 0 : chance.Next(8);
        if (act < 2) customer.Log(details, tenant.Admin.Id, now);
        else if (act == 2) contact!.Change(details, now);
        else if (act == 3) contact!.Delete(now);
        else if (act == 4) contact!.Restore();
        else if (act == 5) contact!.PlanAgain(details.OccurredAt, now);
        else if (act == 6 && contact!.IsPlanned) customer.TookPlace(contact, Outcome.Reached, tenant.Admin.Id, now);
        else if (customer.DeletedAt is null) customer.Archive(now);
        else customer.Restore();
        return await db.SaveChangesAsync();
    }
}
