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
    public async Task Rates_AddedChangedRemovedAndBack_DealsAndFactsFollow()
    {
        await using var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        var (admin, customer, stages) = (await tenant.Admin.Browser(), await Make.Customer(tenant), await Make.Pipeline(tenant));
        await admin.Post("/settings/rates", new { Currency = "USD", Day = "2020-01-01", Rate = "0.5" });
        var (today, then) = (DateOnly.FromDateTime(host.Clock.Now), host.Clock.Now);
        foreach (var (days, amount) in new[] { (0, "100"), (10, "10"), (20, "1") })
        {
            host.Clock.Now = then.AddDays(days);
            admin = await tenant.Admin.Browser();
            Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/deals/new", new { Name = "Deal", CustomerId = customer, StageId = stages[0], Amount = amount, Currency = "USD" })).Status);
        }

        // moved and put away they follow as well
        var ids = await tenant.Use(db => db.Deals.OrderBy(d => d.Id).Select(d => d.Id).ToListAsync());
        await admin.Post($"/deals/{ids[0]}/stage", new { StageId = stages[1] });
        async Task<(long Facts, long? Sum)> Worth() => (await tenant.Use(db => db.Customers.Select(c => c.OpenDealsValue).SingleAsync()), await tenant.Use(db => db.Deals.SumAsync(d => d.BaseAmount)));
        Assert.Equal((55_50, 55_50), await Worth());
        var second = today.AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await admin.Post("/settings/rates", new { Currency = "USD", Day = second, Rate = "2" });
        Assert.Equal((72_00, 72_00), await Worth());
        var rate = await tenant.Use(db => db.ExchangeRates.OrderByDescending(r => r.Day).Select(r => r.Id).FirstAsync());
        await admin.Post($"/settings/rates/{rate}", new { Rate = "3", Version = 0 });
        Assert.Equal((83_00, 83_00), await Worth());
        await admin.Post($"/deals/{ids[2]}/delete");
        await admin.Post($"/settings/rates/{rate}/delete");
        Assert.Equal((55_00, 55_00), await Worth());
        await admin.Post($"/deals/{ids[2]}/restore");
        Assert.Equal((55_50, 55_50), await Worth());
        await admin.Post($"/settings/rates/restore?currency=USD&day={second}&rate=2");
        Assert.Equal((72_00, 72_00), await Worth());
        var first = await tenant.Use(db => db.ExchangeRates.OrderBy(r => r.Day).Select(r => r.Id).FirstAsync());
        await admin.Post($"/settings/rates/{first}/delete");
        Assert.Equal(2, await tenant.Use(db => db.ExchangeRates.CountAsync()));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Rate_AtWhichSomethingIsWorthTooMuch_IsRefusedAtTheField()
    {
        var tenant = await Make.Tenant();
        var (customer, stages, admin) = (await Make.Customer(tenant), await Make.Pipeline(tenant), await tenant.Admin.Browser());
        var (usd, chf) = (new Conversion("USD", "EUR", ExchangeRate.Scale), new Conversion("CHF", "EUR", ExchangeRate.Scale));
        var rate = await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 1);
        await Make.Rate(tenant, "CHF", new DateOnly(2020, 1, 1), 1);
        await Make.Order(tenant, customer, Order.MostTotal / 10, with: d => d with { Conversion = usd });
        await Make.Deal(tenant, customer, stages[0], d => d with { Amount = Order.MostTotal / 10, Conversion = chf });
        foreach (var (path, currency) in new[] { ("/settings/rates", "CHF"), ("/settings/rates", "USD"), ($"/settings/rates/{rate}", "USD") })
        {
            var page = await admin.Post(path, new { Currency = currency, Day = "2020-02-01", Rate = "11", Version = 0 });
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Equal($"At this rate an order or a deal in {currency} would be worth more than can be kept. Nothing was changed.", page.ErrorFor("Rate"));
        }

        Assert.Equal([ExchangeRate.Scale, ExchangeRate.Scale], await tenant.Use(db => db.ExchangeRates.Select(r => r.Rate).ToListAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/rates", new { Currency = "USD", Day = "2020-02-01", Rate = "10" })).Status);
        Assert.Equal(Order.MostTotal, await tenant.Use(db => db.Customers.Select(c => c.TotalSpent).SingleAsync()));

        // what comes in between stays as it is, rather than breaking the job
        await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Reweigh(usd with { Rate = 11 * ExchangeRate.Scale }, DateTime.SpecifyKind(new DateTime(2000, 1, 1), DateTimeKind.Utc), null, [customer], default);
            await transaction.CommitAsync();
            return 0;
        });
        Assert.Equal(Order.MostTotal, await tenant.Use(db => db.Orders.Select(o => o.BaseTotal).SingleAsync()));
    }

    [Fact]
    public async Task TimeZone_Changed_SalesAreWeighedByTheDaysOfTheNewOne()
    {
        var tenant = await Make.Tenant();
        var (customer, stages, admin) = (await Make.Customer(tenant), await Make.Pipeline(tenant), await tenant.Admin.Browser());
        await Make.Rate(tenant, "USD", new DateOnly(2020, 1, 1), 1);
        await Make.Rate(tenant, "USD", new DateOnly(2024, 1, 2), 2);
        // eleven in the evening of the first of January by UTC is the second one in Tokyo
        var usd = new Conversion("USD", "EUR", ExchangeRate.Scale);
        await Make.Order(tenant, customer, 10_00, new DateTime(2024, 1, 1, 22, 0, 0, DateTimeKind.Utc), d => d with { Conversion = usd });
        await Make.Deal(tenant, customer, stages[0], d => d with { Amount = 10_00, Conversion = usd });
        await tenant.Use(db => db.Deals.ExecuteUpdateAsync(set => set.SetProperty(d => d.ValuedAt, new DateTime(2024, 1, 1, 22, 0, 0, DateTimeKind.Utc))));
        var form = await admin.Get("/settings/organisation");
        var saved = await admin.Post("/settings/organisation", new { Name = form.Value("Name"), TimeZone = "Asia/Tokyo", Language = "en", Currency = "EUR", Version = form.Value("Version") });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        await tenant.Use(db => db.Jobs.ExecuteUpdateAsync(jobs => jobs.SetProperty(job => job.DueAt, tenant.Host.Clock.Now)));
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        var buyer = await tenant.Use(db => db.Customers.SingleAsync());
        Assert.Equal((20_00, 20_00), (buyer.TotalSpent, buyer.OpenDealsValue));
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
            db.Jobs.Add(new Job(SalesWorth.JobKind, ReweighJob.Payload("USD", new DateOnly(2020, 1, 1)), tenant.Admin.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal([5_00, 5_00, 5_00], await tenant.Use(db => db.Customers.Select(c => c.TotalSpent).ToListAsync()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" +")]
    public async Task Job_TakenOver_GoesOnAtItsPlace(string rest)
    {
        var tenant = await Make.Tenant();
        foreach (var currency in new[] { "CHF", "USD", "ZAR" }) await Make.Rate(tenant, currency, new DateOnly(2020, 1, 1), 0.5m);
        var customers = new List<long>();
        for (var i = 0; i < 3; i++) customers.Add(await Make.Customer(tenant));
        foreach (var customer in customers) await Make.Order(tenant, customer, 10_00, with: d => d with { Conversion = new Conversion("USD", "EUR", 1) });
        await tenant.Use(async db =>
        {
            db.Jobs.Add(new Job(SalesWorth.JobKind, $"USD 2020-01-01 {customers[1]}{rest}", tenant.Admin.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var before = await tenant.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.TotalSpent).ToListAsync());
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal([before[0], before[1], 5_00], await tenant.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.TotalSpent).ToListAsync()));
        // a piece without work is committed as well
        Assert.Equal(rest.Length == 0 ? $"USD 2020-01-01 {customers[2]}" : "ZAR 2020-01-01 0 +", await tenant.Use(db => db.Jobs.Where(job => job.Kind == SalesWorth.JobKind).Select(job => job.Payload).SingleAsync()));
    }

    [Fact]
    public async Task CustomersWithSales_OrdersAndDeals_AreEachOnceAndInOrder()
    {
        var tenant = await Make.Tenant();
        var (usd, stages, customers) = (new Conversion("USD", "EUR", 1), await Make.Pipeline(tenant), new List<long>());
        for (var i = 0; i < 4; i++) customers.Add(await Make.Customer(tenant));
        foreach (var i in new[] { 3, 1, 1, 0 }) await Make.Order(tenant, customers[i], 10_00, with: d => d with { Conversion = usd });
        foreach (var i in new[] { 2, 2, 1 }) await Make.Deal(tenant, customers[i], stages[0], d => d with { Amount = 10_00, Conversion = usd });
        var since = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(customers[1..3], await tenant.Use(db => db.CustomersWithSales("USD", since, null, customers[0], 2, default)));
        Assert.Equal(customers, await tenant.Use(db => db.CustomersWithSales("USD", since, null, 0, 10, default)));
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
