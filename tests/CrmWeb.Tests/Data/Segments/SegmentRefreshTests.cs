using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

public sealed class SegmentRefreshTests
{
    private static readonly string[] Rules =
    [
        "city = \"Bonn\"", "totalSpent > 30", "count(interactions where channel = \"email\") >= 1", "has(tag, \"Vip\") and not (city = \"Bonn\")",
        "in segment \"S0\" or sum(orders.total) > 100", "not (in segment \"S4\") and stage = \"lead\"", "lastInteraction >= today-30d", "openCases > 0 or orderCount = 0",
    ];

    [Fact]
    public async Task Refresh_WhoComesAndGoes_IsWrittenDown()
    {
        var tenant = await Make.Tenant();
        var (ann, bob) = (await Make.Customer(tenant, "Ann", c => c with { City = "Bonn" }), await Make.Customer(tenant, "Bob", c => c with { City = "Rome" }));
        var segment = await Make.Segment(tenant, "city = \"Bonn\"");
        await tenant.Refresh();
        Assert.Equal([ann], await tenant.MembersOf(segment));

        await Move(tenant, ann, "Rome");
        await Move(tenant, bob, "Bonn");
        await tenant.Refresh();
        await tenant.Refresh();
        Assert.Equal([bob], await tenant.MembersOf(segment));
        Assert.Equal([(ann, "segment-entered"), (ann, "segment-left"), (bob, "segment-entered")], await Events(tenant, segment));
        var row = await tenant.Use(db => db.Segments.SingleAsync(s => s.Id == segment));
        Assert.Equal(1, row.MemberCount);
        Assert.NotNull(row.RefreshedAt);
        var day = await tenant.Use(db => db.SegmentSizes.SingleAsync());
        Assert.Equal((1, 2, 1), (day.Count, day.Entered, day.Left));
        var left = await tenant.Use(db => db.Memberships.SingleAsync(m => m.LeftAt != null));
        Assert.Equal(ann, left.CustomerId);
        Assert.True(left.EnteredAt < left.LeftAt);
    }

    [Fact]
    public async Task Refresh_ArchivedAndBack_GoOutAndComeIn()
    {
        var tenant = await Make.Tenant();
        var ann = await Make.Customer(tenant, "Ann");
        var segment = await Make.Segment(tenant, "name = \"Ann\"");
        await tenant.Refresh();
        await Put(tenant, ann, away: true);
        await tenant.Use(db => db.JudgeChanged(default));
        Assert.Empty(await tenant.MembersOf(segment));
        await Put(tenant, ann, away: false);
        await tenant.Use(db => db.JudgeChanged(default));
        Assert.Equal([ann], await tenant.MembersOf(segment));
    }

