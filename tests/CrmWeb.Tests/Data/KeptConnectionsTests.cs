using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using CrmWeb.Tests.Support.Databases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace CrmWeb.Tests.Data;

/// <summary>Connections and their prepared statements serve one scope after another: nothing of the one may reach the next.</summary>
public sealed class KeptConnectionsTests
{
    [Fact]
    public async Task T6_SameQuestions_OfManyTenantsAtOnce_AnswerEachItsOwn()
    {
        var tenants = new[] { await Make.Tenant(), await Make.Tenant(), await Make.Tenant() };
        foreach (var (tenant, n) in tenants.Zip([1, 2, 3]))
        {
            for (var i = 0; i < n; i++) await Make.Customer(tenant, "Same Name", d => d with { City = i == 0 ? null : $"City {n}" });
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, 240), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, stop) =>
        {
            var tenant = tenants[i % 3];
            var city = i % 2 == 0 ? null : $"City {(i % 3) + 1}";
            var found = await tenant.Use(db => db.Customers.Where(c => c.Name == "Same Name" && c.City == city).Select(c => c.TenantId).ToListAsync(stop));
            Assert.Equal(city is null ? 1 : i % 3, found.Count);
            Assert.All(found, id => Assert.Equal(tenant.Id, id));
        });
    }

    [Fact]
    public async Task Question_AskedInAnotherScope_IsPreparedNoMore()
    {
        if (TestDatabase.Provider != TestProvider.Sqlite) return;
        // a host of its own: whoever else asks meanwhile would take the connection
        await using var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        var several = 7;
        Task<List<string>> Ask() => tenant.Use(db => db.Customers.Where(c => c.City == "Bonn").OrderBy(c => c.Id).Take(several).Select(c => c.Name).ToListAsync());
        var prepared = 0;
        strdelegate_authorizer count = (_, _, _, _, _, _) =>
        {
            prepared++;
            return raw.SQLITE_OK;
        };
        raw.sqlite3_set_authorizer(await tenant.Use(Handle), count, null);

        await Ask();
        Assert.NotEqual(0, prepared);

        prepared = 0;
        await Ask();
        Assert.Equal(0, prepared);
    }

    // SQLite asks its authorizer when it prepares a statement, and then no more
    private static async Task<sqlite3> Handle(CrmDb db)
    {
        await db.Database.OpenConnectionAsync();
        return ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
    }

    [Fact]
    public async Task Scope_LeftInsideATransaction_LeavesNothingToTheNext()
    {
        var tenant = await Make.Tenant();
        for (var i = 0; i < 5; i++)
        {
            await tenant.Use(async db =>
            {
                // begun and never ended, as by a request that is torn away
                await db.Database.BeginTransactionAsync();
                db.Customers.Add(new Customer(new CustomerDetails { Name = "Never" }, tenant.Host.Clock.Now));
                return await db.SaveChangesAsync();
            });
            await Make.Customer(tenant, "Kept");
        }

        Assert.Equal(["Kept", "Kept", "Kept", "Kept", "Kept"], await tenant.Use(db => db.Customers.Select(c => c.Name).ToListAsync()));
    }

    [Fact]
    public async Task Save_AfterOneThatWasRefused_Works()
    {
        var tenant = await Make.Tenant();
        for (var i = 0; i < 3; i++)
        {
            var name = $"Tag {i}";
            await tenant.Use(async db => { db.Tags.Add(new Tag(name)); return await db.SaveChangesAsync(); });
            await Assert.ThrowsAsync<DbUpdateException>(() => tenant.Use(async db => { db.Tags.Add(new Tag(name)); return await db.SaveChangesAsync(); }));
        }

        Assert.Equal(3, await tenant.Use(db => db.Tags.CountAsync()));
    }

    [Fact]
    public async Task Query_AfterAChangeOfTheSchema_StillAnswers()
    {
        if (TestDatabase.Provider != TestProvider.Sqlite) return;
        await using var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        await Make.Customer(tenant, "Ann");
        Task<List<string>> Names() => tenant.Use(db => db.Customers.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync());
        Assert.Equal(["Ann"], await Names());

        await using (var other = new SqliteConnection(host.Database.ConnectionString))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "ALTER TABLE Customers ADD COLUMN Later INTEGER; CREATE INDEX IX_Later ON Customers (TenantId, Later);";
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(["Ann"], await Names());
        await Make.Customer(tenant, "Bob");
        Assert.Equal(["Ann", "Bob"], await Names());
    }
}
