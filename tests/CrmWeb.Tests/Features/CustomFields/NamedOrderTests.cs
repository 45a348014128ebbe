using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.CustomFields;

/// <summary>Lists in the order of a field that names a member or a customer: by the names that the reader sees, everybody once.</summary>
public sealed class NamedOrderTests
{
    private static readonly string[] Names = ["Anna", "anna", "علی", "Zoe", "Bo", "Bo", "中文"];

    [Theory]
    [InlineData(CustomFieldType.Member, 1)]
    [InlineData(CustomFieldType.Customer, 2)]
    [InlineData(CustomFieldType.Customer, 3)]
    public async Task Walk_InOrderOfNames_MeetsEverybodyOnceInBothDirections(CustomFieldType type, int seed)
    {
        var acme = await Make.Tenant();
        var named = await Fill(acme, type, new Random(seed));
        var field = (await Make.FieldsOf(acme)).Find("whom")!;
        foreach (var down in (bool[])[false, true])
        {
            var sort = new CustomerSort(CustomerOrder.Custom, down) { Field = field };
            List<long>? whole = null;
            foreach (var size in (int[])[200, 1, 4, 7])
            {
                var forward = await acme.Use(db => Walk(db, sort, size, backwards: false));
                whole ??= forward;
                Assert.Equal(whole, forward);
                Assert.Equal(whole.AsEnumerable().Reverse(), await acme.Use(db => Walk(db, sort, size, backwards: true)));
            }

            Assert.Equal(named.Keys.Order(), whole!.Order());
            // those without a name come last, in both directions
            var filled = whole!.TakeWhile(id => named[id] is not null).Select(id => named[id]!).ToList();
            Assert.Equal(named.Values.Count(name => name is not null), filled.Count);
            if (type == CustomFieldType.Customer) Assert.Equal(down ? filled.OrderDescending(Utf8).ToList() : filled.Order(Utf8).ToList(), filled);
            // names of members stand in the order of the database; the same ones stand together
            Assert.Equal(filled.Distinct(StringComparer.Ordinal).Count(), filled.Zip(filled.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
        }
    }

    [Theory]
    [InlineData(CustomFieldType.Member)]
    [InlineData(CustomFieldType.Customer)]
    public async Task ListAndApi_SortedByTheField_ShowEverybodyOnce(CustomFieldType type)
    {
        var acme = await Make.Tenant();
        var named = await Fill(acme, type, new Random(4), 120);
        var (browser, api) = (await acme.Admin.Browser(), await Make.Program(acme.Admin));
        foreach (var sort in (string[])["custom.whom", "-custom.whom"])
        {
            var onPages = new List<long>();
            for (string? at = $"/customers?sort={sort}"; at is not null;)
            {
                var page = await browser.Get(at);
                onPages.AddRange(page.Html.QuerySelectorAll(".crm-row-link").Select(a => long.Parse(a.GetAttribute("href")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture)));
                at = page.Find("a[rel=next]")?.GetAttribute("href") is { } next ? "~" + next : null;
                Assert.True(onPages.Count <= named.Count);
            }

            var inApi = new List<long>();
            for (string? after = ""; after is not null;)
            {
                var json = (await api.Get($"/customers?sort={sort}&limit=37{(after.Length > 0 ? "&after=" + after : "")}")).Assert200().Json;
                inApi.AddRange(json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<long>()));
                after = json["next"]?.GetValue<string>();
                Assert.True(inApi.Count <= named.Count);
            }

            Assert.Equal(named.Keys.Order(), onPages.Order());
            Assert.Equal(onPages, inApi);
        }
    }

    [Fact]
    public async Task T10_Walk_NamesTheReaderDoesNotSee_CountAsEmpty()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        await Make.Field(acme, CustomFieldType.Customer, "Whom");
        var fields = await Make.FieldsOf(acme);
        var hidden = await Make.Customer(acme, "AAA hidden");
        var archived = await Make.Customer(acme, "AAB archived");
        var own = await Make.Customer(acme, "Own", d => d with { OwnerId = rep.Id });
        Task<long> Named(string name, long whom) => Make.Customer(acme, name, d => (d with { OwnerId = rep.Id, CustomFields = fields }).With("whom", [CustomText.Id(whom)]));
        var (one, two, three) = (await Named("One", hidden), await Named("Two", archived), await Named("Three", own));
        await acme.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == archived)).Archive(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });

        var sort = new CustomerSort(CustomerOrder.Custom, false) { Field = fields.Find("whom") };
        var met = await acme.Use(db => Walk(db, sort, 1, backwards: false), new Actor(rep.Id, Role.Sales, Visibility.Own, []));
        Assert.Equal([three, .. new[] { one, two, own }.Order()], met);
    }

    private static readonly Comparer<string> Utf8 = Comparer<string>.Create((a, b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b)));

    /// <summary>Answers the customers with the name that their field shows, folded for customers.</summary>
    private static async Task<Dictionary<long, string?>> Fill(TestTenant acme, CustomFieldType type, Random chance, int count = 25)
    {
        await Make.Field(acme, type, "Whom");
        var fields = await Make.FieldsOf(acme);
        var named = new Dictionary<long, string?>();
        var others = new List<(long Id, string Name)>();
        foreach (var name in Names)
        {
            if (type == CustomFieldType.Member) others.Add(((await Make.Member(acme, Role.Sales, name)).Id, name));
            else others.Add((await Make.Customer(acme, name), SearchText.Fold(name)));
        }

        if (type == CustomFieldType.Customer) foreach (var (id, _) in others) named[id] = null;
        for (var i = 0; i < count; i++)
        {
            (long Id, string Name)? whom = chance.Next(4) == 0 ? null : others[chance.Next(others.Count)];
            named[await Make.Customer(acme, $"C{i}", d => whom is { } it ? (d with { CustomFields = fields }).With("whom", [CustomText.Id(it.Id)]) : d)] = whom?.Name;
        }

        return named;
    }

    private static async Task<List<long>> Walk(CrmDb db, CustomerSort sort, int size, bool backwards)
    {
        var met = new List<long>();
        CustomerCursor? from = null;
        while (true)
        {
            var rows = await CustomerList.Next(db.Customers.AsNoTracking(), CustomerRow.Of, sort, from, backwards, default, size);
            var more = rows.Count > size;
            met.AddRange(rows.Take(size).Select(row => row.Id));
            Assert.True(met.Count <= 100, "The walk goes round in circles.");
            if (!more) return met;
            var values = await CustomShown.Read(db, [rows[size - 1].Id], [sort.Field!], default);
            // as an address carries it
            from = CustomerCursor.Parse(CustomerOrder.Custom, (rows[size - 1] with { Custom = [.. values[rows[size - 1].Id]] }).Cursor(sort).ToString());
        }
    }
}
