using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

/// <summary>One test per operator and per function, over a real database. Rules are what people type.</summary>
public sealed class RuleOperatorTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Is_Text_MatchesWithoutRegardToCase()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("Ana", d => d with { City = "Berlin" }), ("Bert", d => d with { City = "berlin" }), ("Cem", d => d with { City = "Bern" }), ("Dora", d => d));
        Assert.Equal("Ana Bert", await Ask(tenant, "city = \"BERLIN\""));
    }

    [Fact]
    public async Task IsNot_Text_IsTheOppositeAndMeansEmptyToo()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("Ana", d => d with { City = "Berlin" }), ("Cem", d => d with { City = "Bern" }), ("Dora", d => d));
        Assert.Equal("Cem Dora", await Ask(tenant, "city != \"Berlin\""));
        Assert.Equal("Cem Dora", await Ask(tenant, "not city = \"Berlin\""));
    }

    [Fact]
    public async Task In_Countries_MatchesByAnyOfTheirNames()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("Ana", d => d with { Country = "DE" }), ("Bert", d => d with { Country = "IR" }), ("Cem", d => d with { Country = "FR" }), ("Dora", d => d));
        Assert.Equal("Ana Bert", await Ask(tenant, "country in (\"Germany\", \"ایران\")"));
        Assert.Equal("Cem Dora", await Ask(tenant, "country not in (\"DE\", \"IR\")"));
    }

    [Fact]
    public async Task Contains_Name_FindsEveryWayOfWriting()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("کتاب‌های علی", d => d), ("Café Müller", d => d));
        Assert.Equal("کتاب‌های علی", await Ask(tenant, "name contains \"كتاب\""));
        Assert.Equal("Café Müller", await Ask(tenant, "name contains \"MULLER\""));
    }

    /// <summary>T13: what is typed is compared, never run; signs that engines read as patterns are signs.</summary>
    [Fact]
    public async Task T13_Contains_HostileText_IsText()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("Ana", d => d with { City = "50%_' OR 1=1 --" }), ("Bert", d => d with { City = "5000 OR" }));
        foreach (var text in new[] { "%_", "' OR 1=1", "%_' OR 1=1 --" }) Assert.Equal("Ana", await Ask(tenant, $"city contains \"{text}\""));
        Assert.Equal("Ana", await Ask(tenant, "city starts with \"50%\""));
        Assert.Equal("", await Ask(tenant, "city = \"x'; DROP TABLE \\\"Customers\\\"; --\""));
    }

    [Fact]
    public async Task StartsWith_Phone_ReadsItAsTheListDoes()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("Ana", d => d with { Phone = "030 123456", PhoneCountry = "DE" }), ("Bert", d => d with { Phone = "1", OtherPhones = ["+49 30 9988776"], PhoneCountry = "DE" }), ("Cem", d => d with { Phone = "+98 21 1234" }));
        Assert.Equal("Ana Bert", await Ask(tenant, "phone starts with \"+49 30\""));
    }

    [Fact]
    public async Task LessAndMore_Money_IsInTheTenantsCurrency()
    {
        var tenant = await Make.Tenant();
        var ids = await Named(tenant, ("Ana", d => d), ("Bert", d => d), ("Cem", d => d));
        await Make.Order(tenant, ids[0], 1000_00);
        await Make.Order(tenant, ids[1], 1000_01);
        Assert.Equal("Bert", await Ask(tenant, "totalSpent > 1000"));
        Assert.Equal("Ana Bert", await Ask(tenant, "totalSpent >= 1000 EUR"));
        Assert.Equal("Ana Cem", await Ask(tenant, "totalSpent <= 1000"));
        Assert.Equal("Cem", await Ask(tenant, "totalSpent < 1000"));
        Assert.Equal("Ana", await Ask(tenant, "totalSpent = 1000"));
        Assert.Equal("", await Ask(tenant, "totalSpent = 1000.005"));
        Assert.Equal("Bert", await Ask(tenant, "totalSpent > 1000.005"));
        Assert.Equal("Cem", await Ask(tenant, "not averageOrder > 10 and averageOrder is empty"));
    }

    [Fact]
    public async Task IsEmpty_Reference_AndItsOpposite()
    {
        var tenant = await Make.Tenant();
        await Named(tenant, ("Ana", d => d with { OwnerId = tenant.Admin.Id }), ("Bert", d => d));
        Assert.Equal("Bert", await Ask(tenant, "owner is empty"));
        Assert.Equal("Ana", await Ask(tenant, "owner is not empty"));
        Assert.Equal("Bert", await Ask(tenant, "owner.name is empty"));
    }

    [Fact]
    public async Task Has_Tags_OneIsEnough()
    {
        var tenant = await Make.Tenant();
        var ids = await Named(tenant, ("Ana", d => d), ("Bert", d => d), ("Cem", d => d));
        await tenant.Use(async db =>
        {
            var (vip, press) = (new Tag("VIP"), new Tag("press"));
            (await db.Customers.SingleAsync(c => c.Id == ids[0])).Tags.Add(new(vip));
            (await db.Customers.SingleAsync(c => c.Id == ids[1])).Tags.Add(new(press));
            return await db.SaveChangesAsync();
        });
        Assert.Equal("Ana Bert", await Ask(tenant, "has(tag, \"vip\", \"press\")"));
        Assert.Equal("Bert Cem", await Ask(tenant, "not has(tag, \"vip\")"));
    }

    [Fact]
    public async Task InSegment_Members_AndTheOthers()
    {
        var tenant = await Make.Tenant();
        var ids = await Named(tenant, ("Ana", d => d), ("Bert", d => d));
        Assert.Equal("Ana", await Ask(tenant, "in segment \"Newsletter\"", ids[0]));
        Assert.Equal("Bert", await Ask(tenant, "not in segment \"Newsletter\"", ids[0]));
    }

    [Fact]
    public async Task Organisation_Fields_AreThoseOfTheCustomersOrganisation()
    {
        var tenant = await Make.Tenant();
        var acme = await Make.Customer(tenant, "Acme", d => d with { Kind = CustomerKind.Organisation, Country = "DE" });
        await Named(tenant, ("Ana", d => d with { OrganisationId = acme }), ("Bert", d => d));
        Assert.Equal("Ana", await Ask(tenant, "organisation.country = \"Germany\""));
        Assert.Equal("Ana", await Ask(tenant, "organisation = \"ACME\""));
        Assert.Equal("Acme Bert", await Ask(tenant, "organisation.country != \"Germany\""));
        Assert.Equal("Ana", await Ask(tenant, "organisation.orderCount = 0"));
    }

    [Fact]
    public async Task OrganisationsOwnFields_AreThoseOfTheCustomersOrganisation()
    {
        var tenant = await Make.Tenant();
        await Make.Field(tenant, CustomFieldType.Choice, "Tier", null, "Gold", "Silver");
        await Make.Field(tenant, CustomFieldType.Date, "Founded");
        var fields = await Make.FieldsOf(tenant);
        var acme = await Make.Customer(tenant, "Acme", d => (d with { Kind = CustomerKind.Organisation, CustomFields = fields }).With("tier", [CustomText.Id(fields.Find("tier")!.Options[0].Id)]).With("founded", ["1990-11-20"]));
        var bare = await Make.Customer(tenant, "Bare", d => d with { Kind = CustomerKind.Organisation });
        await Named(tenant, ("Ana", d => d with { OrganisationId = acme }), ("Bert", d => d with { OrganisationId = bare }), ("Cem", d => d));
        foreach (var (rule, found) in new[]
        {
            ("organisation.custom.tier = \"gold\"", "Ana"), ("organisation.custom.tier != \"gold\"", "Acme Bare Bert Cem"), ("organisation.custom.tier is empty", "Acme Bare Bert Cem"), ("organisation.custom.tier is not empty", "Ana"),
            ("organisation.custom.founded recurs in today", "Ana"), ("Organisation.Custom.Founded < 2000-01-01 and custom.tier is empty", "Ana"), ("custom.tier = \"gold\"", "Acme"),
        }) Assert.Equal((rule, found), (rule, await Ask(tenant, rule)));
    }

    [Fact]
    public async Task NextContactDue_IsByTheCadenceThatCounts()
    {
        var tenant = await Make.Tenant();
        var ids = await Named(tenant, ("Ana", d => d with { Stage = LifecycleStage.Loyal }), ("Bert", d => d with { Stage = LifecycleStage.Loyal }), ("Cem", d => d with { Stage = LifecycleStage.Lead }));
        await Make.Interaction(tenant, ids[0], new() { OccurredAt = Now.AddDays(-30) });
        await Make.Interaction(tenant, ids[1], new() { OccurredAt = Now.AddDays(-29) });
        await Make.Interaction(tenant, ids[2], new() { OccurredAt = Now.AddDays(-300) });
        Assert.Equal("", await Ask(tenant, "nextContactDue is not empty"));
        await tenant.Use(async db =>
        {
            db.ContactCadences.Add(new(LifecycleStage.Loyal, 30));
            return await db.SaveChangesAsync();
        });
        Assert.Equal("Ana", await Ask(tenant, "nextContactDue <= today"));
        Assert.Equal("Bert", await Ask(tenant, "nextContactDue = today+1d"));
        Assert.Equal("Bert Cem", await Ask(tenant, "not nextContactDue in (today, 2020-01-01)"));
        Assert.Equal("Cem", await Ask(tenant, "nextContactDue is empty"));
    }

    [Fact]
    public async Task Aggregates_Orders_CountAndSumWhatDidNotComeBack()
    {
        var tenant = await Make.Tenant();
        var ids = await Named(tenant, ("Ana", d => d), ("Bert", d => d), ("Cem", d => d));
        var tea = await Make.Product(tenant, "Tea", p => p with { Category = "Hot drinks" });
        OrderDetails OfTea(OrderDetails d) => d with { Lines = [new OrderLineDetails { ProductId = tea, Quantity = 3, Total = 30_00 }] };
        await Make.Order(tenant, ids[0], 10_00, Now.AddDays(-400));
        await Make.Order(tenant, ids[0], 0, Now.AddDays(-3), OfTea);
        var back = await Make.Order(tenant, ids[1], 99_00, Now.AddDays(-3));
        await tenant.Use(async db =>
        {
            (await db.Orders.Include(o => o.Customer).SingleAsync(o => o.Id == back)).Return(null, null, null, Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal("Ana", await Ask(tenant, "count(orders) >= 2"));
        Assert.Equal("Bert Cem", await Ask(tenant, "count(orders) = 0"));
        Assert.Equal("Bert", await Ask(tenant, "count(returnedOrders) > 0"));
        Assert.Equal("Ana", await Ask(tenant, "count(orders where product.category = \"hot drinks\") > 0"));
        Assert.Equal("Ana", await Ask(tenant, "sum(orders.total where placed >= today-1y) = 30"));
        Assert.Equal("Bert Cem", await Ask(tenant, "sum(orders.total) < 1"));
        Assert.Equal("Ana", await Ask(tenant, "min(orders.total) = 10 and max(orders.total) = 30 and avg(orders.total) = 20"));
        Assert.Equal("Bert Cem", await Ask(tenant, "avg(orders.total) is empty and not max(orders.placed) >= today-1y"));
        Assert.Equal("Ana", await Ask(tenant, "sum(lines.quantity where product = \"tea\") > 2"));
    }

    [Fact]
    public async Task Aggregates_OtherCollections_AreTheCustomersOwn()
    {
        var tenant = await Make.Tenant();
        var ids = await Named(tenant, ("Ana", d => d), ("Bert", d => d));
        await Make.Interaction(tenant, ids[0], new() { OccurredAt = Now.AddDays(-1), Channel = Channel.Email, Minutes = 5 });
        await Make.Interaction(tenant, ids[1], new() { OccurredAt = Now.AddDays(1), Channel = Channel.Email, IsPlanned = true });
        await Make.Deal(tenant, ids[0], (await Make.Pipeline(tenant))[1], d => d with { Amount = 500_00 });
        await Make.Case(tenant, ids[1]);
        await Make.Task(tenant, tenant.Admin, "Call back", new DateOnly(2026, 11, 19), ids[1]);
        Assert.Equal("Ana", await Ask(tenant, "count(interactions where channel = \"email\" and occurred >= today-30d) >= 1"));
        Assert.Equal("Bert", await Ask(tenant, "count(plannedInteractions) = 1"));
        Assert.Equal("Ana", await Ask(tenant, "sum(interactions.minutes) = 5"));
        Assert.Equal("Ana", await Ask(tenant, "sum(deals.amount where state = \"open\" and stage = \"Stage 2\") = 500"));
        Assert.Equal("Bert", await Ask(tenant, "count(cases where state in (\"new\", \"open\")) > 0"));
        Assert.Equal("Bert", await Ask(tenant, "count(tasks where due < today and done is empty) > 0"));
    }

    [Fact]
    public async Task Custom_EachType_IsAskedByItsValues()
    {
        var tenant = await Make.Tenant();
        foreach (var type in Enum.GetValues<CustomFieldType>()) await Make.Field(tenant, type, $"My {type}", null, type.HasOptions() ? ["Low", "High"] : []);
        var fields = await Make.FieldsOf(tenant);
        string Option(string key, int i) => CustomText.Id(fields.Find(key)!.Options[i].Id);
        CustomerDetails With(CustomerDetails d, params (string Key, string[] Values)[] values) => values.Aggregate(d with { CustomFields = fields }, (all, value) => all.With(value.Key, [.. value.Values]));
        await Named(tenant,
            ("Ana", d => With(d, ("my_text", ["Gold"]), ("my_number", ["10.5"]), ("my_money", ["100 EUR"]), ("my_date", ["2026-11-20"]), ("my_yesno", ["true"]), ("my_choice", [Option("my_choice", 0)]), ("my_choices", [Option("my_choices", 0), Option("my_choices", 1)]), ("my_member", [CustomText.Id(tenant.Admin.Id)]), ("my_link", ["https://example.org/"]))),
            ("Bert", d => With(d, ("my_money", ["100 USD"]), ("my_choices", [Option("my_choices", 0)]), ("my_yesno", ["false"]))),
            ("Cem", d => d));
        foreach (var (rule, found) in new[]
        {
            ("custom.my_text = \"GOLD\"", "Ana"), ("custom.my_text is empty", "Bert Cem"), ("custom.my_number > 10", "Ana"), ("custom.my_number != 10.5", "Bert Cem"), ("custom.my_money >= 100", "Ana"),
            ("custom.my_money = 100 USD", "Bert"), ("custom.my_date = today", "Ana"), ("custom.my_date < today", ""), ("custom.my_yesNo = yes", "Ana"), ("custom.my_yesno = no", "Bert"), ("custom.my_choice = \"low\"", "Ana"),
            ("custom.my_choices = \"High\"", "Ana"), ("custom.my_choices in (\"Low\", \"High\")", "Ana Bert"), ("custom.my_choices != \"High\"", "Bert Cem"), ("custom.my_member is not empty", "Ana"), ("custom.my_link contains \"example\"", "Ana"),
        }) Assert.Equal((rule, found), (rule, await Ask(tenant, rule)));
    }

    /// <summary>The customers in the order of their names.</summary>
    private static Task<string> Ask(TestTenant tenant, string text, params long[] newsletter) => tenant.Use(async db =>
    {
        var custom = await db.LoadCustomFields(default);
        var segments = db.Customers.OrderBy(c => c.Id).Take(1).Select(_ => new RuleName(1, "Newsletter"));
        var world = await db.RuleWorld(RuleMentions.Of(text, custom), "EUR", custom, segments, default);
        Assert.True(SegmentRule.TryParse(text, world, out var rule, out var error), error?.ToString());
        List<long> members = [.. newsletter];
        var sources = db.RuleSources(Now, TimeZoneInfo.Utc, "EUR", "DE", _ => db.Customers.Where(c => members.Contains(c.Id)).Select(c => c.Id));
        return string.Join(' ', await db.Customers.Where(SegmentCompiler.Compile(rule, sources)).OrderBy(c => c.NameNormal).Select(c => c.Name).ToListAsync());
    });

    private static async Task<List<long>> Named(TestTenant tenant, params (string Name, Func<CustomerDetails, CustomerDetails> With)[] customers)
    {
        var ids = new List<long>();
        foreach (var (name, with) in customers) ids.Add(await Make.Customer(tenant, name, with));
        return ids;
    }
}
