using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>What the roastery sells, what other currencies are worth to it, and what its customers bought in the last two years.</summary>
internal sealed class DemoSales(CrmDb db, Chance chance, DateTime now)
{
    private const string Own = "EUR";

    private static readonly (string Code, string Name, string Category, long Price, long Cost)[] Goods =
    [
        ("R-101", "Harbour Espresso, 1 kg", "Roasts", 24_90, 11_20), ("R-102", "Morning Filter, 1 kg", "Roasts", 22_50, 10_10), ("R-103", "Ethiopia Sidamo, 500 g", "Roasts", 16_80, 8_40),
        ("R-104", "Decaf, 500 g", "Roasts", 13_90, 6_90), ("R-105", "Office blend, 5 kg", "Roasts", 84_00, 46_00), ("R-106", "Christmas roast, 250 g", "Roasts", 9_90, 5_10),
        ("M-201", "Espresso machine Uno", "Machines", 1_490_00, 980_00), ("M-202", "Filter machine for offices", "Machines", 389_00, 241_00), ("M-203", "Grinder", "Machines", 249_00, 158_00),
        ("C-301", "Cups, set of six", "Cups", 34_00, 14_50), ("C-302", "Travel mug", "Cups", 19_50, 8_20), ("S-401", "Maintenance of a machine", "Service", 119_00, 70_00),
        ("S-402", "Rented machine, a month", "Service", 49_00, 18_00), ("K-501", "Barista course", "Courses", 95_00, 40_00),
    ];

    private static readonly Dictionary<string, string[]> Companions = new(StringComparer.Ordinal)
    {
        ["R-101"] = ["M-203", "C-301"],
        ["R-102"] = ["R-103", "C-302"],
        ["R-103"] = ["R-102", "K-501"],
        ["R-104"] = ["C-302", "R-102"],
        ["R-105"] = ["M-202", "S-402"],
        ["M-201"] = ["S-401", "M-203", "K-501"],
        ["M-202"] = ["R-105", "S-402"],
        ["M-203"] = ["R-101", "K-501"],
        ["C-301"] = ["R-101"],
    };

    /// <summary>The products, which deals are about as well.</summary>
    public async Task Offer(CancellationToken stop)
    {
        var products = Goods.Select(good => new Product(new ProductDetails(good.Code, good.Name, good.Category, good.Price, good.Cost, Own), now.AddDays(-760))).ToList();
        products[5].Offer(false);
        db.Products.AddRange(products);
        await db.SaveChangesAsync(stop);
    }

    public async Task Make(CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var products = await db.Products.AsNoTracking().OrderBy(p => p.Id).ToListAsync(stop);
        var first = DateOnly.FromDateTime(now.AddDays(-760));
        for (var month = 0; month <= 25; month++)
        {
            db.ExchangeRates.Add(new ExchangeRate("USD", first.AddMonths(month), decimal.Round(0.92m + ((decimal)chance.Unit() - 0.5m) * 0.06m, 4)));
            db.ExchangeRates.Add(new ExchangeRate("CHF", first.AddMonths(month), decimal.Round(1.05m + ((decimal)chance.Unit() - 0.5m) * 0.03m, 4)));
        }

        var reasons = new[] { "Wrong grind", "Damaged in transit", "Ordered by mistake" }.Select((name, at) => new Reason(ReasonFor.Return, name, at)).ToList();
        if (!await db.Reasons.AnyAsync(r => r.For == ReasonFor.Return, stop)) db.Reasons.AddRange(reasons);
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        var reason = await db.Reasons.Where(r => r.For == ReasonFor.Return).OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(stop);
        var rates = await ExchangeRates.Load(db, Own, [("USD", first), ("USD", DateOnly.FromDateTime(now)), ("CHF", first), ("CHF", DateOnly.FromDateTime(now))], stop);
        var buyers = await db.Customers.Where(c => c.Stage == LifecycleStage.Customer || c.Stage == LifecycleStage.Loyal || c.Stage == LifecycleStage.Dormant)
            .OrderBy(c => c.Id).Select(c => new { c.Id, c.Kind, c.Country, c.Stage, c.CreatedAt }).ToListAsync(stop);
        var orders = new List<(Order, long)>();
        foreach (var buyer in buyers)
        {
            var currency = buyer.Country switch { "CH" => "CHF", "US" => "USD", _ => Own };
            // what older customers bought before was brought along
            var isNew = buyer.CreatedAt >= now.AddDays(-200);
            var begun = isNew ? buyer.CreatedAt : now.AddDays(-700);
            for (var left = chance.Between(1, isNew ? 4 : buyer.Stage == LifecycleStage.Loyal ? 14 : 8); left > 0; left--)
            {
                var at = now.AddMinutes(-Math.Pow(chance.Unit(), isNew ? 1 : 0.75) * (now - begun).TotalMinutes * (buyer.Stage == LifecycleStage.Dormant ? 0.3 : 1) - (buyer.Stage == LifecycleStage.Dormant ? (now - begun).TotalMinutes * 0.7 : 0));
                if (rates.Of(currency, DateOnly.FromDateTime(at)) is not { } conversion) continue;
                orders.Add((Draw(products, buyer.Kind, conversion, at, orders.Count, reason), buyer.Id));
            }
        }

        await db.InsertOrders(orders, tell: true, stop);
        await transaction.CommitAsync(stop);
    }

    private Order Draw(List<Product> products, CustomerKind kind, Conversion conversion, DateTime at, int number, long reason)
    {
        var (favourite, taken) = (chance.Common(products), new List<Product>());
        var lines = Enumerable.Range(0, chance.Weighted((1, 45), (2, 35), (3, 20))).Select(line =>
        {
            // who buys one thing mostly buys what goes with it
            var with = line > 0 && chance.Is(0.7) && Companions.TryGetValue(favourite.Code, out var companions) ? chance.Of(companions) : null;
            var product = line == 0 ? favourite : products.Find(one => one.Code == with) ?? chance.Common(products);
            if (taken.Contains(product)) return null;
            taken.Add(product);
            // the same price in each currency, as a small firm does
            return new OrderLineDetails { ProductId = product.Id, Quantity = kind == CustomerKind.Organisation ? chance.Between(2, 20) : chance.Weighted((1, 70), (2, 25), (3, 5)), UnitPrice = product.UnitPrice, UnitCost = product.UnitCost };
        }).OfType<OrderLineDetails>().ToList();
        var details = new OrderDetails
        {
            PlacedAt = at,
            Channel = kind == CustomerKind.Organisation ? chance.Weighted((SalesChannel.Phone, 40), (SalesChannel.Email, 35), (SalesChannel.Visit, 25)) : chance.Weighted((SalesChannel.Web, 70), (SalesChannel.Shop, 30)),
            Conversion = conversion,
            ExternalId = FormattableString.Invariant($"H-{10_000 + number}"),
            Lines = lines,
        };
        var order = Order.OfMany(details, null, at);
        if (chance.Is(0.92)) order.Pay(at.AddDays(2) > now ? now : at.AddDays(2));
        if (chance.Is(0.03)) order.Return(reason, null, null, at.AddDays(6) > now ? now : at.AddDays(6));
        return order;
    }
}
