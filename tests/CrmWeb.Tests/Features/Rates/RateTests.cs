using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Rates;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Rates;

/// <summary>Rates by day: which one holds, and what orders are worth when one comes, changes or goes.</summary>
public sealed class RateTests
{
    [Theory]
    [InlineData("USD", "0.5")]
    [InlineData("USD", "0.3333333333")]
    [InlineData("JPY", "0.0061234567")]
    [InlineData("KWD", "3.0512345678")]
    [InlineData("IRR", "0.0000209876")]
    public async Task Reweigh_AnyTotals_RoundsAsOneOrderDoes(string currency, string typed)
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        var conversion = new Conversion(currency, "EUR", (long)(decimal.Parse(typed, System.Globalization.CultureInfo.InvariantCulture) * ExchangeRate.Scale));
        var chance = new Random(7);
        long[] totals = [0, 1, 3, 5, 9, 15, 25, 50, 99, 101, 150, 250, 333, .. Enumerable.Range(0, 60).Select(_ => chance.NextInt64(1_000_000_000))];
        foreach (var total in totals)
            await Make.Order(tenant, customer, total, with: d => d with { Conversion = conversion with { Rate = 1 }, Lines = [d.Lines[0] with { UnitCost = total % 2 == 0 ? total / 2 : null }] });

