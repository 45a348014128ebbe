using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Support;

/// <summary>A tenant in Tehran whose customers have, or lack, all that a rule can read.</summary>
public sealed class RuleScene
{
    public static readonly DateOnly Today = new(2026, 11, 20);
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tehran");
    private static readonly DateTime Now = new(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc);

    private readonly Random chance;
    private readonly List<long> members = [];
    private List<long> teams = [], tiers = [], products = [], stages = [], tags = [], reasons = [];
    private CustomFieldSet fields = CustomFieldSet.None;

    private RuleScene(TestTenant tenant, int seed) => (Tenant, chance) = (tenant, new Random(seed));

    public TestTenant Tenant { get; }

    public RuleWorld World { get; private set; } = RuleWorld.Bare;

    /// <summary>Two segments, by number.</summary>
    public Dictionary<long, List<long>> Segments { get; } = new() { [1] = [], [2] = [] };

    public static async Task<RuleScene> Of(int customers, int seed)
    {
        var scene = new RuleScene(await Make.Tenant(), seed);
        await scene.Fill(customers);
        return scene;
    }

    public Func<long, IQueryable<long>> MembersOf(CrmDb db) => segment =>
    {
        var ids = Segments.GetValueOrDefault(segment, []);
        return db.Customers.Where(c => ids.Contains(c.Id)).Select(c => c.Id);
    };

    public RuleSources Sources(CrmDb db) => db.RuleSources(Now, Zone, "EUR", "DE", MembersOf(db));