    [Fact]
    public async Task Refresh_OfWhomAMemberSeesLittle_IsOfTheWholeTenant()
    {
        var tenant = await Make.Tenant();
        await Make.Customer(tenant, "Ann");
        await Make.Customer(tenant, "Bob");
        var segment = await Make.Segment(tenant, "count(interactions) = 0");
        await tenant.Use(db => db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, default), new Actor(tenant.Admin.Id, Role.Marketer, Visibility.Own, []));
        Assert.Equal(2, (await tenant.MembersOf(segment)).Count);
    }

    [Fact]
    public async Task Refresh_TwoAtOnce_EverybodyEntersOnce()
    {
        var tenant = await Make.Tenant();
        for (var i = 0; i < 30; i++) await Make.Customer(tenant);
        var segment = await Make.Segment(tenant, "stage = \"lead\"");
        await using var node = tenant.Host.AnotherNode();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => (i % 2 == 0 ? tenant : tenant with { Host = node }).Refresh())));
        Assert.Equal(30, (await tenant.MembersOf(segment)).Count);
        Assert.Equal(30, (await Events(tenant, segment)).Count);
        Assert.Equal(30, await tenant.Use(db => db.SegmentSizes.SumAsync(s => s.Entered)));
    }

    [Fact]
    public async Task Refresh_KilledHalfWay_LeavesTheMembersOfBefore()
    {
        var tenant = await Make.Tenant();
        var (ann, bob) = (await Make.Customer(tenant, with: c => c with { City = "Bonn" }), await Make.Customer(tenant));
        var segment = await Make.Segment(tenant, "city = \"Bonn\"");
        await tenant.Refresh();
        await Move(tenant, bob, "Bonn");
        await Move(tenant, ann, "Rome");
        var before = await Authorisation.ForeignIdTests.Hash(tenant);
        var told = 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => tenant.Use(db => db.RefreshSegments(
            RefreshOf.All, (_, _) => told++ == 0 ? Task.CompletedTask : throw new OperationCanceledException("killed"), default)));
        Assert.Equal(2, told);
        Assert.Equal(before, await Authorisation.ForeignIdTests.Hash(tenant));
        await tenant.Refresh();
        Assert.Equal([bob], await tenant.MembersOf(segment));
    }

    [Fact]
    public async Task Refresh_RuleThatCannotBeRead_KeepsNobodyElseWaiting()
    {
        var tenant = await Make.Tenant();
        await Make.Customer(tenant, "Ann");
        var (broken, whole) = (await Make.Segment(tenant, "name = \"Ann\""), await Make.Segment(tenant, "name = \"Ann\""));
        await tenant.Use(db => db.Segments.Where(s => s.Id == broken).ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, "nothing of the kind")));
        var (done, failed) = await tenant.Use(db => db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, default));
        Assert.Equal((2, broken), (done, Assert.Single(failed).Id));
        Assert.Single(await tenant.MembersOf(whole));
        Assert.NotNull(await tenant.Use(db => db.Segments.Where(s => s.Id == broken).Select(s => s.RefreshFailedAt).SingleAsync()));
        Assert.False(await tenant.Use(db => db.AnyDue(default)));
        // nor does the minute look for what changed since that one was judged
        Assert.Equal([whole], await tenant.Use(db => db.Segments.Where(s => s.JudgedAt != null).Select(s => s.Id).ToListAsync()));
    }

    [Fact]
    public async Task Judge_RuleThatCannotBeRead_KeepsNobodyElseWaiting()
    {
        var tenant = await Make.Tenant();
        var ann = await Make.Customer(tenant, "Ann");
        var (broken, whole) = (await Make.Segment(tenant, "name = \"Ann\""), await Make.Segment(tenant, "city = \"Bonn\""));
        await tenant.Refresh();
        await tenant.Use(db => db.Segments.Where(s => s.Id == broken).ExecuteUpdateAsync(set => set.SetProperty(s => s.Rule, "nothing of the kind")));
        await Move(tenant, ann, "Bonn");
        Assert.Equal(1, await tenant.Use(db => db.JudgeChanged(default)));
        Assert.Equal([ann], await tenant.MembersOf(whole));
    }

    [Fact]
    public async Task Refresh_OverMidnight_JudgesEachByTheDayItIs()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 23, 23, 30, 0, DateTimeKind.Utc);
        var tenant = await Make.Tenant(host);
        await tenant.Use(async db =>
        {
            var row = await db.Tenants.SingleAsync(t => t.Id == tenant.Id);
            row.Change(row.Name, "UTC", "en", "DE", "EUR");
            return await db.SaveChangesAsync();
        });
        var ann = await Make.Customer(tenant);
        var (before, after) = (await Make.Segment(tenant, "created < today"), await Make.Segment(tenant, "created < today"));
        var told = 0;
        await tenant.Use(db => db.RefreshSegments(
            RefreshOf.All,
            (_, _) =>
            {
                // before the first, within it, before the second
                if (++told == 3) host.Clock.Advance(TimeSpan.FromHours(1));
                return Task.CompletedTask;
            },
            default));
        Assert.Empty(await tenant.MembersOf(before));
        Assert.Equal([ann], await tenant.MembersOf(after));
        Assert.True(await tenant.Use(db => db.AnyDue(default)));
    }

    [Fact]
    public async Task Refresh_SegmentOfSegments_ComesAfterThose()
    {
        var tenant = await Make.Tenant();
        var ann = await Make.Customer(tenant, "Ann");
        // made first, named later: the order follows from the rules
        var first = await Make.Segment(tenant, "name = \"nobody\"", "First");
        var second = await Make.Segment(tenant, "name = \"Ann\"", "Second");
        await tenant.Use(async db =>
        {
            var segment = await db.Segments.Include(s => s.Uses).SingleAsync(s => s.Id == first);
            var rule = await db.Rule("in segment \"Second\"");
            segment.Ask(rule.ToStored(), false);
            segment.Use(rule.Uses.Segments);
            return await db.SaveChangesAsync();
        });
        await tenant.Refresh(first);
        Assert.Equal([ann], await tenant.MembersOf(first));
        Assert.Equal([ann], await tenant.MembersOf(second));
    }

    [Fact]
    public async Task AnyDue_NewOldAndTheDayAfter_SaysSo()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2026, 11, 23, 21, 30, 0, DateTimeKind.Utc);
        var tenant = await Make.Tenant(host);
        await tenant.Use(async db =>
        {
            var row = await db.Tenants.SingleAsync(t => t.Id == tenant.Id);
            row.Change(row.Name, "Europe/Berlin", "en", "DE", "EUR");
            return await db.SaveChangesAsync();
        });
        await Make.Segment(tenant, "lastInteraction < today-7d");
        Assert.True(await tenant.Use(db => db.AnyDue(default)));
        await tenant.Refresh();
        host.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.False(await tenant.Use(db => db.AnyDue(default)));
        // midnight in Berlin
        host.Clock.Advance(TimeSpan.FromMinutes(91));
        Assert.True(await tenant.Use(db => db.AnyDue(default)));
        await tenant.Refresh();
        host.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(await tenant.Use(db => db.AnyDue(default)));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await tenant.Use(db => db.AnyDue(default)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Judge_AfterAnyWrites_SaysWhatARefreshSays(int seed)
    {
        var tenant = await Make.Tenant();
        var chance = new Random(seed);
        await tenant.Use(async db =>
        {
            db.Tags.Add(new Tag("Vip"));
            return await db.SaveChangesAsync();
        });
        var customers = new List<long>();
        for (var i = 0; i < 8; i++) customers.Add(await Make.Customer(tenant, with: c => c with { City = i % 2 == 0 ? "Bonn" : "Rome" }));
        var segments = new List<long>();
        foreach (var (rule, i) in Rules.Select((rule, i) => (rule, i))) segments.Add(await Make.Segment(tenant, rule, $"S{i}"));
        await tenant.Refresh();
        for (var round = 0; round < 6; round++)
        {
            for (var step = 0; step < 5; step++) await Act(tenant, customers[chance.Next(customers.Count)], chance);
            Assert.NotNull(await tenant.Use(db => db.JudgeChanged(default)));
            foreach (var (segment, i) in segments.Select((id, i) => (id, i)))
                Assert.True((await tenant.MeantBy(segment)).SequenceEqual(await tenant.MembersOf(segment)), $"seed {seed}, round {round}: {Rules[i]}");
        }

        var counts = await tenant.Use(db => db.Segments.Select(s => new { s.Id, s.MemberCount }).ToDictionaryAsync(s => s.Id, s => s.MemberCount));
        foreach (var segment in segments) Assert.Equal((await tenant.MembersOf(segment)).Count, counts[segment]);
        var events = await tenant.Use(db => db.CustomerEvents.CountAsync());
        await tenant.Refresh();
        Assert.Equal(events, await tenant.Use(db => db.CustomerEvents.CountAsync()));
    }

    [Fact]
    public async Task HundredEditsAndRefreshesAtOnce_EndRight()
    {
        var tenant = await Make.Tenant();
        var customers = new List<long>();
        for (var i = 0; i < 10; i++) customers.Add(await Make.Customer(tenant));
        var (bonn, others) = (await Make.Segment(tenant, "city = \"Bonn\"", "In Bonn"), await Make.Segment(tenant, "not (in segment \"In Bonn\")"));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            if (i % 4 == 0) await tenant.Refresh();
            else if (i % 4 == 1) await tenant.Use(db => db.JudgeChanged(default));
            else await tenant.Use(db => db.Customers.Where(c => c.Id == customers[i % 10]).ExecuteUpdateAsync(
                set => set.SetProperty(c => c.City, i % 3 == 0 ? "Bonn" : "Rome").SetProperty(c => c.ChangedAt, tenant.Host.Clock.Now)));
        })));
        await tenant.Refresh();
        foreach (var segment in new[] { bonn, others }) Assert.Equal(await tenant.MeantBy(segment), await tenant.MembersOf(segment));
        // who is in is in once, and each stay has its events
        var stays = await tenant.Use(db => db.Memberships.Select(m => new { m.LeftAt }).ToListAsync());
        var told = await tenant.Use(db => db.CustomerEvents.Where(e => e.SubjectId != null).Select(e => e.Kind).ToListAsync());
        Assert.Equal((stays.Count, stays.Count(s => s.LeftAt != null)), (told.Count(kind => kind == CustomerEvent.SegmentEntered), told.Count(kind => kind == CustomerEvent.SegmentLeft)));
    }

    [Fact]
    public async Task Merge_WhileARefreshTakesTheSurvivorIn_WaitsForIt()
    {
        var tenant = await Make.Tenant();
        var segment = await Make.Segment(tenant, "city = \"Bonn\"");
        await using var node = tenant.Host.AnotherNode();
        for (var round = 0; round < 8; round++)
        {
            var anna = await Make.Customer(tenant, "Anna", c => c with { City = "Bonn" });
            await tenant.Refresh();
            // the refresh lets them all in that came since, the survivor among them
            var ann = await Make.Customer(tenant, "Ann", c => c with { City = "Bonn" });
            for (var i = 0; i < 5; i++) await Make.Customer(tenant, with: c => c with { City = "Bonn" });
            await Task.WhenAll(Task.Run(() => Make.Merge(tenant, ann, anna)), Task.Run(() => (tenant with { Host = node }).Refresh()));
            await tenant.Refresh();
            var members = await tenant.MembersOf(segment);
            Assert.Contains(ann, members);
            Assert.DoesNotContain(anna, members);
        }

        Assert.Equal(await tenant.MeantBy(segment), await tenant.MembersOf(segment));
    }

    [Fact]
    public async Task Merge_OnAList_TheSurvivorIsOnIt_AndApartBothAreAsBefore()
    {
        var tenant = await Make.Tenant();
        var (ann, anna) = (await Make.Customer(tenant, "Ann"), await Make.Customer(tenant, "Anna"));
        var (list, both, ruled) = (await Make.Segment(tenant, null), await Make.Segment(tenant, null), await Make.Segment(tenant, "name = \"Anna\""));
        await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            Assert.Equal([anna], await db.PutOnList(list, [anna], default));
            Assert.Empty((await db.PutOnList(list, [anna], default))!);
            Assert.Null(await db.PutOnList(ruled, [anna], default));
            Assert.Equal(2, (await db.PutOnList(both, [ann, anna], default))!.Count);
            await transaction.CommitAsync();
            return 0;
        });
        await tenant.Refresh();
        var (stays, events) = (await Stays(), await Events(tenant, list, both));
        var merge = await Make.Merge(tenant, ann, anna);
        Assert.Equal([ann], await tenant.MembersOf(list));
        Assert.Equal([ann], await tenant.Use(db => db.Customers.Where(c => db.MembersOf(both).Contains(c.Id)).Select(c => c.Id).ToListAsync()));
        await tenant.Use(db => db.JudgeChanged(default));
        Assert.Empty(await tenant.MembersOf(ruled));

        Assert.True(await tenant.Use(async db => await db.UnmergeCustomers(merge, await db.LoadCustomFields(default), null, default)));
        Assert.Equal(stays, await Stays());
        Assert.Equal(events, await Events(tenant, list, both));
        await tenant.Use(db => db.JudgeChanged(default));
        Assert.Equal([anna], await tenant.MembersOf(ruled));

        async Task<List<(long Id, long Segment, long Customer, DateTime? Left)>> Stays() =>
            [.. (await tenant.Use(db => db.Memberships.Where(m => m.SegmentId == list || m.SegmentId == both).OrderBy(m => m.Id).ToListAsync())).Select(m => (m.Id, m.SegmentId, m.CustomerId, m.LeftAt))];
    }

    private static async Task Act(TestTenant tenant, long customer, Random chance)
    {
        var now = tenant.Host.Clock.Now;
        var act = chance.Next(8);
        // nobody writes to a customer who is put away
        if (act is 1 or 2 or 3) await Put(tenant, customer, away: false);
        switch (act)
        {
            case 0: await Move(tenant, customer, chance.Next(2) == 0 ? "Bonn" : "Rome"); break;
            case 1: await Make.Order(tenant, customer, chance.Next(1, 60) * 100); break;
            case 2: await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = now.AddDays(-chance.Next(60)), Channel = (Channel)chance.Next(3) }); break;
            case 3: await Make.Case(tenant, customer); break;
            case 4: await Put(tenant, customer, away: chance.Next(2) == 0); break;
            case 5:
                await tenant.Use(async db =>
                {
                    if (await db.Interactions.OrderBy(i => i.Id).LastOrDefaultAsync(i => i.CustomerId == customer) is { } last) last.Delete(now);
                    return await db.SaveChangesAsync();
                });
                break;
            case 6:
                // another channel is another answer, and no other fact
                await tenant.Use(async db =>
                {
                    if (await db.Interactions.OrderBy(i => i.Id).LastOrDefaultAsync(i => i.CustomerId == customer) is { } last)
                        last.Change(new InteractionDetails { OccurredAt = last.OccurredAt, Channel = last.Channel == Channel.Email ? Channel.Call : Channel.Email }, now);
                    return await db.SaveChangesAsync();
                });
                break;
            default:
                await tenant.Use(async db =>
                {
                    if (await db.Customers.Include(c => c.Tags).ThenInclude(t => t.Tag).SingleOrDefaultAsync(c => c.Id == customer) is not { } row) return 0;
                    if (row.Tags.Count == 0) row.Tags.Add(new CustomerTag(await db.Tags.SingleAsync()));
                    else row.Tags.Clear();
                    return await db.SaveChangesAsync();
                });
                break;
        }
    }

    private static Task<int> Move(TestTenant tenant, long customer, string city) => tenant.Use(async db =>
    {
        if (await db.Customers.Include(c => c.ContactPoints).SingleOrDefaultAsync(c => c.Id == customer) is { } row) row.Change(CustomerDetails.Of(row) with { City = city }, tenant.Host.Clock.Now);
        return await db.SaveChangesAsync();
    });

    private static Task<int> Put(TestTenant tenant, long customer, bool away) => tenant.Use(async db =>
    {
        var row = await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SingleAsync(c => c.Id == customer);
        if (away) row.Archive(tenant.Host.Clock.Now);
        else row.Restore();
        return await db.SaveChangesAsync();
    });

    private static async Task<List<(long Customer, string Kind)>> Events(TestTenant tenant, params List<long> segments) =>
        [.. (await tenant.Use(db => db.CustomerEvents.Where(e => e.SubjectId != null && segments.Contains(e.SubjectId.Value)).Select(e => new { e.CustomerId, e.Kind }).ToListAsync())).Select(e => (e.CustomerId, e.Kind)).Order()];
}
