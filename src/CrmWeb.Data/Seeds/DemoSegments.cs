using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>Segments as a marketer would begin with them, refreshed.</summary>
internal static class DemoSegments
{
    private static readonly (string Name, string About, string Rule, SegmentCard Card, SegmentNeedDetails[] Needs)[] Usual =
    [
        ("Best buyers", "Who bought lately, often and much.", "rfmRecency >= 4 and rfmFrequency >= 4 and rfmMonetary >= 4",
            new("The first to taste what is new, and somebody who knows their name.", "You chose well, again.", "Early access to new roasts; a tasting twice a year", ChannelSet.Call | ChannelSet.Email, null),
            [new("A person who answers", 5, "Interviews in spring"), new("News before everybody else", 3, null)]),
        ("Slipping away", "Good buyers who fell silent.", "orderCount >= 3 and lastOrder < today-90d and lastInteraction < today-30d",
            new("We notice when you are gone.", "What did we miss?", "Ten percent on the next order", ChannelSet.Call, null), [new("To be asked why", 4, "Calls of the last quarter")]),
        ("New buyers", "Their first order is younger than three months.", "orderCount > 0 and firstOrder >= today-3m",
            new("A good beginning.", "Welcome", null, ChannelSet.Email, null), [new("To know how to brew it", 4, null)]),
        ("Leads nobody called", "Leads of the last half year without a contact.", "stage = \"lead\" and created >= today-6m and count(interactions) = 0", SegmentCard.Empty, []),
        ("Waiting for an answer", "With a case that is open.", "openCases > 0", SegmentCard.Empty, []),
        ("Deals in the air", "With open deals of some size.", "openDeals > 0 and sum(deals.amount where state = \"open\") >= 1000", SegmentCard.Empty, []),
        ("Mail can reach them", "A mail address, and no word against it.", "email is not empty and not (stage = \"churned\")", SegmentCard.Empty, []),
        ("Best buyers by mail", "For letters to the best.", "in segment \"Best buyers\" and in segment \"Mail can reach them\"", SegmentCard.Empty, []),
    ];

    /// <summary>Of today, whatever the size of the tenant.</summary>
    public static async Task MakeSegments(this CrmDb db, DateTime now, CancellationToken stop)
    {
        await db.Write(now, [], stop);
        await db.Refresh(stop);
    }

    /// <summary>With half a year behind them, a tier that the best are served by, and products that fit them: for the few customers of the demonstration.</summary>
    public static async Task MakeSegmentsWithPast(this CrmDb db, DateTime now, CancellationToken stop)
    {
        var made = await db.Write(DemoSegmentHistory.Begin(now), await db.Products.OrderBy(p => p.Id).Select(p => p.Id).Take(2).ToListAsync(stop), stop);
        await db.JudgeThePast(made.ConvertAll(one => (one.Segment.Id, one.Rule)), now, stop);
        // the best are served best, whoever gave them nothing by hand
        var (best, gold) = (made[0].Segment, await db.ServiceTiers.OrderBy(t => t.Position).FirstAsync(stop));
        gold.Call(30);
        best.Hold(best.Card with { ServiceTierId = gold.Id });
        await using (var transaction = await db.Database.BeginTransactionAsync(stop))
        {
            await db.SaveChangesAsync(stop);
            await db.FollowTiersOf(best.Id, stop);
            await transaction.CommitAsync(stop);
        }

        await db.Refresh(stop);
    }

    /// <param name="since">When they were made.</param>
    /// <param name="liked">Products that fit the first of them.</param>
    private static async Task<List<(Segment Segment, SegmentRule Rule)>> Write(this CrmDb db, DateTime since, List<long> liked, CancellationToken stop)
    {
        var owner = await db.Members.Where(m => m.DeactivatedAt == null).OrderBy(m => m.Id).Select(m => (long?)m.Id).FirstOrDefaultAsync(stop);
        var currency = (await db.RuleSources(stop)).Currency;
        var made = new List<(Segment Segment, SegmentRule Rule)>();
        foreach (var (name, about, typed, card, needs) in Usual)
        {
            var custom = await db.LoadCustomFields(stop);
            var known = db.Segments.AsNoTracking().Select(s => new RuleName(s.Id, s.Name));
            var rule = SegmentRule.TryParse(typed, await db.RuleWorld(RuleMentions.Of(typed, custom), currency, custom, known, stop), out var read, out var wrong) ? read : throw new FormatException($"{name}: {wrong}");
            var segment = new Segment(name, about, rule.ToStored(), rule.Uses.Today, owner, since);
            segment.Use(rule.Uses.Segments);
            segment.Hold(card);
            segment.Hold(needs, made.Count == 0 ? liked : []);
            db.Segments.Add(segment);
            await db.SaveChangesAsync(stop);
            made.Add((segment, rule));
        }

        return made;
    }

    private static async Task Refresh(this CrmDb db, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        // what the night would bring: some of the rules ask for the scores of buyers
        await db.ScoreRfm(_ => Task.CompletedTask, stop);
        await db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, stop);
    }
}
