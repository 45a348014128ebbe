using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A product of 10 EUR that costs 6, unless said. Answers its id.</summary>
    public static Task<long> Product(TestTenant tenant, string? name = null, Func<ProductDetails, ProductDetails>? with = null) => tenant.Use(async db =>
    {
        var details = new ProductDetails($"P-{Number()}", name ?? $"Product {Number()}", "Goods", 10_00, 6_00, "EUR");
        var product = new Product(with?.Invoke(details) ?? details, tenant.Host.Clock.Now);
        db.Products.Add(product);
        await db.SaveChangesAsync();
        return product.Id;
    });

    /// <summary>An order of one line, in euros, placed now unless said. Answers its id.</summary>
    /// <param name="total">Minor units.</param>
    public static Task<long> Order(TestTenant tenant, long customerId, long total = 10_00, DateTime? at = null, Func<OrderDetails, OrderDetails>? with = null) => tenant.Use(async db =>
    {
        var details = new OrderDetails
        {
            PlacedAt = at ?? tenant.Host.Clock.Now,
            Conversion = Conversion.None("EUR"),
            Lines = [new OrderLineDetails { Description = $"Line {Number()}", Quantity = 1, Total = total }],
        };
        var order = new Order((await db.Customers.FindAsync(customerId))!, with?.Invoke(details) ?? details, tenant.Admin.Id, tenant.Host.Clock.Now);
        db.Orders.Add(order);
        await db.SaveChangesAsync();
        return order.Id;
    });

    /// <summary>A pipeline with as many stages as there are probabilities. Answers the ids of the stages.</summary>
    public static Task<long[]> Pipeline(TestTenant tenant, string? name = null, params int[] probabilities) => tenant.Use(async db =>
    {
        var pipeline = new Pipeline(name ?? $"Pipeline {Number()}", 0);
        int[] each = probabilities.Length > 0 ? probabilities : [10, 50, 90];
        db.Stages.AddRange(each.Select((probability, i) => new Stage(pipeline, new StageDetails($"Stage {i + 1}", probability, ForecastCategory.Pipeline), i)));
        await db.SaveChangesAsync();
        return await db.Stages.Where(s => s.PipelineId == pipeline.Id).OrderBy(s => s.Position).Select(s => s.Id).ToArrayAsync();
    });

    /// <summary>An open deal of 1,000 EUR unless said. Answers its id.</summary>
    public static Task<long> Deal(TestTenant tenant, long customerId, long stageId, Func<DealDetails, DealDetails>? with = null) => tenant.Use(async db =>
    {
        var details = new DealDetails { Name = $"Deal {Number()}", Amount = 1_000_00, Conversion = Conversion.None("EUR"), OwnerId = tenant.Admin.Id };
        var stage = await db.Stages.SingleAsync(s => s.Id == stageId);
        var deal = new Deal((await db.Customers.FindAsync(customerId))!, stage, with?.Invoke(details) ?? details, tenant.Admin.Id, tenant.Host.Clock.Now);
        db.Deals.Add(deal);
        await db.SaveChangesAsync();
        return deal.Id;
    });

    /// <summary>A new question, without a clock. Answers its id.</summary>
    public static Task<long> Case(TestTenant tenant, long customerId, Func<CaseDetails, CaseDetails>? with = null) => tenant.Use(async db =>
    {
        var details = new CaseDetails { Subject = $"Case {Number()}" };
        var clock = SlaClock.Of(BusinessCalendar.Always(TimeZoneInfo.Utc), null);
        var its = new Case((await db.Customers.FindAsync(customerId))!, with?.Invoke(details) ?? details, clock, tenant.Admin.Id, tenant.Host.Clock.Now);
        db.Cases.Add(its);
        await db.SaveChangesAsync();
        return its.Id;
    });
}