    /// <summary>The customers that the database says a rule means.</summary>
    public Task<List<long>> Found(SegmentRule rule) => Tenant.Use(async db =>
    {
        // each engine is asked in its own way, and all of them can be asked in every way
        var ways = new List<List<long>>();
        foreach (var (few, literal) in new[] { (false, false), (false, true), (true, false), (true, true) })
            ways.Add(await db.Customers.Where(SegmentCompiler.Compile(rule, Sources(db) with { OfFew = few, IsLiteral = literal })).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        foreach (var other in ways.Skip(1)) Assert.Equal(ways[0], other);
        return ways[0];
    });

    public Task<List<long>> Found(string rule) => Found(Parse(rule));

    public SegmentRule Parse(string text) => SegmentRule.TryParse(text, World, out var rule, out var error) ? rule : throw new FormatException(error.ToString());

    /// <summary>Every customer with all that a rule may read.</summary>
    public Task<IReadOnlyList<RuleSubject>> Subjects() => Tenant.Use(async db =>
    {
        var all = SegmentRule.TryParse(string.Join(" and ", RuleFields.Collections.Select(c => $"count({c.Name}) >= 0")) + " and in segment #1 and in segment #2", World, out var rule, out var error) ? rule : throw new FormatException(error.ToString());
        return await db.RuleSubjects(await db.Customers.Select(c => c.Id).ToListAsync(), all.Uses, MembersOf(db), default);
    });

    private async Task Fill(int customers)
    {
        members.Add(Tenant.Admin.Id);
        members.Add((await Make.Member(Tenant, Role.Sales, "Ana")).Id);
        teams = [await Make.Team(Tenant)];
        tiers = [await Make.Tier(Tenant), await Make.Tier(Tenant, "Silver", 2)];
        reasons = [await Make.Reason(Tenant, ReasonFor.Lost, "Too dear")];
        products = [await Make.Product(Tenant, "Ana", p => p with { Category = "Books" }), await Make.Product(Tenant, "Tea", p => p with { Category = "کتاب‌ها" }), await Make.Product(Tenant, "Cup", p => p with { Category = null })];
        stages = [.. await Make.Pipeline(Tenant, "Sales")];
        await MakeFields();
        tags = await Tenant.Use(async db =>
        {
            db.Tags.AddRange(new Tag("vip"), new Tag("نوشته"));
            await db.SaveChangesAsync();
            return await db.Tags.Select(t => t.Id).ToListAsync();
        });
        await Rate();
        var rhythm = await MakeRhythm();
        var organisations = new List<long>();
        for (var i = 0; i < customers; i++)
        {
            var id = await Make.Customer(Tenant, One("Ana", "Anabel", "Bert Berlin", "کتاب‌ها", "Q\"x\\") + " " + i, d => Details(d, i, organisations));
            if (i % 5 == 0) organisations.Add(id);
            await Hang(id);
        }

        await Tenant.Use(db => db.ScoreRfm(_ => Task.CompletedTask, default));
        World = await Tenant.Use(async db => new RuleWorld("EUR", fields) { Rhythm = rhythm }
            .With(RuleKind.Member, await db.Members.Select(m => new RuleName(m.Id, m.Name)).ToListAsync()).With(RuleKind.Team, await db.Teams.Select(m => new RuleName(m.Id, m.Name)).ToListAsync())
            .With(RuleKind.Tier, await db.ServiceTiers.Select(m => new RuleName(m.Id, m.Name)).ToListAsync()).With(RuleKind.Tag, await db.Tags.Select(m => new RuleName(m.Id, m.Name)).ToListAsync())
            .With(RuleKind.Product, await db.Products.Select(m => new RuleName(m.Id, m.Name)).ToListAsync()).With(RuleKind.Stage, await db.Stages.Select(m => new RuleName(m.Id, m.Name)).ToListAsync())
            .With(RuleKind.Pipeline, await db.Pipelines.Select(m => new RuleName(m.Id, m.Name)).ToListAsync()).With(RuleKind.Reason, await db.Reasons.Select(m => new RuleName(m.Id, m.Name)).ToListAsync())
            .With(RuleKind.Customer, await db.Customers.Where(c => organisations.Contains(c.Id)).Select(m => new RuleName(m.Id, m.Name)).ToListAsync())
            .With(RuleKind.Segment, [new(1, "First"), new(2, "Second")]));
    }

    private async Task MakeFields()
    {
        foreach (var type in Enum.GetValues<CustomFieldType>())
            await Make.Field(Tenant, type, type.ToString(), null, type.HasOptions() ? ["Low", "High", "Odd \"one\""] : []);
        fields = await Make.FieldsOf(Tenant);
    }

    private Task<ContactRhythm> MakeRhythm() => Tenant.Use(async db =>
    {
        db.ContactCadences.AddRange(new ContactCadence(LifecycleStage.Lead, 7), new ContactCadence(LifecycleStage.Customer, 20), new ContactCadence(LifecycleStage.Loyal, 30));
        await db.SaveChangesAsync();
        return await db.ContactRhythm(default);
    });

    private Task Rate() => Make.Rate(Tenant, "USD", new DateOnly(2020, 1, 1), 0.9m);

    private CustomerDetails Details(CustomerDetails d, int i, List<long> organisations)
    {
        d = d with
        {
            Kind = One<CustomerKind>(),
            Stage = One<LifecycleStage>(),
            Email = Maybe("ana@example.org", "Bert@Example.org", "no address"),
            Phone = Maybe("030 123456", "+49 30 1234", "123"),
            OtherEmails = chance.Next(4) == 0 ? ["further@example.org"] : [],
            OtherPhones = chance.Next(4) == 0 ? ["+49 40 1234567"] : [],
            City = Maybe("Berlin", "berlin", "Bern"),
            Country = Maybe("DE", "IR", "Atlantis"),
            Industry = Maybe("Books", "Tea"),
            Language = Maybe("de", "DE"),
            Source = Maybe("Ana", "fair"),
            Description = Maybe("a long text", "نوشته"),
            ExternalId = chance.Next(2) == 0 ? $"E-{i}" : null,
            PreferredChannel = chance.Next(2) == 0 ? One<Channel>() : null,
            OwnerId = chance.Next(2) == 0 ? One(members) : null,
            TeamId = chance.Next(2) == 0 ? One(teams) : null,
            ServiceTierId = chance.Next(2) == 0 ? One(tiers) : null,
            OrganisationId = organisations.Count > 0 && chance.Next(2) == 0 ? One(organisations) : null,
            PhoneCountry = "DE",
            CustomFields = fields,
        };
        foreach (var field in fields.All.Where(_ => chance.Next(2) == 0)) d = d.With(field.Key, [.. Custom(field, organisations)]);
        return d;
    }

    private IEnumerable<string> Custom(CustomField field, List<long> organisations) => field.Type switch
    {
        CustomFieldType.Number => [One("0", "10", "10.5", "-1")],
        CustomFieldType.Money => [One("10 EUR", "10.5 EUR", "20 USD")],
        CustomFieldType.Date => [CustomText.Day(Today.AddDays(chance.Next(-60, 20)).AddYears(-chance.Next(0, 3)))],
        CustomFieldType.YesNo => [One("true", "false")],
        CustomFieldType.Choice => [CustomText.Id(One(field.Options).Id)],
        CustomFieldType.Choices => field.Options.Take(chance.Next(1, 4)).Select(option => CustomText.Id(option.Id)),
        CustomFieldType.Member => [CustomText.Id(One(members))],
        CustomFieldType.Customer => organisations.Count == 0 ? [] : [CustomText.Id(One(organisations))],
        _ => [One("Ana", "books", "کتاب‌ها")],
    };

    private async Task Hang(long customer)
    {
        foreach (var (segment, ids) in Segments)
        {
            if (chance.Next(3) == 0) ids.Add(customer);
        }

        for (var n = chance.Next(4); n > 0; n--)
            await Make.Interaction(Tenant, customer, new InteractionDetails { OccurredAt = Moment(), Channel = One<Channel>(), Direction = One<Direction>(), Outcome = One<Outcome>(), IsPlanned = chance.Next(4) == 0, Minutes = chance.Next(2) == 0 ? chance.Next(1, 20) : null, Subject = Maybe("Books", "a") });
        for (var n = chance.Next(4); n > 0; n--) await Order(customer);
        for (var n = chance.Next(3); n > 0; n--) await Deal(customer);
        for (var n = chance.Next(3); n > 0; n--)
            await Make.Case(Tenant, customer, d => d with { Kind = One<CaseKind>(), Channel = One<Channel>(), Priority = One<Priority>(), OwnerId = chance.Next(2) == 0 ? One(members) : null, ProductId = chance.Next(2) == 0 ? One(products) : null });
        for (var n = chance.Next(3); n > 0; n--) await Make.Task(Tenant, Tenant.Admin, Maybe("Ana", "Call"), Today.AddDays(chance.Next(-20, 10)), customer);
        await Tenant.Use(async db =>
        {
            var row = await db.Customers.Include(c => c.Tags).SingleAsync(c => c.Id == customer);
            foreach (var tag in await db.Tags.Where(t => tags.Contains(t.Id)).ToListAsync())
            {
                if (chance.Next(3) == 0) row.Tags.Add(new CustomerTag(tag));
            }

            return await db.SaveChangesAsync();
        });
    }

    private async Task Order(long customer)
    {
        var isForeign = chance.Next(4) == 0;
        var id = await Make.Order(Tenant, customer, 0, Moment(), d => d with
        {
            Channel = One<SalesChannel>(),
            Conversion = isForeign ? new Conversion("USD", "EUR", ExchangeRate.Scale * 9 / 10) : Conversion.None("EUR"),
            Lines = [.. Enumerable.Range(0, chance.Next(1, 3)).Select(_ => chance.Next(4) == 0
                ? new OrderLineDetails { Description = "Books", Quantity = 1, Total = chance.Next(0, 3) * 10_00 }
                : new OrderLineDetails { ProductId = One(products), Quantity = chance.Next(1, 4), UnitPrice = chance.Next(1, 3) * 5_17, UnitCost = chance.Next(2) == 0 ? 1_00 : null })],
        });
        if (chance.Next(4) != 0) return;
        await Tenant.Use(async db =>
        {
            (await db.Orders.Include(o => o.Customer).SingleAsync(o => o.Id == id)).Return(null, null, null, Now);
            return await db.SaveChangesAsync();
        });
    }

    private async Task Deal(long customer)
    {
        var id = await Make.Deal(Tenant, customer, One(stages), d => d with { Amount = chance.Next(3) == 0 ? null : chance.Next(0, 4) * 100_00, CloseOn = chance.Next(2) == 0 ? Today.AddDays(chance.Next(-20, 10)) : null, OwnerId = chance.Next(2) == 0 ? One(members) : null });
        if (chance.Next(2) == 0) return;
        await Tenant.Use(async db =>
        {
            var deal = await db.Deals.Include(d => d.Customer).Include(d => d.Stays).SingleAsync(d => d.Id == id);
            deal.Close(chance.Next(2) == 0 ? DealState.Won : DealState.Lost, chance.Next(2) == 0 ? One(reasons) : null, null, Tenant.Admin.Id, Now);
            return await db.SaveChangesAsync();
        });
    }

    // around the beginnings of days in Tehran
    private DateTime Moment() => Now.AddDays(-chance.Next(0, 40)).Date.AddHours(20).AddMinutes(30 + chance.Next(-1, 2));

    private string? Maybe(params string[] texts) => chance.Next(3) == 0 ? null : One(texts);

    private T One<T>(params IReadOnlyList<T> all) => all[chance.Next(all.Count)];

    private T One<T>() where T : struct, Enum => One(Enum.GetValues<T>());
}
