using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Products;

public sealed class ProductPairTests
{
    [Fact]
    public async Task Pair_RandomSales_CountsAsByHand()
    {
        var tenant = await Make.Tenant();
        var random = new Random(5);
        var products = new List<long>();
        for (var i = 0; i < 6; i++) products.Add(await Make.Product(tenant, $"Thing {i}"));
        var (orders, gone) = (new List<(long Customer, long[] Products)>(), 0L);
        for (var i = 0; i < 30; i++)
        {
            var customer = await Make.Customer(tenant);
            for (var left = random.Next(1, 3); left > 0; left--)
            {
                // the first three go together
                var first = random.Next(6);
                long[] bought = [products[first], products[first < 3 ? random.Next(3) : random.Next(6)], products[first]];
                var order = await Sell(tenant, customer, bought);
                if (random.Next(8) == 0) gone = await Return(tenant, order);
                else orders.Add((customer, bought));
            }
        }

        Assert.NotEqual(0, gone);
        await Pair(tenant);
        var baskets = orders.GroupBy(one => one.Customer).Select(its => its.SelectMany(one => one.Products).ToHashSet()).ToList();
        var wanted = (from a in products
                      from b in products
                      where a != b
                      let both = baskets.Count(basket => basket.Contains(a) && basket.Contains(b))
                      let ofA = baskets.Count(basket => basket.Contains(a))
                      let ofB = baskets.Count(basket => basket.Contains(b))
                      where both >= ProductPair.Least && both * baskets.Count > ofA * ofB
                      select (a, b, both, orders.Count(one => one.Products.Contains(a) && one.Products.Contains(b)), ofA, ofB, baskets.Count)).Order().ToList();
        var kept = await tenant.Use(db => db.ProductPairs.AsNoTracking().ToListAsync());
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted, kept.Select(p => (p.ProductId, p.OtherId, p.Both, p.Together, p.OfProduct, p.OfOther, p.All)).Order());
        Assert.All(kept, p => Assert.True(p.Lift > 1 && p.Confidence is > 0 and <= 1 && p.Beyond > 0));
        // counted again it is the same
        await Pair(tenant);
        Assert.Equal(kept.Count, await tenant.Use(db => db.ProductPairs.CountAsync()));
    }

    [Fact]
    public async Task Pair_WhoBoughtEverything_SaysNothing()
    {
        var tenant = await Make.Tenant();
        var products = await tenant.Use(async db =>
        {
            var rows = Enumerable.Range(0, ProductPairing.MostProducts + 1).Select(i => new Product(new ProductDetails($"W-{i}", $"Wide {i}", null, 1_00, null, "EUR"), tenant.Host.Clock.Now)).ToList();
            db.Products.AddRange(rows);
            await db.SaveChangesAsync();
            return rows.ConvertAll(p => p.Id);
        });
        for (var i = 0; i < ProductPair.Least; i++) await Sell(tenant, await Make.Customer(tenant), [.. products]);
        await Pair(tenant);
        Assert.Equal(0, await tenant.Use(db => db.ProductPairs.CountAsync()));
        // one product alone, or none at all, is no trouble
        var other = await Make.Tenant();
        await Make.Order(other, await Make.Customer(other));
        await Pair(other);
        Assert.Equal(0, await other.Use(db => db.ProductPairs.CountAsync()));
    }

    [Fact]
    public async Task Show_OnProductAndCustomer_WithTheReason_AndNoSumsForWhoSeesNotAll()
    {
        var tenant = await Make.Tenant();
        var sales = await Make.Member(tenant, Role.Sales);
        var (kettle, cup, late, other) = (await Make.Product(tenant, "Kettle"), await Make.Product(tenant, "Cup"), await Make.Product(tenant, "Late"), await Make.Product(tenant, "Other"));
        for (var i = 0; i < 4; i++)
        {
            await Sell(tenant, await Make.Customer(tenant), kettle, cup, late);
            await Sell(tenant, await Make.Customer(tenant), other);
        }

        var customer = await Make.Customer(tenant, with: d => d with { OwnerId = sales.Id });
        await Sell(tenant, customer, kettle);
        await Pair(tenant);
        await tenant.Use(async db =>
        {
            (await db.Products.SingleAsync(p => p.Id == late)).Offer(false);
            return await db.SaveChangesAsync();
        });
        var (admin, rep) = (await tenant.Admin.Browser(), await sales.Browser());
        Assert.Contains("Cup 80.0% 1.8× 4", (await admin.Get($"/products/{kettle}")).Text, StringComparison.Ordinal);
        Assert.Contains("80% of those who bought Kettle bought it too", (await admin.Get($"/customers/{customer}")).Text, StringComparison.Ordinal);
        var (seen, offered) = (await rep.Get($"/products/{kettle}"), await rep.Get($"/customers/{customer}"));
        Assert.Contains("Bought together with", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("80.0%", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Often bought by those who bought Kettle", offered.Text, StringComparison.Ordinal);
        // what they bought themselves, and what is not offered, is not proposed
        Assert.DoesNotContain("Late", offered.Text, StringComparison.Ordinal);
        await Sell(tenant, customer, cup);
        Assert.DoesNotContain("Could be interested in", (await rep.Get($"/customers/{customer}")).Text, StringComparison.Ordinal);
    }

    private static Task<long> Sell(TestTenant tenant, long customer, params long[] products) => Make.Order(tenant, customer, at: tenant.Host.Clock.Now.AddDays(-2), with: d => d with
    {
        Lines = [.. products.Select(product => new OrderLineDetails { ProductId = product, Quantity = 1, UnitPrice = 10_00 })],
    });

    private static Task<long> Return(TestTenant tenant, long order) => tenant.Use(async db =>
    {
        (await db.Orders.Include(o => o.Customer).SingleAsync(o => o.Id == order)).Return(null, "x", null, tenant.Host.Clock.Now);
        await db.SaveChangesAsync();
        return order;
    });

    private static Task<int> Pair(TestTenant tenant) => tenant.Use(db => db.PairProducts(tenant.Host.Clock.Now.AddYears(-2), tenant.Host.Clock.Now, _ => Task.CompletedTask, default));
}
