using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Files of orders: read without a map, brought in once, and taken back.</summary>
public sealed class OrderImportTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string Head = "order id,customer,date,qty,price,currency\n";

    [Fact]
    public async Task Cdnow_WholeFile_LosesNothing_AndItsCohortsComeBack()
    {
        if (Texts.Shared("data", "cdnow", "CDNOW_master.txt") is not { } path) return;
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, await File.ReadAllBytesAsync(path));

        Assert.Equal((69_659L, 0L, 0L, 0L), (import.NewCount, import.ChangedCount, import.SameCount, import.RefusedCount));
        Assert.Equal(23_570, await acme.Use(db => db.Customers.CountAsync()));
        Assert.Equal(2_500_315_63, await acme.Use(db => db.Orders.SumAsync(o => o.Total)));
        Assert.Equal(2_500_315_63, await acme.Use(db => db.Customers.SumAsync(c => c.TotalSpent)));
        Assert.Equal(167_881, await acme.Use(db => db.OrderLines.SumAsync(l => l.Quantity)));
        var cohorts = await acme.Use(db => db.Cohorts(new DateOnly(1997, 1, 1), 3, 4, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), default));
        Assert.Equal([7_846, 8_476, 7_248], cohorts.Select(cohort => cohort.Customers));
        Assert.Equal([1_157, 964, 810, 679], cohorts[0].Bought);
        Assert.Equal([1_312, 980, 783, 847], cohorts[1].Bought);
        Assert.Equal([1_032, 752, 756, 674], cohorts[2].Bought);
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task CdnowSample_FiveColumns_AreTheSameOrders()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Run(acme, " customer_id  date number_of_cds  dollar_value\r\n 00004 19970101  2   29.33\r\n 00004 19970118  2   29.73\r\n 00004 19970118  2   29.73\r\n");
        var again = await Run(acme, " 00004 0001 19970101  2   29.33\r\n 00004 0001 19970118  2   29.73\r\n 00004 0001 19970802  1   14.96\r\n");
        Assert.Equal((1L, 2L), (again.NewCount, again.SameCount));
        var customer = await acme.Use(db => db.Customers.SingleAsync());
        Assert.Equal(("00004", 4, 29_33 + 29_73 + 29_73 + 14_96L), (customer.ExternalId, customer.OrderCount, customer.TotalSpent));
    }

    [Fact]
    public async Task Run_WrongRows_AreRefusedWithTheirFields_AndTheOthersComeIn()
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, Head + "A,x,2024-01-05,2,10.50,EUR\nB,x,2024-01-05,-1,10,EUR\nA,x,2024-01-05,1,10,EUR\nC,x,2024-01-05,1,10,XQQ\nD,x,never,1,10,EUR\nE,,2024-01-05,1,10,EUR\nF,y,2024-01-05,1,,EUR\n");
        Assert.Equal((2L, 5L), (import.NewCount, import.RefusedCount));
        Assert.Equal([("quantity", "no-quantity"), ("currency", "no-rate"), ("placedAt", "no-date"), ("customer", "missing"), ("total", "missing")],
            (await acme.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id).OrderBy(r => r.Line).Select(r => r.Reason!).ToListAsync())).Select(reason => (reason.Split('\t')[0], reason.Split('\t')[1])));
        // who was named by refused rows alone is not made
        Assert.Equal("x", (await acme.Use(db => db.Customers.SingleAsync())).ExternalId);
        Assert.Equal(31_00, (await acme.Use(db => db.Orders.SingleAsync())).Total);
    }

    [Fact]
    public async Task Run_UnknownCustomersRefused_MakesNobody()
    {
        var acme = await Make.Tenant(fixture.Host);
        var known = await Make.Customer(acme, with: c => c with { ExternalId = "k" });
        var import = await Run(acme, Head + "A,k,2024-01-05,1,10,EUR\nB,x,2024-01-05,1,10,EUR\n", s => s with { MakeCustomers = false });
        Assert.Equal((1L, 1L), (import.NewCount, import.RefusedCount));
        Assert.Equal(known, (await acme.Use(db => db.Orders.SingleAsync())).CustomerId);
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Run_KnownOrderId_ChangesThatOrder_AndIsTakenBack()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Run(acme, Head + "A,x,2024-01-05,2,10.50,EUR\nB,x,2024-01-06,1,1,EUR\n");
        var second = await Run(acme, Head + "A,x,2024-01-05,3,10.50,EUR\nB,x,2024-01-06,1,1,EUR\nC,z,2024-01-07,1,5,EUR\n");
        Assert.Equal((1L, 1L, 1L), (second.NewCount, second.ChangedCount, second.SameCount));
        Assert.Equal([31_50 + 1_00L, 5_00L], await acme.Use(db => db.Customers.OrderBy(c => c.ExternalId).Select(c => c.TotalSpent).ToListAsync()));

        var reverted = await acme.Do(second.Id, ImportRevert.JobKind);
        Assert.Equal(ImportState.Reverted, reverted.State);
        Assert.Equal([("A", 21_00L), ("B", 1_00L)], (await acme.Use(db => db.Orders.OrderBy(o => o.ExternalId).ToListAsync())).Select(o => (o.ExternalId!, o.Total)));
        Assert.Equal(22_00, (await acme.Use(db => db.Customers.SingleAsync())).TotalSpent);
    }

    [Fact]
    public async Task Revert_OfAnotherDayAndCurrency_PutsTheRowBackAsItWas()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Rate(acme, "USD", new DateOnly(2024, 1, 1), 0.5m);
        await Make.Rate(acme, "USD", new DateOnly(2024, 2, 1), 0.8m);
        await Make.Rate(acme, "GBP", new DateOnly(2024, 1, 1), 1.2m);
        await Run(acme, Head + "A,x,2024-01-05,2,10.50,USD\nB,x,2024-01-06,1,1,USD\nC,x,2024-01-06,1,3,EUR\n");
        var reason = await Make.Reason(acme, ReasonFor.Return);
        await acme.Use(async db =>
        {
            foreach (var order in await db.Orders.Include(o => o.Customer).ToListAsync())
            {
                order.Pay(order.PlacedAt.AddDays(1));
                if (order.ExternalId != "C") order.Return(reason, "Broken", null, order.PlacedAt.AddDays(3));
            }

            return await db.SaveChangesAsync();
        });
        var before = await Rows();
        var changed = await Run(acme, "order id,customer,date,qty,price,currency,state\nA,x,2024-02-09,3,7,USD,placed\nB,x,2024-01-06,1,1,GBP,paid\nC,x,2024-02-09,1,3,USD,returned\n");
        Assert.Equal(3, changed.ChangedCount);

        Assert.Equal(ImportState.Reverted, (await acme.Do(changed.Id, ImportRevert.JobKind)).State);
        Assert.Equal(before, await Rows());
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));

        async Task<List<string>> Rows() => (await acme.Use(db => db.Orders.Include(o => o.Lines).OrderBy(o => o.ExternalId).AsNoTracking().ToListAsync())).ConvertAll(o => string.Join('|', o.ExternalId, o.PlacedAt, o.Channel,
            o.State, o.Currency, o.Total, o.Cost, o.BaseTotal, o.BaseCost, o.Note, o.PaidAt, o.ReturnedAt, o.ReasonId, o.ReasonNote, string.Join(';', o.Lines.Select(l => l.Details))));
    }

    [Fact]
    public async Task Revert_OrderThatACaseNamesOrSomebodyChanged_Stays_AndTheOthersGo()
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, Head + "A,x,2024-01-05,1,10,EUR\nB,x,2024-01-06,1,20,EUR\nC,y,2024-01-06,1,40,EUR\nD,z,2024-01-06,1,80,EUR\n");
        await acme.Use(async db =>
        {
            (await db.Orders.SingleAsync(o => o.ExternalId == "C")).Pay(fixture.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var named = await acme.Use(db => db.Orders.SingleAsync(o => o.ExternalId == "A"));
        await Make.Case(acme, named.CustomerId, with: c => c with { OrderId = named.Id });

        Assert.Equal(ImportState.Reverted, (await acme.Do(import.Id, ImportRevert.JobKind)).State);
        Assert.Equal(["A", "C"], await acme.Use(db => db.Orders.OrderBy(o => o.ExternalId).Select(o => o.ExternalId!).ToListAsync()));
        Assert.Equal(["x", "y"], await acme.Use(db => db.Customers.OrderBy(c => c.ExternalId).Select(c => c.ExternalId!).ToListAsync()));
        Assert.Equal(2, await acme.Use(db => db.OrderLines.CountAsync()));
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Run_KnownOrderCameBack_HappenedToTheCustomer()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Run(acme, Head + "A,x,2024-01-05,1,10,EUR\n");
        var second = await Run(acme, "order id,customer,date,qty,price,currency,state\nA,x,2024-01-05,1,10,EUR,returned\nB,x,2024-01-06,1,10,EUR,returned\n");
        Assert.Equal((1L, 1L), (second.NewCount, second.ChangedCount));
        Assert.Equal(2, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.OrderReturned)));
    }

    [Fact]
    public async Task Run_SumLargerThanCanBeKept_IsRefusedByItself()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Rate(acme, "USD", new DateOnly(2024, 1, 1), 100_000_000m);
        await Make.Rate(acme, "GBP", new DateOnly(2024, 1, 1), 0.0000000001m);
        await Make.Product(acme, with: p => p with { Code = "dear", UnitCost = 1_000_000_000_000, Currency = "USD" });
        var import = await Run(acme, "order id,customer,date,qty,price,currency,product code\nA,x,2024-01-05,1000000000,9000000,EUR,\nB,x,2024-01-05,1,20000,USD,\nC,x,2024-01-05,1,1,GBP,dear\nD,x,2024-01-05,1,1,EUR,\nE,x,2024-01-05,1000,1000000000,EUR,\n");
        Assert.Equal((2L, 3L), (import.NewCount, import.RefusedCount));
        Assert.All(await acme.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id).Select(r => r.Reason!).ToListAsync()), reason => Assert.StartsWith("total\ttoo-large", reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_SaysWhatTheRunDoes_AndWritesNothing()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Prepare(acme, Head + "A,x,2024-01-05,2,10.50,EUR\nB,x,2024-01-05,0,10,EUR\n");
        var import = await acme.Do(id, ImportCheck.JobKind);
        Assert.Equal((ImportState.Checked, 1L, 1L), (import.State, import.NewCount, import.RefusedCount));
        Assert.Equal(0, await acme.Use(db => db.Orders.CountAsync()));
        Assert.Equal((1L, 1L), (await acme.Do(id, CustomerImport.JobKind)) is var done ? (done.NewCount, done.RefusedCount) : default);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task R2_RunStoppedInBatch_GoesOnWithoutRepeating(int batch)
    {
        const int rows = 9_000;
        var acme = await Make.Tenant(fixture.Host);
        var id = await Prepare(acme, Head + string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"O{i},c{i % 700},2024-01-05,1,10,EUR\n"))));
        var jobId = await acme.Ask(id, CustomerImport.JobKind);
        await Assert.ThrowsAsync<TimeoutException>(() => ImportRestartTests.RunUntil(acme, jobId, told => told == batch + 1 ? throw new TimeoutException() : 0));
        fixture.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = fixture.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }

        Assert.Equal((ImportState.Done, (long)rows), (await acme.ImportOf(id)) is var import ? (import.State, import.NewCount) : default);
        Assert.Equal((rows, 700, rows * 10_00L), (await acme.Use(db => db.Orders.CountAsync()), await acme.Use(db => db.Customers.CountAsync()), await acme.Use(db => db.Customers.SumAsync(c => c.TotalSpent))));
    }

    internal static Task<Import> Run(TestTenant tenant, string text, Func<ImportSettings, ImportSettings>? with = null) => Run(tenant, System.Text.Encoding.UTF8.GetBytes(text), with);

    internal static async Task<Import> Run(TestTenant tenant, byte[] file, Func<ImportSettings, ImportSettings>? with = null) => await tenant.Do(await Prepare(tenant, file, with), CustomerImport.JobKind);

    private static Task<long> Prepare(TestTenant tenant, string text) => Prepare(tenant, System.Text.Encoding.UTF8.GetBytes(text), null);

    private static Task<long> Prepare(TestTenant tenant, byte[] file, Func<ImportSettings, ImportSettings>? with) => Make.ImportOf(tenant, ImportOf.Orders, file, with);
}