        await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Reweigh(conversion, DateTime.SpecifyKind(new DateTime(2000, 1, 1), DateTimeKind.Utc), null, [customer], default);
            await transaction.CommitAsync();
            return 0;
        });
        Assert.All(await tenant.Use(db => db.Orders.ToListAsync()), o => Assert.Equal((conversion.Worth(o.Total), conversion.Worth(o.Cost)), (o.BaseTotal, o.BaseCost)));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Rates_AddedChangedRemovedAndBack_OrdersAndFactsFollow()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        var customer = await Make.Customer(tenant);
        await admin.Post("/settings/rates", new { Currency = "USD", Day = "2024-01-01", Rate = "0.5" });
        foreach (var (day, total) in new[] { (5, 100_00L), (15, 10_00L), (25, 1_00L) })
        {
            var done = await admin.Post("/orders/new", new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["CustomerId"] = $"{customer}",
                ["PlacedAt"] = FormattableString.Invariant($"2024-01-{day:00}T12:00"),
                ["Currency"] = "USD",
                ["Lines[0].Description"] = "Thing",
                ["Lines[0].Quantity"] = "1",
                ["Lines[0].UnitPrice"] = (total / 100m).ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
            Assert.Equal(HttpStatusCode.Redirect, done.Status);
        }

        Task<long> Spent() => tenant.Use(db => db.Customers.Select(c => c.TotalSpent).SingleAsync());
        Assert.Equal(55_50, await Spent());
        await admin.Post("/settings/rates", new { Currency = "USD", Day = "2024-01-10", Rate = "2" });
        Assert.Equal(50_00 + 20_00 + 2_00, await Spent());
        await admin.Post("/settings/rates", new { Currency = "USD", Day = "2024-01-20", Rate = "3" });
        Assert.Equal(50_00 + 20_00 + 3_00, await Spent());
        var middle = await tenant.Use(db => db.ExchangeRates.Where(r => r.Day == new DateOnly(2024, 1, 10)).Select(r => r.Id).SingleAsync());
        await admin.Post($"/settings/rates/{middle}", new { Rate = "1,5", Version = 0 });
        Assert.Equal(50_00 + 15_00 + 3_00, await Spent());
        await admin.Post($"/settings/rates/{middle}/delete");
        Assert.Equal(50_00 + 5_00 + 3_00, await Spent());
        await admin.Post("/settings/rates/restore?currency=USD&day=2024-01-10&rate=1.5");
        Assert.Equal(50_00 + 15_00 + 3_00, await Spent());
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Delete_FirstRateOfOrders_IsRefused()
    {
        var tenant = await Make.Tenant();
        var rate = await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 0.5m);
        await Make.Order(tenant, await Make.Customer(tenant), with: d => d with { Conversion = new Conversion("USD", "EUR", ExchangeRate.Scale / 2) });
        await (await tenant.Admin.Browser()).Post($"/settings/rates/{rate}/delete");
        Assert.Equal(1, await tenant.Use(db => db.ExchangeRates.CountAsync()));
    }

    [Fact]
    public async Task Change_OfManyCustomers_IsDoneByAJob()
    {
        var tenant = await Make.Tenant();
        await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 0.5m);
        var customers = new List<long>();
        for (var i = 0; i < 3; i++) customers.Add(await Make.Customer(tenant));
        foreach (var customer in customers) await Make.Order(tenant, customer, 10_00, with: d => d with { Conversion = new Conversion("USD", "EUR", 1) });
        await tenant.Use(async db =>
        {
            db.Jobs.Add(new Job(ReweighJob.JobKind, ReweighJob.Payload("USD", new DateOnly(2020, 1, 1)), tenant.Admin.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal([5_00, 5_00, 5_00], await tenant.Use(db => db.Customers.Select(c => c.TotalSpent).ToListAsync()));
    }

    [Fact]
    public async Task Change_OrderPlacedInThatMoment_IsWeighedOnceMore()
    {
        var tenant = await Make.Tenant();
        var rate = await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 0.5m);
        await (await tenant.Admin.Browser()).Post($"/settings/rates/{rate}", new { Rate = "2", Version = 0 });
        await Make.Order(tenant, await Make.Customer(tenant), 10_00, with: d => d with { Conversion = new Conversion("USD", "EUR", ExchangeRate.Scale / 2) });
        await tenant.Use(db => db.Jobs.ExecuteUpdateAsync(jobs => jobs.SetProperty(job => job.DueAt, tenant.Host.Clock.Now)));
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal(20_00, await tenant.Use(db => db.Customers.Select(c => c.TotalSpent).SingleAsync()));
    }

    [Theory]
    [InlineData("EUR", "2024-01-01", "1", "Currency")]
    [InlineData("XQQ", "2024-01-01", "1", "Currency")]
    [InlineData("USD", "", "1", "Day")]
    [InlineData("USD", "2020-01-01", "1", "Day")]
    [InlineData("USD", "2024-01-01", "0", "Rate")]
    [InlineData("USD", "2024-01-01", "-1", "Rate")]
    [InlineData("USD", "2024-01-01", "1e3", "Rate")]
    [InlineData("USD", "2024-01-01", "0.00000000001", "Rate")]
    public async Task Create_Wrong_SaysItAtTheField(string currency, string day, string rate, string field)
    {
        var tenant = await Make.Tenant();
        await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 0.5m);
        var page = await (await tenant.Admin.Browser()).Post("/settings/rates", new { Currency = currency, Day = day, Rate = rate });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(field));
        Assert.Equal(1, await tenant.Use(db => db.ExchangeRates.CountAsync()));
    }

    [Fact]
    public async Task Rates_OthersThanAdmins_AreForbidden()
    {
        var tenant = await Make.Tenant();
        var manager = await (await Make.Member(tenant, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get("/settings/rates")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await tenant.Admin.Browser()).Get($"/settings/rates/{await Make.Rate(await Make.Tenant(), "USD", new DateOnly(2020, 1, 1), 1)}")).Status);
    }

    [Fact]
    public async Task Save_ChangedMeanwhile_ShowsBoth()
    {
        var tenant = await Make.Tenant();
        var rate = await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 0.5m);
        var admin = await tenant.Admin.Browser();
        await admin.Post($"/settings/rates/{rate}", new { Rate = "0.6", Version = 0 });
        var page = await admin.Post($"/settings/rates/{rate}", new { Rate = "0.7", Version = 0 });
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("0.6", page.Text, StringComparison.Ordinal);
    }
}
