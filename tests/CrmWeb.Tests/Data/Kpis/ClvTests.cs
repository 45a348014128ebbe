using CrmWeb.Data;
using CrmWeb.Data.Kpis;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Sales;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Kpis;

/// <summary>The models of the orders that are in the database, and what is kept of them on the customers.</summary>
public sealed class ClvTests
{
    private static readonly DateOnly End = new(1997, 9, 30);

    [Fact]
    public async Task Fit_CdnowSample_SaysWhatWasPublished_AndKeepsItOnTheCustomers()
    {
        if (Cdnow.Sample() is not { } sample) return;
        var tenant = await Make.Tenant();
        await Bring(tenant, sample);
        var model = await tenant.Use(db => db.KeepClv(End, PurchaseUnit.Week, _ => Task.CompletedTask, default));

        Assert.Equal((2_357, 946, End), (model.Customers, model.RepeatBuyers, model.CalibrationEnd));
        Assert.Equal((.243, .793, -9582.4), (Math.Round(model.R!.Value, 3), Math.Round(model.A!.Value, 3), Math.Round(model.LogLikelihood!.Value, 1)));
        Assert.Equal((6.25, 3.74, 15.44), (Math.Round(model.P!.Value, 2), Math.Round(model.Q!.Value, 2), Math.Round(model.V!.Value, 2)));
        Assert.Equal(2_357, model.ActualRepeats.Sum());
        Assert.Equal(2_357, model.ExpectedRepeats.Sum(), 0.01);
        Assert.Equal(1_411, model.ActualRepeats[0]);

        var kept = await tenant.Use(db => db.Customers.Select(c => new { c.ExternalId, c.AlivePercent, c.ExpectedOrders, c.PredictedValue }).ToListAsync());
        Assert.All(kept, c => Assert.True(c.AlivePercent is >= 0 and <= 100 && c.ExpectedOrders >= 0 && c.PredictedValue >= 0, c.ToString()));
        // each row is what the model says of the history that the file tells
        foreach (var its in sample.Where(one => one.Day <= End).GroupBy(one => one.Customer).Take(50))
        {
            var days = its.Select(one => one.Day.DayNumber).Distinct().Order().ToList();
            var history = new PurchaseHistory(days.Count - 1, days[^1] - days[0], End.DayNumber - days[0]);
            var mean = days.Count == 1 ? 0 : its.Where(one => one.Day.DayNumber != days[0]).Sum(one => (double)one.Value) / (days.Count - 1);
            var (said, row) = (model.Forecast(history, mean)!, kept.Single(c => c.ExternalId == its.Key));
            Assert.Equal((int)Math.Round(said.Alive * 100), row.AlivePercent);
            Assert.Equal(said.Purchases, row.ExpectedOrders!.Value, 0.001);
            Assert.Equal(said.Value!.Value * 100, row.PredictedValue!.Value, 1.0);
        }

        // the same again changes nothing, and a model that is there says the same
        var before = await Rows(tenant);
        await tenant.Use(db => db.ApplyClv(model.Id, _ => Task.CompletedTask, default));
        Assert.Equal(before, await Rows(tenant));
    }

    [Fact]
    public async Task Buyers_ReturnsArchivedAndLaterOrders_CountNowhere()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db => await db.Tenants.Where(t => t.Id == tenant.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.TimeZone, "Asia/Tokyo")));
        var (ann, bob, eve) = (await Make.Customer(tenant, "Ann"), await Make.Customer(tenant, "Bob"), await Make.Customer(tenant, "Eve"));
        DateTime At(int day, int hour) => new(2026, 3, day, hour, 0, 0, DateTimeKind.Utc);
        // two orders of one day in Tokyo, which are two days in London; the third is the next day
        await Make.Order(tenant, ann, 10_00, At(1, 16));
        await Make.Order(tenant, ann, 20_00, At(2, 3));
        await Make.Order(tenant, ann, 40_00, At(2, 16));
        // after the end, where the tenant is
        await Make.Order(tenant, ann, 80_00, At(9, 15));
        var back = await Make.Order(tenant, bob, 10_00, At(1, 16));
        await Make.Order(tenant, eve, 10_00, At(1, 16));
        await tenant.Use(async db =>
        {
            (await db.Orders.Include(o => o.Customer).SingleAsync(o => o.Id == back)).Return(null, null, null, At(3, 0));
            (await db.Customers.SingleAsync(c => c.Id == eve)).Archive(At(3, 0));
            return await db.SaveChangesAsync();
        });
        var (model, buyers) = await tenant.Use(db => db.FitClv(new DateOnly(2026, 3, 9), PurchaseUnit.Week, default));
        Assert.Equal(new Buyer(ann, new(1, 1, 7), 40), Assert.Single(buyers));
        Assert.Equal((null, 1, 1), (model.Purchases, model.Customers, model.RepeatBuyers));
    }

    [Fact]
    public async Task Keep_TooFew_TakesAwayWhatWasSaid()
    {
        var tenant = await Make.Tenant();
        var ann = await Make.Customer(tenant, "Ann");
        await Make.Order(tenant, ann);
        await tenant.Use(async db => await db.Customers.Where(c => c.Id == ann).ExecuteUpdateAsync(set => set.SetProperty(c => c.AlivePercent, 90).SetProperty(c => c.PredictedValue, 5_00)));
        var model = await tenant.Use(db => db.KeepClv(null, PurchaseUnit.Day, _ => Task.CompletedTask, default));
        Assert.Null(model.Purchases);
        Assert.Equal((null, null), await tenant.Use(async db => (await db.Customers.Select(c => new { c.AlivePercent, c.PredictedValue }).SingleAsync()) is var c ? (c.AlivePercent, c.PredictedValue) : default));
    }

    private static Task<List<string>> Rows(TestTenant tenant) =>
        tenant.Use(async db => (await db.Customers.OrderBy(c => c.Id).Select(c => new { c.Id, c.AlivePercent, c.ExpectedOrders, c.PredictedValue, c.Version }).ToListAsync()).ConvertAll(c => c.ToString()!));

    /// <summary>As the import brings them: each line an order, at noon where the tenant is.</summary>
    internal static Task Bring(TestTenant tenant, IReadOnlyList<(string Customer, DateOnly Day, decimal Value)> lines) => tenant.Use(async db =>
    {
        var now = tenant.Host.Clock.Now;
        var names = lines.Select(line => line.Customer).Distinct().ToList();
        var customers = names.ConvertAll(name => new Customer(new CustomerDetails { Name = name, ExternalId = name }, now));
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.InsertCustomers(customers, now, default);
        var ids = customers.ToDictionary(c => c.ExternalId!, c => c.Id, StringComparer.Ordinal);
        var orders = lines.Select(line => Order.OfMany(new OrderDetails
        {
            PlacedAt = line.Day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc),
            Conversion = Conversion.None("EUR"),
            Lines = [new OrderLineDetails { Description = "CDs", Quantity = 1, Total = (long)(line.Value * 100) }],
        }, null, now)).ToList();
        await db.BulkInsert(orders, [new(nameof(Order.CustomerId), i => ids[lines[i].Customer])], default);
        await transaction.CommitAsync();
        return await db.RebuildFacts(default);
    });
}
