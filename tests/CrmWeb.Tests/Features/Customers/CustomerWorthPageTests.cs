using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomerWorthPageTests
{
    [Fact]
    public async Task Show_OrdersDealsAndCases_StandInTheTimeline()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant, "Ava");
        await Make.Order(tenant, customer, 99_90, with: d => d with { ExternalId = "SO-17" });
        await Make.Deal(tenant, customer, (await Make.Pipeline(tenant))[0], d => d with { Name = "Big one" });
        await Make.Case(tenant, customer, d => d with { Subject = "Broken cup" });
        var browser = await tenant.Admin.Browser();

        var page = await browser.Get($"/customers/{customer}");
        foreach (var text in (string[])["Order SO-17", "99.90 EUR", "Big one", "Broken cup"]) Assert.Contains(text, page.Text, StringComparison.Ordinal);
        var orders = await browser.Get($"/customers/{customer}?kind=order");
        Assert.Contains("Order SO-17", orders.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Broken cup", orders.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_MoreThanAPage_EachEntryStandsOnOnePageInOrder()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        var now = tenant.Host.Clock.Now;
        for (var i = 0; i < 40; i++) await Make.Order(tenant, customer, 1_00, now.AddDays(-i / 3), d => d with { ExternalId = $"N-{i:00}" });
        for (var i = 0; i < 25; i++) await Make.Case(tenant, customer, d => d with { Subject = $"N-{40 + i}" });
        var browser = await tenant.Admin.Browser();

        var (seen, address) = (new List<string>(), $"/customers/{customer}/timeline");
        while (address is not null)
        {
            var page = await browser.Get(address);
            seen.AddRange(System.Text.RegularExpressions.Regex.Matches(page.Text, @"N-\d\d", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value));
            address = page.Find("#older a")?.GetAttribute("hx-get")?.Replace($"/t/{tenant.Slug}", "", StringComparison.Ordinal);
        }

        Assert.Equal(65, seen.Count);
        Assert.Equal(65, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Worth_SaysWhatCameAndMayCome()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant, "Ava");
        await Make.Order(tenant, customer, 80_00);
        await Make.Order(tenant, customer, 20_00);
        await Make.Deal(tenant, customer, (await Make.Pipeline(tenant, null, 25))[0]);

        var page = await (await tenant.Admin.Browser()).Get($"/customers/{customer}/worth");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var text in (string[])["100 EUR", "250 EUR", "50 EUR", "Not known of every order."]) Assert.Contains(text, page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await tenant.Admin.Browser()).Get("/customers/987654321/worth")).Status);
    }

    [Theory]
    [InlineData("totalSpent=50&totalSpent.op=at-least", "High")]
    [InlineData("totalSpent=49.99&totalSpent.op=at-most", "Low None")]
    [InlineData("totalSpent=10.005&totalSpent=60&totalSpent.op=between", "High")]
    [InlineData("orderCount=0", "None")]
    [InlineData("lastOrder.op=empty", "None")]
    [InlineData("averageOrder.op=filled", "High Low")]
    public async Task Index_FilteredByWorth_AsksInMajorUnits(string query, string names)
    {
        var tenant = await Make.Tenant();
        await Make.Order(tenant, await Make.Customer(tenant, "High"), 50_00);
        await Make.Order(tenant, await Make.Customer(tenant, "Low"), 10_00);
        await Make.Customer(tenant, "None");

        var answer = await (await Make.Program(tenant.Admin)).Get("/customers?" + query);
        Assert.Equal(names, string.Join(' ', answer.Json["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Export_ColumnsOfWorth_SayWhatTheListSays()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant, "Ava");
        await Make.Order(tenant, customer, 12_34);
        await Make.Deal(tenant, customer, (await Make.Pipeline(tenant))[0]);

        var columns = string.Join(',', CustomerWorth.Facts.Select(fact => fact.Key));
        var file = (await (await tenant.Admin.Browser()).Get($"/customers.csv?columns=name,{columns}")).Body.TrimStart('\uFEFF').Split("\r\n");
        var cells = file[0].Split(',').Zip(file[1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("12.34", cells.Values);
        Assert.Contains("1000", cells.Values);
        Assert.True(cells.Count >= CustomerWorth.Facts.Count, file[0]);
    }

    [Fact]
    public async Task Spending_OrderOfTheFuture_CountsInNoMonthYet()
    {
        var tenant = await Make.Tenant();
        var customer = await Make.Customer(tenant);
        await Make.Order(tenant, customer, 10_00);
        await Make.Order(tenant, customer, 5_00, tenant.Host.Clock.Now.AddMonths(9));
        var page = await (await tenant.Admin.Browser()).Get($"/customers/{customer}/worth");
        Assert.DoesNotContain(page.Html.QuerySelectorAll("tbody td"), cell => cell.TextContent.Contains("15 EUR", StringComparison.Ordinal));
        Assert.Contains(page.Html.QuerySelectorAll("tbody td"), cell => cell.TextContent.Contains("10 EUR", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("totalSpent")]
    [InlineData("-totalSpent")]
    [InlineData("lastOrder")]
    [InlineData("-lastOrder")]
    public async Task Index_SortedByWorth_GivesEachOnceInOrder(string sort)
    {
        var tenant = await Make.Tenant();
        var now = tenant.Host.Clock.Now;
        for (var i = 0; i < 120; i++)
        {
            var customer = await Make.Customer(tenant, $"C{i:000}");
            if (i % 3 > 0) await Make.Order(tenant, customer, 100 * (i % 7), now.AddDays(-(i % 11)));
        }

        var api = await Make.Program(tenant.Admin);
        var (names, address) = (new List<string>(), $"/customers?limit=25&sort={sort}");
        while (address is not null)
        {
            var page = (await api.Get(address)).Json;
            names.AddRange(page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
            address = page["next"] is { } next ? $"/customers?limit=25&sort={sort}&after={next.GetValue<string>()}" : null;
        }

        Assert.Equal(120, names.Distinct(StringComparer.Ordinal).Count());
        var rows = await tenant.Use(db => db.Customers.Select(c => new { c.Name, c.TotalSpent, c.LastOrderAt, c.Id }).ToListAsync());
        var down = sort[0] == '-';
        var sorted = sort.EndsWith("Spent", StringComparison.Ordinal) ? rows.OrderBy(r => r.TotalSpent).ThenBy(r => r.Id) : rows.Where(r => r.LastOrderAt != null).OrderBy(r => r.LastOrderAt).ThenBy(r => r.Id);
        var expected = (down ? sorted.Reverse() : sorted).Select(r => r.Name).ToList();
        if (expected.Count < 120) expected.AddRange((down ? rows.Where(r => r.LastOrderAt is null).OrderByDescending(r => r.Id) : rows.Where(r => r.LastOrderAt is null).OrderBy(r => r.Id)).Select(r => r.Name));
        Assert.Equal(expected, names);
    }
}
