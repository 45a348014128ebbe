using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

public sealed class TierFollowingTests
{
    [Fact]
    public async Task Tier_OfSeveralSegments_IsTheBest_AndGoesWithThem()
    {
        var (tenant, gold, silver) = await Tiers();
        var (ann, bob) = (await Make.Customer(tenant, "Ann", c => c with { City = "Bonn" }), await Make.Customer(tenant, "Bob"));
        var bonn = await Give(tenant, await Make.Segment(tenant, "city = \"Bonn\""), gold);
        await Give(tenant, await Make.Segment(tenant, "stage = \"lead\""), silver);
        await tenant.Refresh();
        Assert.Equal((gold, silver), (await TierOf(tenant, ann), await TierOf(tenant, bob)));
        Assert.Null(await tenant.Use(db => db.Customers.Where(c => c.Id == ann).Select(c => c.ServiceTierId).SingleAsync()));

        // by the minute, not only by a refresh
        await Change(tenant, ann, c => c with { City = "Rome" });
        await tenant.Use(db => db.JudgeChanged(default));
        Assert.Empty(await tenant.MembersOf(bonn));
        Assert.Equal(silver, await TierOf(tenant, ann));
        Assert.Equal([(null, gold), (gold, silver)], await Told(tenant, ann));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Tier_GivenByHand_GoesBeforeThoseOfSegments_AndLeavesThemWhenItGoes()
    {
        var (tenant, gold, silver) = await Tiers();
        var ann = await Make.Customer(tenant, "Ann", c => c with { ServiceTierId = silver });
        Assert.Equal(silver, await TierOf(tenant, ann));
        await Give(tenant, await Make.Segment(tenant, "name = \"Ann\""), gold);
        await tenant.Refresh();
        Assert.Equal(silver, await TierOf(tenant, ann));
        await Change(tenant, ann, c => c with { ServiceTierId = null });
        Assert.Equal(gold, await TierOf(tenant, ann));
        await Change(tenant, ann, c => c with { ServiceTierId = silver });
        Assert.Equal(silver, await TierOf(tenant, ann));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Tier_OfAList_OfOneThatIsOutOfUse_AndOfADeletedSegment()
    {
        var (tenant, gold, silver) = await Tiers();
        var ann = await Make.Customer(tenant, "Ann");
        var (first, second) = (await Give(tenant, await Make.Segment(tenant, null), gold), await Give(tenant, await Make.Segment(tenant, "name = \"Ann\""), silver));
        await tenant.Refresh();
        await In(tenant, async db => await db.PutOnList(first, [ann], default));
        Assert.Equal(gold, await TierOf(tenant, ann));

        // what is out of use stays with who has it, but after all others
        await In(tenant, async db => { (await db.ServiceTiers.SingleAsync(t => t.Id == gold)).Delete(tenant.Host.Clock.Now); await db.SaveChangesAsync(); await db.FollowTiersOf(null, default); });
        Assert.Equal(silver, await TierOf(tenant, ann));
        await In(tenant, async db => { (await db.Segments.SingleAsync(s => s.Id == second)).Delete(tenant.Host.Clock.Now); await db.SaveChangesAsync(); await db.FollowTiersOf(second, default); });
        Assert.Equal(gold, await TierOf(tenant, ann));
        await In(tenant, async db => await db.TakeOffList(first, [ann], default));
        Assert.Null(await TierOf(tenant, ann));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Tier_ThroughASegment_HoldsForCasesAndContacts()
    {
        var (tenant, gold, _) = await Tiers();
        await Make.SlaRule(tenant);
        await Make.SlaRule(tenant, 30, 300, tier: gold);
        var ann = await Make.Customer(tenant, "Ann");
        var its = (await (await Make.Program(tenant.Admin)).Post("/cases", new { customerId = ann, subject = "Broken" })).Id;
        var before = await Due(tenant, its);
        await Give(tenant, await Make.Segment(tenant, "name = \"Ann\""), gold);
        await tenant.Refresh();
        Assert.Equal(before.AddMinutes(-30), await Due(tenant, its));
        await In(tenant, async db => { db.ContactCadences.Add(new ContactCadence(LifecycleStage.Lead, 90)); (await db.ServiceTiers.SingleAsync(t => t.Id == gold)).Call(7); await db.SaveChangesAsync(); });
        var rhythm = await tenant.Use(db => db.ContactRhythm(default));
        Assert.Equal((7, 90, (int?)null), (rhythm.DaysFor(LifecycleStage.Lead, gold), rhythm.DaysFor(LifecycleStage.Lead, null), rhythm.DaysFor(LifecycleStage.Loyal, null)));
        var bob = await Make.Customer(tenant, "Bob");
        Assert.Equal([ann], await DueWithin(7));
        Assert.Equal([ann, bob], await DueWithin(90));
        Assert.Empty(await DueWithin(6));

        Task<List<long>> DueWithin(int days) => tenant.Use(async db =>
        {
            var rule = SegmentCompiler.Compile(await db.Rule($"nextContactDue <= today+{days}d"), await db.RuleSources(default));
            return await db.Customers.Where(rule).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
        });
    }

    [Fact]
    public async Task Merge_TheTierGoesWithTheStays_AndBack()
    {
        var (tenant, gold, _) = await Tiers();
        var (ann, anna) = (await Make.Customer(tenant, "Ann"), await Make.Customer(tenant, "Anna"));
        var list = await Give(tenant, await Make.Segment(tenant, null), gold);
        await In(tenant, async db => await db.PutOnList(list, [anna], default));
        var merge = await Make.Merge(tenant, ann, anna);
        Assert.Equal(gold, await TierOf(tenant, ann));
        Assert.True(await tenant.Use(async db => await db.UnmergeCustomers(merge, await db.LoadCustomFields(default), null, default)));
        Assert.Equal((null, (long?)gold), (await TierOf(tenant, ann), await TierOf(tenant, anna)));
        Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task TwoSegmentsAtOnce_TheBestTierCounts()
    {
        var (tenant, gold, silver) = await Tiers();
        List<long> people = [];
        for (var i = 0; i < 10; i++) people.Add(await Make.Customer(tenant));
        var (first, second) = (await Give(tenant, await Make.Segment(tenant, null), gold), await Give(tenant, await Make.Segment(tenant, null), silver));
        await using var node = tenant.Host.AnotherNode();
        for (var round = 0; round < 6; round++)
        {
            await Task.WhenAll(
                Task.Run(() => In(tenant, async db => await db.PutOnList(first, people, default))),
                Task.Run(() => In(tenant with { Host = node }, async db => await (round % 2 == 0 ? db.PutOnList(second, people, default) : db.TakeOffList(second, people, default)))));
            Assert.Equal(0, await tenant.Use(db => db.RebuildFacts(default)));
            Assert.Equal(gold, await TierOf(tenant, people[0]));
            await In(tenant, async db => await db.TakeOffList(first, people, default));
        }
    }

    [Fact]
    public async Task Circle_OfTiers_IsFound()
    {
        var (tenant, gold, _) = await Tiers();
        var asks = await Make.Segment(tenant, $"serviceTier = #{gold}", "Golden");
        var names = await Make.Segment(tenant, "in segment \"Golden\"", "Through");
        Assert.Null(await tenant.Use(db => db.TierCircle(null, default)));
        await Give(tenant, names, gold);
        Assert.Equal("Through", await tenant.Use(db => db.TierCircle(null, default)));
        await Give(tenant, names, null);
        await Give(tenant, asks, gold);
        Assert.Equal("Golden", await tenant.Use(db => db.TierCircle(null, default)));
    }

    private static async Task<(TestTenant Tenant, long Gold, long Silver)> Tiers()
    {
        var tenant = await Make.Tenant();
        return (tenant, await Make.Tier(tenant), await Make.Tier(tenant, "Silver", 2));
    }

    private static async Task<long> Give(TestTenant tenant, long segment, long? tier)
    {
        await In(tenant, async db =>
        {
            var row = await db.Segments.SingleAsync(s => s.Id == segment);
            row.Hold(row.Card with { ServiceTierId = tier });
            await db.SaveChangesAsync();
            await db.FollowTiersOf(segment, default);
        });
        return segment;
    }

    private static Task In(TestTenant tenant, Func<CrmDb, Task> work) => tenant.Use(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await work(db);
        await transaction.CommitAsync();
        return 0;
    });

    private static Task Change(TestTenant tenant, long id, Func<CustomerDetails, CustomerDetails> change) => In(tenant, async db =>
    {
        var customer = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == id);
        customer.Change(change(CustomerDetails.Of(customer)), tenant.Host.Clock.Now);
        await db.SaveChangesAsync();
        await db.FollowTiers([id], default);
    });

    private static Task<long?> TierOf(TestTenant tenant, long id) => tenant.Use(db => db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(c => c.Id == id).Select(c => c.EffectiveTierId).SingleAsync());

    private static Task<DateTime> Due(TestTenant tenant, long id) => tenant.Use(db => db.Cases.Where(c => c.Id == id).Select(c => c.NextDueAt!.Value).SingleAsync());

    private static async Task<List<(long? Old, long? New)>> Told(TestTenant tenant, long id) =>
        (await tenant.Use(db => db.Changes.Where(x => x.RecordId == id && x.Field == "effectiveTierId").OrderBy(x => x.Id).Select(x => new { x.Old, x.New }).ToListAsync()))
        .ConvertAll(x => (CrmWeb.Domain.Tenants.ChangeText.Id(x.Old), CrmWeb.Domain.Tenants.ChangeText.Id(x.New)));
}
