using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Products;

public sealed class PerformanceTests
{
    [Fact]
    public async Task Show_Foreign_IsForbiddenOrMissing()
    {
        var tenant = await Make.Tenant();
        var viewer = await (await Make.Member(tenant, Role.Viewer)).Browser();
        Assert.Equal(HttpStatusCode.OK, (await viewer.Get("/products/performance")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get("/products/performance.csv")).Status);
        // what nobody understands is passed over
        Assert.Equal(HttpStatusCode.OK, (await viewer.Get("/products/performance?period=never&sort=colour&after=k99&before=x&by=moon&stage=none&placed=x&placed.op=between")).Status);
        Assert.Equal(HttpStatusCode.OK, (await viewer.Get("/products/performance?placed=9999-12-31&placed.op=after&tag=1&tier=2&owner=me&team.op=empty")).Status);
    }

    [Fact]
    public async Task Sums_OrdersOfManyCurrencies_AddUpToTheOrders()
    {
        var tenant = await Make.Tenant();
        var (products, random) = (new List<long?> { null }, new Random(3));
        for (var i = 0; i < 4; i++) products.Add(await Make.Product(tenant));
        var conversion = new Conversion("CHF", "EUR", (long)(1.0713m * ExchangeRate.Scale));
        for (var i = 0; i < 40; i++)
        {
            var foreign = i % 2 == 0;
            await Make.Order(tenant, await Make.Customer(tenant), with: d => d with
            {
                Conversion = foreign ? conversion : d.Conversion,
                Lines = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new OrderLineDetails { ProductId = products[random.Next(5)], Description = "x", Quantity = random.Next(1, 9), UnitPrice = random.Next(1, 9_999), UnitCost = random.Next(0, 999) })],
            });
        }

        var (sums, revenue, cost) = await tenant.Use(async db =>
            (await db.Sold(DateTime.UnixEpoch, null).SumUp(l => l.OrderId, "EUR", default), await db.Orders.ToDictionaryAsync(o => o.Id, o => o.BaseTotal), await db.Orders.ToDictionaryAsync(o => o.Id, o => o.BaseCost)));
        Assert.Equal(40, sums.Count);
        Assert.All(sums, sum => Assert.Equal((revenue[sum.Key], cost[sum.Key]), (sum.Revenue, sum.Cost)));
        var whole = Assert.Single(await tenant.Use(db => db.Sold(DateTime.UnixEpoch, null).SumUp(_ => 1, "EUR", default)));
        Assert.Equal((revenue.Values.Sum(), 40, 40), (whole.Revenue, whole.Orders, whole.Buyers));
    }

    [Fact]
    public async Task Show_EachNumber_OpensItsOrders()
    {
        var tenant = await Make.Tenant();
        var now = tenant.Host.Clock.Now;
        var (kettle, pot) = (await Make.Product(tenant, "Kettle", d => d with { Category = "Kitchen" }), await Make.Product(tenant, "Pot", d => d with { Category = null }));
        var (lead, archived) = (await Make.Customer(tenant, with: d => d with { Stage = LifecycleStage.Lead }), await Make.Customer(tenant));
        var plain = await Make.Customer(tenant, with: d => d with { Stage = LifecycleStage.Customer });
        Task<long> Sell(long customer, long? product, int quantity, long? cost = 6_00, int daysAgo = 1) => Make.Order(tenant, customer, at: now.AddDays(-daysAgo), with: d => d with
        {
            Channel = SalesChannel.Web,
            Lines = [new OrderLineDetails { ProductId = product, Description = product is null ? "Advice" : null, Quantity = quantity, UnitPrice = 10_00, UnitCost = cost }],
        });
        await Sell(lead, kettle, 3);
        await Sell(lead, kettle, 1);
        await Sell(plain, kettle, 2);
        await Sell(plain, pot, 5, cost: null);
        await Sell(plain, null, 1);
        await Sell(lead, kettle, 2, daysAgo: 400);
        await Sell(archived, kettle, 9);
        var (back, deleted) = (await Sell(plain, kettle, 7), await Sell(plain, kettle, 8));
        await tenant.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == archived)).Archive(now);
            (await db.Orders.Include(o => o.Customer).SingleAsync(o => o.Id == back)).Return(null, "x", null, now);
            (await db.Orders.SingleAsync(o => o.Id == deleted)).Delete(now);
            (await db.Products.SingleAsync(p => p.Id == pot)).Delete(now);
            return await db.SaveChangesAsync();
        });
        var admin = await tenant.Admin.Browser();
        var page = await admin.Get("/products/performance");
        Assert.Equal(["Kettle|6|3|2|60 EUR|50.0%|+200.0%|36 EUR|24 EUR|40.0%", "Pot|5|1|1|50 EUR|41.7%|—|—|not available|1 line without cost", "In words, no product|1|1|1|10 EUR|8.3%|—|6 EUR|4 EUR|40.0%"], Rows(page));
        Assert.Equal(["Kettle|4|2|1|40 EUR|100.0%|+100.0%|24 EUR|16 EUR|40.0%"], Rows(await admin.Get("/products/performance?stage=lead&channel=web")));
        Assert.Equal(["Kitchen|6|3", "No category|6|2"], Rows(await admin.Get("/products/performance?by=category&sort=-orders")).Select(row => string.Join('|', row.Split('|')[..3])));
        foreach (var address in new[] { "/products/performance", "/products/performance?by=category", "/products/performance?stage=lead", "/products/performance?period=month&owner.op=empty" })
        {
            page = await admin.Get(address);
            foreach (var row in page.Html.QuerySelectorAll("tbody tr"))
            {
                var link = row.QuerySelector("td[data-label='Orders'] a")!;
                var list = await admin.Get(link.GetAttribute("href")![$"/t/{tenant.Slug}".Length..]);
                Assert.Equal(link.TextContent.Trim(), list.Texts(".crm-row-link").Count().ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        var api = await Make.Program(tenant.Admin);
        var told = (await api.Get("/reports/product-performance")).Assert200().Json;
        Assert.Equal(["Kettle|6|60|36|24|40|0", "Pot|5|50||||1", "|1|10|6|4|40|0"], told["items"]!.AsArray().Select(row => string.Join('|', new[] { "name", "pieces", "revenue", "cost", "margin", "marginPercent", "linesWithoutCost" }.Select(key => row![key]?.ToString()))));
        Assert.Equal((kettle, "120", "EUR"), (told["items"]![0]!["productId"]!.GetValue<long>(), told["total"]!["revenue"]!.ToString(), told["currency"]!.GetValue<string>()));
        Assert.Equal("Kitchen", (await api.Get("/reports/product-performance?by=category&sort=-orders&channel=web")).Assert200().Json["items"]![0]!["name"]!.GetValue<string>());
        foreach (var wrong in new[] { "period=never", "by=moon", "sort=colour", "stage=none", "colour=red" })
            Assert.NotEmpty((await api.Get($"/reports/product-performance?{wrong}")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(wrong.Split('=')[0]));
        Assert.Contains("Pot,5,1,1,50,0,,,,1,EUR", (await admin.Get("/products/performance.csv")).Body, StringComparison.Ordinal);
        // the page of the product says the same
        var its = await admin.Get($"/products/{kettle}");
        Assert.Contains("24 EUR", its.Text, StringComparison.Ordinal);
        Assert.Contains("80 EUR", its.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_UnseenCustomers_CountNowhere()
    {
        var tenant = await Make.Tenant();
        var sales = await Make.Member(tenant, Role.Sales);
        var product = await Make.Product(tenant, "Kettle");
        foreach (var (owner, quantity) in new[] { (sales.Id, 2), (tenant.Admin.Id, 40) })
        {
            await Make.Order(tenant, await Make.Customer(tenant, with: d => d with { OwnerId = owner }), with: d => d with
            {
                Lines = [new OrderLineDetails { ProductId = product, Quantity = quantity, UnitPrice = 10_00, UnitCost = 6_00 }],
            });
        }

        var browser = await sales.Browser();
        Assert.Equal(["Kettle|2|1|1|20 EUR|100.0%|—|12 EUR|8 EUR|40.0%"], Rows(await browser.Get("/products/performance")));
        Assert.Contains("20 EUR", (await browser.Get($"/products/{product}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("420 EUR", (await browser.Get($"/products/{product}")).Text, StringComparison.Ordinal);
        Assert.Contains("420 EUR", (await (await tenant.Admin.Browser()).Get($"/products/{product}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ManyProducts_PagesAndAsksNoMore()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var tenant = await Make.Tenant(host);
        var (customer, admin) = (await Make.Customer(tenant), await tenant.Admin.Browser());
        async Task Sell(int from, int count)
        {
            for (var i = from; i < from + count; i++)
            {
                var (product, at) = (await Make.Product(tenant, $"Thing {i:00}"), i);
                await Make.Order(tenant, customer, with: d => d with { Lines = [new OrderLineDetails { ProductId = product, Quantity = 1, UnitPrice = 100 + at }] });
            }
        }

        await Sell(0, 2);
        await admin.Get("/products/performance");
        var few = await sql.Of(() => admin.Get("/products/performance"));
        await Sell(2, 58);
        Assert.Equal(few, await sql.Of(() => admin.Get("/products/performance")));
        var first = await admin.Get("/products/performance?sort=revenue");
        Assert.Equal(("Thing 00", 50), (first.Texts(".crm-row-link").First(), first.Texts(".crm-row-link").Count()));
        var next = first.Html.QuerySelectorAll("a[rel='next']").Single().GetAttribute("href")!;
        var second = await admin.Get(next[next.IndexOf("/products", StringComparison.Ordinal)..]);
        Assert.Equal(("Thing 50", 10), (second.Texts(".crm-row-link").First(), second.Texts(".crm-row-link").Count()));
        var previous = second.Html.QuerySelectorAll("a[rel='prev']").Single().GetAttribute("href")!;
        Assert.Equal("Thing 00", (await admin.Get(previous[previous.IndexOf("/products", StringComparison.Ordinal)..])).Texts(".crm-row-link").First());
    }

    private static IEnumerable<string> Rows(Page page) =>
        page.Html.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.QuerySelectorAll("th,td").Select(cell => cell.TextContent.Trim())));
}
