using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Paging by key is right when every walk meets every customer once, in order, in both directions, whatever the keys look like.</summary>
public sealed class CustomerPagingTests
{
    private static readonly string[] Names = ["Anna", "anna", "ÁNNA", "علی", "علي", "رضا", "Zoe", "zoe 2", "", "😀 shop", "中文"];
    private static readonly string[] Sorts = ["name", "-name", "created", "-created", "contact", "-contact", "profit", "-profit"];

    [Fact]
    public async Task Walk_EverySort_MeetsEveryCustomerOnceInOrder()
    {
        foreach (var seed in (int[])[1, 2, 3])
        {
            var acme = await Make.Tenant();
            await Fill(acme, new Random(seed), 23);
            // some alike, some unknown
            await acme.Use(db => db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.Profit, c => c.Id % 4 == 0 ? null : (long?)((c.Id % 5 * 100) - 200))));
            foreach (var text in Sorts)
            {
                foreach (var size in (int[])[1, 4, 7, 23])
                {
                    var sort = CustomerSort.Parse(text)!;
                    var forward = await acme.Use(db => Walk(db, sort, size, backwards: false));
                    var expected = await acme.Use(db => Expected(db, sort));
                    Assert.Equal(expected, forward);
                    var backward = await acme.Use(db => Walk(db, sort, size, backwards: true));
                    Assert.Equal(expected.AsEnumerable().Reverse(), backward);
                }
            }
        }
    }

    [Fact]
    public async Task Pages_NextThenPrevious_ComeBackToTheSamePage()
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 120; i++) await Make.Customer(acme, i % 3 == 0 ? "Same" : $"Customer {i % 7}");
        var browser = await acme.Admin.Browser();
        var first = await browser.Get("/customers");
        var second = await browser.Get(Path(first, "a[rel=next]"));
        var third = await browser.Get(Path(second, "a[rel=next]"));
        var back = await browser.Get(Path(third, "a[rel=prev]"));
        var start = await browser.Get(Path(back, "a[rel=prev]"));
        Assert.Equal(50, second.Html.QuerySelectorAll(".crm-list-row").Length);
        Assert.Equal(20, third.Html.QuerySelectorAll(".crm-list-row").Length);
        Assert.Equal(Rows(second), Rows(back));
        Assert.Equal(Rows(first), Rows(start));
        Assert.Null(start.Find("a[rel=prev]"));
        Assert.Null(third.Find("a[rel=next]"));
        Assert.Equal(120, Rows(first).Concat(Rows(second)).Concat(Rows(third)).Distinct().Count());

        static string Path(Page page, string link) => "~" + page.Find(link)!.GetAttribute("href");
        static IEnumerable<string?> Rows(Page page) => page.Html.QuerySelectorAll(".crm-row-link").Select(a => a.GetAttribute("href"));
    }

    [Fact]
    public async Task Search_ManyMatches_AreCountedPagedAndExportedToTheLast()
    {
        const int matches = 620;
        var acme = await Make.Tenant();
        await acme.Use(db =>
        {
            for (var i = 0; i < matches; i++) db.Customers.Add(new Customer(new CustomerDetails { Name = i % 2 == 0 ? $"Common {i:000}" : $"Uncommon {i:000}" }, acme.Host.Clock.Now));
            db.Customers.Add(new Customer(new CustomerDetails { Name = "Somebody else" }, acme.Host.Clock.Now));
            return db.SaveChangesAsync();
        });
        var browser = await acme.Admin.Browser();
        var page = await browser.Get("/customers?q=common&sort=-created");
        Assert.Equal("50 of 620", Assert.Single(page.Texts(".crm-pager-count")));
        var met = new HashSet<string>(StringComparer.Ordinal);
        for (var pages = 0; ; pages++)
        {
            Assert.True(pages < 20, "The walk goes round in circles.");
            foreach (var row in page.Html.QuerySelectorAll(".crm-row-link")) Assert.True(met.Add(row.GetAttribute("href")!));
            if (page.Find("a[rel=next]") is not { } next) break;
            page = await browser.Get("~" + next.GetAttribute("href"));
        }

        Assert.Equal(matches, met.Count);
        var export = await browser.Get("/customers.csv?q=common&columns=name");
        Assert.Equal(matches + 1, export.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
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
            from = rows[size - 1].Cursor(sort);
        }
    }

    private static async Task<List<long>> Expected(CrmDb db, CustomerSort sort)
    {
        var all = await db.Customers.Select(c => new { c.Id, c.NameNormal, c.CreatedAt, c.LastInteractionAt, c.Profit }).ToListAsync();
        var byId = sort.Descending ? all.OrderByDescending(c => c.Id) : all.OrderBy(c => c.Id);
        var utf8 = Comparer<string>.Create((a, b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b)));
        var sorted = sort.By switch
        {
            CustomerOrder.Name => sort.Descending ? byId.OrderByDescending(c => c.NameNormal, utf8) : byId.OrderBy(c => c.NameNormal, utf8),
            CustomerOrder.Created => sort.Descending ? byId.OrderByDescending(c => c.CreatedAt) : byId.OrderBy(c => c.CreatedAt),
            CustomerOrder.Profit => sort.Descending
                ? byId.OrderBy(c => c.Profit is null).ThenByDescending(c => c.Profit)
                : byId.OrderBy(c => c.Profit is null).ThenBy(c => c.Profit),
            _ => sort.Descending
                ? byId.OrderBy(c => c.LastInteractionAt is null).ThenByDescending(c => c.LastInteractionAt)
                : byId.OrderBy(c => c.LastInteractionAt is null).ThenBy(c => c.LastInteractionAt),
        };
        return [.. sorted.Select(c => c.Id)];
    }

    private static Task<int> Fill(TestTenant tenant, Random random, int count) => tenant.Use(async db =>
    {
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < count; i++)
        {
            var made = start.AddSeconds(random.Next(4));
            var customer = new Customer(new CustomerDetails { Name = Names[random.Next(Names.Length)] }, made);
            if (random.Next(3) > 0) customer.Log(new InteractionDetails { OccurredAt = start.AddMinutes(random.Next(4)) }, tenant.Admin.Id, made);
            db.Customers.Add(customer);
        }

        return await db.SaveChangesAsync();
    });
}
