using System.Globalization;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Products.Dream;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Rows of one order id are lines of one order, which comes in whole or not at all.</summary>
public sealed class OrderLinesImportTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string Head = "order id,customer,date,product code,qty,unit price,line total,currency,channel\n";

    [Fact]
    public async Task Run_RowsOfOneOrder_AreItsLines_WhereverTheyStand()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Product(acme, with: p => p with { Code = "TEA", UnitCost = 4_00 });
        // the first row alone says what the order has once, as shops write it
        var import = await Run(acme, Head + "A,x,2024-01-05,tea,2,10.50,,EUR,web\nB,y,2024-01-06,CUP,1,4,,EUR,\nA,,,CUP,3,,11,,\nA,x,2024-01-05,TEA,1,10,,eur,Web\nC,x,2024-01-07,CUP,1,5,,EUR,\n");
        Assert.Equal((5L, 0L), (import.NewCount, import.RefusedCount));
        var order = await acme.Use(db => db.Orders.Include(o => o.Lines).ThenInclude(l => l.Product).SingleAsync(o => o.ExternalId == "A"));
        Assert.Equal([("TEA", 2, 21_00L), ("CUP", 3, 11_00L), ("TEA", 1, 10_00L)], order.Lines.OrderBy(l => l.Position).Select(l => (l.Product!.Code, l.Quantity, l.Total)));
        Assert.Equal((42_00L, 3), (order.Total, await acme.Use(db => db.Orders.CountAsync())));
        Assert.Equal([("x", 47_00L, 2), ("y", 4_00L, 1)], (await acme.Use(db => db.Customers.OrderBy(c => c.ExternalId).ToListAsync())).Select(c => (c.ExternalId!, c.TotalSpent, c.OrderCount)));

        var again = await Run(acme, Head + "A,x,2024-01-05,TEA,2,10.50,,EUR,web\nA,x,2024-01-05,CUP,3,,11,EUR,web\nA,x,2024-01-05,TEA,1,10,,EUR,web\nB,y,2024-01-06,CUP,2,4,,EUR,\n");
        Assert.Equal((0L, 1L, 3L, 0L), (again.NewCount, again.ChangedCount, again.SameCount, again.RefusedCount));
        Assert.Equal(8_00, (await acme.Use(db => db.Orders.SingleAsync(o => o.ExternalId == "B"))).Total);
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    [Theory]
    [InlineData("A,x,2024-01-05,CUP,1,4,,EUR,\nA,y,2024-01-05,TEA,1,4,,EUR,\n", "customer", "contradicts")]
    [InlineData("A,x,2024-01-05,CUP,1,4,,EUR,\nA,x,2024-01-06,TEA,1,4,,EUR,\n", "placedAt", "contradicts")]
    [InlineData("A,x,2024-01-05,CUP,1,4,,EUR,\nA,x,2024-01-05,TEA,1,4,,USD,\n", "currency", "contradicts")]
    [InlineData("A,x,2024-01-05,CUP,1,4,,EUR,web\nA,x,2024-01-05,TEA,1,4,,EUR,shop\n", "channel", "contradicts")]
    [InlineData("A,x,2024-01-05,CUP,-1,4,,EUR,\nA,x,2024-01-05,TEA,1,4,,EUR,\n", "quantity", "no-quantity")]
    [InlineData("A,x,2024-01-05,CUP,1,,,EUR,\nA,x,2024-01-05,TEA,1,4,,EUR,\n", "total", "missing")]
    [InlineData("A,x,2024-01-05,CUP,2,4,7,EUR,\nA,x,2024-01-05,TEA,2,4,8,EUR,\n", "total", "not-the-sum")]
    public async Task Run_OrderThatDoesNotFit_IsRefusedWhole(string rows, string field, string code)
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, Head + rows + "B,z,2024-01-05,CUP,1,4,,EUR,\n");
        Assert.Equal((1L, 2L), (import.NewCount, import.RefusedCount));
        var reasons = await acme.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id).OrderBy(r => r.Line).Select(r => r.Reason!).ToListAsync());
        Assert.StartsWith($"{field}\t{code}", reasons[0], StringComparison.Ordinal);
        Assert.StartsWith(code == "contradicts" ? $"{field}\t{code}" : "\tother-row", reasons[1], StringComparison.Ordinal);
        Assert.Equal("B", (await acme.Use(db => db.Orders.SingleAsync())).ExternalId);
        Assert.Equal(["z"], await acme.Use(db => db.Customers.Select(c => c.ExternalId!).ToListAsync()));
        Assert.Equal("CUP", (await acme.Use(db => db.Products.SingleAsync())).Code);
    }

    [Fact]
    public async Task Run_OrderThatComesAgainChanged_CostsWhatItDidWhenSold()
    {
        var acme = await Make.Tenant(fixture.Host);
        var tea = await Make.Product(acme, with: p => p with { Code = "TEA", UnitCost = 4_00 });
        await Run(acme, Head + "A,x,2024-01-05,TEA,2,10.50,,EUR,web\n");
        await acme.Use(db => db.Products.Where(p => p.Id == tea).ExecuteUpdateAsync(set => set.SetProperty(p => p.UnitCost, 9_00L)));
        Assert.Equal(1, (await Run(acme, Head + "A,x,2024-01-05,TEA,2,10.50,,EUR,shop\n")).ChangedCount);
        Assert.Equal(4_00, await acme.Use(db => db.OrderLines.Select(l => l.UnitCost).SingleAsync()));
    }

    [Fact]
    public async Task Run_RoundedPrice_IsTheTotalOfTheLine()
    {
        var acme = await Make.Tenant(fixture.Host);
        const string rows = Head + "A,x,2024-01-05,TEA,3,3.33,10.00,EUR,web\nB,x,2024-01-06,TEA,3,3.33,10.03,EUR,web\nC,x,2024-01-07,TEA,3,3.33,9.99,EUR,web\n";
        var import = await Run(acme, rows);
        Assert.Equal((2L, 1L), (import.NewCount, import.RefusedCount));
        Assert.Equal([(null, 10_00L), (3_33L, 9_99L)], await acme.Use(async db => (await db.OrderLines.OrderBy(l => l.Id).ToListAsync()).Select(l => (l.UnitPrice, l.Total))));
        Assert.Equal((0L, 2L, 1L), await Run(acme, rows) is var again ? (again.NewCount, again.SameCount, again.RefusedCount) : default);
    }

    [Fact]
    public async Task Run_RowsWithoutCurrency_ForAnOrderOfAnother_AreRefused()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Rate(acme, "USD", new(2024, 1, 1), 0.9m);
        Assert.Equal(1, (await Run(acme, Head + "A,x,2024-01-05,CUP,1,4,,USD,web\n")).NewCount);
        var again = await Run(acme, "order id,customer,date,product code,qty,unit price\nA,x,2024-01-05,CUP,2,4\n");
        Assert.Equal((0L, 1L), (again.ChangedCount, again.RefusedCount));
        Assert.StartsWith("currency\tmissing", await acme.Use(db => db.ImportRows.Where(r => r.ImportId == again.Id).Select(r => r.Reason!).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal(("USD", 4_00L), await acme.Use(async db => await db.Orders.SingleAsync() is var order ? (order.Currency, order.Total) : default));
    }

    [Fact]
    public async Task Run_SameRowTwiceWithoutAnyProduct_IsRefused()
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, "order id,customer,date,total\nA,x,2024-01-05,10\nA,x,2024-01-05,10\nB,x,2024-01-05,10\n");
        Assert.Equal((1L, 2L), (import.NewCount, import.RefusedCount));
        Assert.All(await acme.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id).Select(r => r.Reason!).ToListAsync()), reason => Assert.StartsWith("externalId\ttwice", reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UnknownProducts.Make, 3, 2)]
    [InlineData(UnknownProducts.Describe, 3, 0)]
    [InlineData(UnknownProducts.Refuse, 0, 0)]
    public async Task Run_UnknownProducts_AreMadeDescribedOrRefused(UnknownProducts unknown, int news, int products)
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, "order id,customer,date,sku,product name,qty,price\nA,x,2024-01-05,T-1,Tea,2,10.50\nA,x,2024-01-05,C-1,,1,4\nB,x,2024-01-06,t-1,Tea,1,11\n", s => s with { UnknownProducts = unknown });
        Assert.Equal((news, 3 - news), (import.NewCount, import.RefusedCount));
        var made = await acme.Use(db => db.Products.OrderByDescending(p => p.Code).ToListAsync());
        Assert.Equal(products, made.Count);
        if (unknown == UnknownProducts.Make) Assert.Equal([("T-1", "Tea", 10_50L), ("C-1", "C-1", 4_00L)], made.Select(p => (p.Code, p.Name, p.UnitPrice!.Value)));
        if (unknown == UnknownProducts.Describe) Assert.Equal(["Tea", "C-1", "Tea"], await acme.Use(db => db.OrderLines.OrderBy(l => l.Id).Select(l => l.Description!).ToListAsync()));
        if (unknown == UnknownProducts.Refuse) return;

        var again = await Run(acme, "order id,customer,date,sku,product name,qty,price\nA,x,2024-01-05,T-1,Tea,2,10.50\nA,x,2024-01-05,C-1,,1,4\n", s => s with { UnknownProducts = unknown });
        Assert.Equal((0L, 0L, 2L), (again.NewCount, again.ChangedCount, again.SameCount));
        Assert.Equal(ImportState.Reverted, (await acme.Do(import.Id, ImportRevert.JobKind)).State);
        Assert.Equal((0, 0, 0), (await acme.Use(db => db.Orders.CountAsync()), await acme.Use(db => db.Products.CountAsync()), await acme.Use(db => db.Customers.CountAsync())));
    }

    [Fact]
    public async Task Revert_AfterANightHasJudgedThem_ProductsGo()
    {
        var acme = await Make.Tenant(fixture.Host);
        var day = acme.Host.Clock.Now.AddDays(-9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var import = await Run(acme, Head + string.Concat(Enumerable.Range(0, 4).Select(i => $"O{i},c{i},{day},TEA,1,4,,EUR,\nO{i},c{i},{day},CUP,1,4,,EUR,\n"))
            + $"P,d,{day},POT,1,4,,EUR,\n");
        await acme.Use(async db =>
        {
            (await db.Tenants.SingleAsync(t => t.Id == acme.Id)).HoldDreamSector("50/40; Pieces*1@0..1");
            db.Jobs.Add(new Job(ProductJob.JobKind, "", acme.Admin.Id, acme.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var runner = fixture.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal((2, 3, 3), await acme.Use(async db => (await db.ProductPairs.CountAsync(), await db.ProductStandings.CountAsync(), await db.ProductMoves.CountAsync())));

        Assert.Equal(ImportState.Reverted, (await acme.Do(import.Id, ImportRevert.JobKind)).State);
        Assert.Equal(0, await acme.Use(db => db.Products.CountAsync()));
    }

    [Fact]
    public async Task Revert_ProductThatSomebodyNeedsSince_Stays()
    {
        var acme = await Make.Tenant(fixture.Host);
        var import = await Run(acme, Head + "A,x,2024-01-05,TEA,1,4,,EUR,\nB,x,2024-01-05,CUP,1,4,,EUR,\n");
        await Run(acme, Head + "C,y,2024-01-05,CUP,1,4,,EUR,\n");
        await acme.Do(import.Id, ImportRevert.JobKind);
        Assert.Equal(["CUP"], await acme.Use(db => db.Products.Select(p => p.Code).ToListAsync()));
        Assert.Equal(["C"], await acme.Use(db => db.Orders.Select(o => o.ExternalId!).ToListAsync()));
    }

    [Fact]
    public async Task Revert_OfAnImportFromBefore_WhoseRowsSayNoProgress_PutsItBack()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Run(acme, Head + "A,x,2024-01-05,TEA,1,4,,EUR,\n");
        var second = await Run(acme, Head + "A,x,2024-01-05,TEA,2,4,,EUR,\n");
        await acme.Use(async db =>
        {
            var row = await db.ImportRows.SingleAsync(r => r.ImportId == second.Id);
            row.Before = row.Before!.Replace("\"Progress\"", "\"Other\"", StringComparison.Ordinal);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(ImportState.Reverted, (await acme.Do(second.Id, ImportRevert.JobKind)).State);
        Assert.Equal(4_00, (await acme.Use(db => db.Orders.SingleAsync())).Total);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task R2_RunStoppedInBatch_OfLinesThatStandApart_GoesOnWithoutRepeating(int batch)
    {
        const int orders = 3_000;
        var acme = await Make.Tenant(fixture.Host);
        var file = new StringBuilder(Head);
        // every third line of each order stands far behind its first two
        for (var i = 0; i < orders; i++) file.Append(FormattableString.Invariant($"O{i},c{i % 100},2024-01-05,TEA,1,10,,EUR,\nO{i},c{i % 100},2024-01-05,CUP,2,3,,EUR,\n"));
        for (var i = 0; i < orders; i++) file.Append(FormattableString.Invariant($"O{i},c{i % 100},2024-01-05,POT,1,4,,EUR,\n"));
        var id = await Make.ImportOf(acme, ImportOf.Orders, Encoding.UTF8.GetBytes(file.ToString()));
        var jobId = await acme.Ask(id, CustomerImport.JobKind);
        await Assert.ThrowsAsync<TimeoutException>(() => ImportRestartTests.RunUntil(acme, jobId, told => told == batch + 1 ? throw new TimeoutException() : 0));
        fixture.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = fixture.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }

        Assert.Equal((ImportState.Done, orders * 3L, 0L), (await acme.ImportOf(id)) is var import ? (import.State, import.NewCount, import.RefusedCount) : default);
        Assert.Equal((orders, orders * 3, orders * 20_00L), (await acme.Use(db => db.Orders.CountAsync()), await acme.Use(db => db.OrderLines.CountAsync()), await acme.Use(db => db.Orders.SumAsync(o => o.Total))));
        Assert.Equal((orders * 20_00L, 3), (await acme.Use(db => db.Customers.SumAsync(c => c.TotalSpent)), await acme.Use(db => db.Products.CountAsync())));
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    private static Task<Import> Run(TestTenant tenant, string text, Func<ImportSettings, ImportSettings>? with = null) => OrderImportTests.Run(tenant, text, with);
}
