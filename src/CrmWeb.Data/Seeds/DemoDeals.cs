using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>What the roastery sells to businesses: deals of a year, won, lost and open, with their way through the stages, and what was forecast of them week by week. Draws of its own.</summary>
internal sealed class DemoDeals(CrmDb db, List<Member> members, List<Team> teams, Chance chance, DateTime now)
{
    private const int Decided = 110;
    private const int Open = 64;
    private const int Weeks = 30;

    // what it is called, and the products it is about: code, fewest and most
    private static readonly (string Name, (string Code, int Fewest, int Most)[] Goods)[] What =
    [
        ("House blend for the year", [("R-105", 20, 140)]), ("Espresso machines", [("M-201", 1, 6), ("S-401", 1, 6)]),
        ("Coffee corner in the canteen", [("M-202", 1, 4), ("R-105", 6, 40), ("C-301", 4, 20)]), ("Grinders and service", [("M-203", 2, 8), ("S-401", 2, 8)]),
        ("Single origin for the bar", [("R-103", 60, 400)]), ("Beans for three branches", [("R-101", 90, 500), ("R-102", 60, 300)]),
        ("Office coffee, monthly", [("S-402", 12, 36), ("R-105", 12, 60)]), ("Christmas gift boxes", [("C-302", 80, 400)]),
        ("Barista training", [("K-501", 6, 24)]), ("Cold brew for the summer", [("R-102", 80, 300)]),
        ("New machines for the kitchen", [("M-201", 1, 4), ("M-203", 1, 4), ("K-501", 2, 8)]), ("Decaf from spring on", [("R-104", 80, 350)]),
    ];

    private Dictionary<string, Product> products = [];

    public async Task Make(CancellationToken stop)
    {
        var pipeline = db.AddUsualSales("en");
        var wholesale = new Pipeline("Machines and service", 2);
        db.Pipelines.Add(wholesale);
        db.Stages.AddRange(
            new Stage(wholesale, new("Request", 20, ForecastCategory.Pipeline, DealNeeds.None, "We know what they have and what they need.", "Ask for photos of the counter and the connections.", 10), 1),
            new Stage(wholesale, new("On site", 40, ForecastCategory.Pipeline, DealNeeds.Owner, "Everything is measured.", "Measure, and drink a coffee with whoever will use it.", 21), 2),
            new Stage(wholesale, new("Offer", 60, ForecastCategory.BestCase, DealNeeds.Amount | DealNeeds.CloseOn, "They named the day of delivery.", "Offer with and without service contract.", 14), 3),
            new Stage(wholesale, new("Ordered", 95, ForecastCategory.Commit, DealNeeds.Amount | DealNeeds.CloseOn, "The deposit is here.", null, 30), 4));
        await db.SaveChangesAsync(stop);
        Pipeline[] both = [pipeline, wholesale];
        products = await db.Products.AsNoTracking().ToDictionaryAsync(p => p.Code, stop);
        var stages = await db.Stages.OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(stop);
        var won = await db.Reasons.Where(r => r.For == ReasonFor.Won).OrderBy(r => r.Id).ToListAsync(stop);
        var lost = await db.Reasons.Where(r => r.For == ReasonFor.Lost).OrderBy(r => r.Id).ToListAsync(stop);
        var customers = await db.Customers.Where(c => c.Kind == CustomerKind.Organisation && c.Stage != LifecycleStage.Churned).OrderBy(c => c.Id).Take(120).ToListAsync(stop);
        Member[] sellers = [members[3], members[6], members[7], members[1]];
        for (var i = 0; i < Decided + Open; i++)
        {
            // drawn once, not for each stage
            var its = both[chance.Is(0.25) ? 1 : 0].Id;
            var way = stages.Where(s => s.PipelineId == its).ToList();
            Go(chance.Of(customers), way, chance.Common(sellers), i < Decided, chance.Is(0.55) ? won : lost, won);
        }

        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        await Remember(stop);
    }

