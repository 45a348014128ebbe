using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Data;

/// <summary>A context serves one scope after another: it begins each of them knowing nothing of the one before.</summary>
public sealed class PooledContextsTests
{
    private const int MoreThanArePooled = 40;

    [Fact]
    public async Task T6_ContextOfThePool_KeepsNoTenant()
    {
        await using var host = await CrmHost.Start();
        var (acme, other) = (await Make.Tenant(host), await Make.Tenant(host));
        await Make.Customer(other, "Theirs");
        CrmDb? before = null;
        await acme.Use(async db =>
        {
            before = db;
            db.Customers.Add(new Customer(new CustomerDetails { Name = "Never saved" }, host.Clock.Now));
            await db.Database.BeginTransactionAsync();
            return await db.Members.CountAsync();
        });

        Assert.Throws<InvalidOperationException>(() => before!.Current);
        var met = false;
        for (var i = 0; i < MoreThanArePooled && !met; i++)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            met = ReferenceEquals(db, before);
            Assert.False(db.Current.IsSet);
            Assert.Empty(db.ChangeTracker.Entries());
            Assert.Null(db.Database.CurrentTransaction);
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.Customers.CountAsync());

            db.Current.Enter(other.Id, Actor.System);
            Assert.Equal(["Theirs"], await db.Customers.Select(c => c.Name).ToListAsync());
        }

        Assert.True(met, "no scope got the context of the first one");
    }

    [Fact]
    public async Task T6_ManyScopesAtOnce_AnswerAndWriteEachForItsOwnTenant()
    {
        await using var host = await CrmHost.Start();
        var tenants = new[] { await Make.Tenant(host), await Make.Tenant(host), await Make.Tenant(host) };
        await Parallel.ForEachAsync(Enumerable.Range(0, 120), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stop) =>
        {
            var tenant = tenants[i % 3];
            await tenant.Use(async db =>
            {
                db.Tags.Add(new Tag($"Tag {i}"));
                await db.SaveChangesAsync(stop);
                Assert.All(await db.Tags.Select(t => t.TenantId).ToListAsync(stop), id => Assert.Equal(tenant.Id, id));
                return 0;
            });
        });

        foreach (var tenant in tenants) Assert.Equal(40, await tenant.Use(db => db.Tags.CountAsync()));
    }
}