    /// <summary>One deal from its first talk on, as far as it came.</summary>
    private void Go(Customer customer, List<Stage> way, Member owner, bool decided, List<Reason> reasons, List<Reason> won)
    {
        var amount = (long)Math.Round(1_200 * chance.Pareto(60) / 50) * 50 * 100;
        var steps = decided ? chance.Between(1, way.Count - 1) : chance.Common(Enumerable.Range(0, way.Count).ToArray());
        // most open deals go on in time; some stand for too long
        var stood = chance.Is(0.85) ? chance.Between(0, 9) : chance.Between(15, 34);
        var age = decided ? chance.Between(25, 360) : stood + (steps * chance.Between(4, 16));
        var at = now.AddDays(-age).AddHours(-chance.Between(0, 8));
        var what = chance.Common(What);
        var close = decided ? at.AddDays(chance.Between(20, 70)) : now.AddDays(chance.Between(-8, 110));
        var deal = new Deal(customer, way[0], new DealDetails
        {
            Name = what.Name,
            Amount = steps == 0 && chance.Is(0.3) ? null : amount,
            Conversion = Conversion.None("EUR"),
            CloseOn = steps == 0 && chance.Is(0.3) ? null : DateOnly.FromDateTime(close),
            Category = chance.Is(0.06) ? ForecastCategory.Omitted : null,
            OwnerId = owner.Id,
            TeamId = owner == members[6] ? teams[1].Id : teams[0].Id,
            // the first talk knows no quantities yet
            Lines = steps > 0 && chance.Is(0.8) ? [.. what.Goods.Select(good => new DealLineDetails(products[good.Code].Id, chance.Between(good.Fewest, good.Most), products[good.Code].UnitPrice!.Value))] : [],
            Description = chance.Is(0.4) ? "Talked about it at the tasting; they want to decide with their partner." : null,
        }, owner.Id, at);
        db.Deals.Add(deal);
        var end = decided && close > now ? now.AddDays(-chance.Between(0, 10)) : close;
        var until = decided ? end : now.AddDays(-stood);
        for (var step = 1; step <= steps; step++) deal.Move(way[step], owner.Id, at + ((until - at) * step / (decided ? steps + 1 : steps)));
        if (!decided) return;
        var isWon = ReferenceEquals(reasons, won);
        deal.Close(isWon ? DealState.Won : DealState.Lost, chance.Common(reasons).Id, chance.Is(0.3) ? isWon ? "They liked the tasting." : "Perhaps again next year." : null, owner.Id, end < at ? at.AddDays(1) : end);
    }

    /// <summary>The forecasts of the weeks before, made of what was known then, near enough.</summary>
    private async Task Remember(CancellationToken stop)
    {
        var deals = await db.Deals.AsNoTracking().Where(d => d.CloseOn != null && d.BaseAmount != null)
            .Select(d => new { d.PipelineId, d.OwnerId, d.TeamId, CustomersOf = d.Customer!.OwnerId, CustomersOfTeam = d.Customer.TeamId, d.CreatedAt, d.ClosedAt, d.State, CloseOn = d.CloseOn!.Value, Amount = d.BaseAmount!.Value }).ToListAsync(stop);
        var today = DateOnly.FromDateTime(now);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var kept = new List<ForecastSnapshot>();
        for (var week = 0; week < Weeks; week++)
        {
            var day = monday.AddDays(-7 * week);
            var (then, first) = (day.ToDateTime(new TimeOnly(2, 0), DateTimeKind.Utc), new DateOnly(day.Year, day.Month, 1));
            var known = deals.Where(d => d.CreatedAt < then).Select(d => (Deal: d, Won: d.State == DealState.Won && d.ClosedAt < then, Gone: d.ClosedAt < then)).ToList();
            var groups = known.Where(d => d.Won ? DateOnly.FromDateTime(d.Deal.ClosedAt!.Value) >= first : !d.Gone && d.Deal.CloseOn >= first)
                .GroupBy(d => (Month: Month(d.Won ? DateOnly.FromDateTime(d.Deal.ClosedAt!.Value) : d.Deal.CloseOn), d.Deal.PipelineId, d.Deal.OwnerId, d.Deal.TeamId, d.Deal.CustomersOf, d.Deal.CustomersOfTeam));
            kept.AddRange(groups.Select(g =>
            {
                var open = g.Where(d => !d.Won).Sum(d => d.Deal.Amount);
                return new ForecastSnapshot(day, g.Key.Month, g.Key.PipelineId, g.Key.OwnerId, g.Key.TeamId)
                {
                    CustomerOwnerId = g.Key.CustomersOf,
                    CustomerTeamId = g.Key.CustomersOfTeam,
                    Open = open,
                    Weighted = (long)(open * (0.45 + (0.2 * chance.Unit()))),
                    BestCase = open / 3,
                    Commit = open / 5,
                    Won = g.Where(d => d.Won).Sum(d => d.Deal.Amount),
                    Deals = g.Count(),
                };
            }));
        }

        db.ForecastSnapshots.AddRange(kept);
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);
}
