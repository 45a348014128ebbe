using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Deals;

public sealed class DealPagesTests
{
    private static readonly string[] Reading = ["/deals", "/deals/board", "/reports/forecast"];

    [Fact]
    public async Task Edit_Viewer_IsForbidden()
    {
        var (tenant, id, _) = await Deal();
        var viewer = await (await Make.Member(tenant, Role.Viewer)).Browser();
        foreach (var path in Reading.Append($"/deals/{id}")) Assert.Equal(HttpStatusCode.OK, (await viewer.Get(path)).Status);
        foreach (var path in new[] { "/deals/new", $"/deals/{id}/edit", $"/deals/{id}/stage", $"/deals/{id}/won", $"/deals/{id}/lost", "/deals.csv" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Get(path)).Status);
        foreach (var act in new[] { "edit", "stage", "won", "lost", "reopen", "delete", "restore" }) Assert.Equal(HttpStatusCode.Forbidden, (await viewer.Post($"/deals/{id}/{act}")).Status);
    }

    [Fact]
    public async Task Show_UnseenDeletedOrOfAnArchivedCustomer_IsMissing()
    {
        var (tenant, id, _) = await Deal();
        var (admin, sales) = (await tenant.Admin.Browser(), await (await Make.Member(tenant, Role.Sales)).Browser());
        foreach (var path in new[] { "", "/edit", "/stage", "/won" }) Assert.Equal(HttpStatusCode.NotFound, (await sales.Get($"/deals/{id}{path}")).Status);
        Assert.DoesNotContain("Big deal", (await sales.Get("/deals")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Big deal", (await sales.Get("/deals/board")).Text, StringComparison.Ordinal);

        await admin.Post($"/deals/{id}/delete");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/deals/{id}")).Status);
        Assert.Contains("Big deal", (await admin.Get("/recycle-bin?kind=deal")).Text, StringComparison.Ordinal);
        await admin.Post($"/deals/{id}/restore");
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/deals/{id}")).Status);

        await tenant.Use(async db =>
        {
            (await db.Customers.SingleAsync()).Archive(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/deals/{id}")).Status);
        Assert.DoesNotContain("Big deal", (await admin.Get("/deals")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_FromACustomerWithProducts_SumsThemUp()
    {
        var tenant = await Make.Tenant();
        var (customer, stages, product) = (await Make.Customer(tenant, "Ann"), await Make.Pipeline(tenant), await Make.Product(tenant));
        var browser = await tenant.Admin.Browser();
        var form = await browser.Get($"/deals/new?customerId={customer}");
        Assert.Contains("Ann", form.Find("select[name=CustomerId]")!.TextContent, StringComparison.Ordinal);

        var done = await browser.Post("/deals/new", Pairs(("Name", "Beans"), ("CustomerId", customer), ("StageId", stages[0]), ("Amount", "5"), ("Currency", "EUR"),
            ("Lines[0].ProductId", product), ("Lines[0].Quantity", 3), ("Lines[1].Quantity", ""), ("Lines[2].ProductId", product), ("Lines[2].Quantity", 1), ("Lines[2].UnitPrice", "7.50")));
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        var deal = await tenant.Use(db => db.Deals.Include(d => d.Lines).Include(d => d.Stays).SingleAsync());
        Assert.Equal((37_50L, 37_50L, 2, stages[0]), (deal.Amount, deal.BaseAmount, deal.Lines.Count, deal.Stays.Single().StageId));
        var kept = await tenant.Use(db => db.Customers.Where(c => c.Id == customer).Select(c => new { c.OpenDeals, c.OpenDealsValue }).SingleAsync());
        Assert.Equal((1, 37_50L), (kept.OpenDeals, kept.OpenDealsValue));
        var page = await browser.Get($"/deals/{deal.Id}");
        Assert.Contains("37.50 EUR", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ann", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Wrong_SaysSoBesideEachFieldAndWritesNothing()
    {
        var tenant = await Make.Tenant();
        var (customer, stages) = (await Make.Customer(tenant), await Make.Pipeline(tenant));
        var browser = await tenant.Admin.Browser();
        var page = await browser.Post("/deals/new", Pairs(("Name", " "), ("StageId", stages[0]), ("Amount", "lots"), ("Currency", "EUR"), ("Lines[0].Quantity", -2), ("Lines[0].UnitPrice", "3")));
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("lots", page.Value("Amount"));
        foreach (var field in new[] { "Name", "CustomerId" }) Assert.NotNull(page.ErrorFor(field));

        page = await browser.Post("/deals/new", Pairs(("Name", "Deal"), ("CustomerId", customer), ("StageId", stages[0]), ("Amount", "lots"), ("Currency", "EUR"), ("Lines[0].Quantity", -2), ("Lines[0].UnitPrice", "3")));
        Assert.NotNull(page.ErrorFor("Amount"));
        Assert.Equal("Choose the product.", page.ErrorFor("Lines_0__ProductId"));
        page = await browser.Post("/deals/new", Pairs(("Name", "Deal"), ("CustomerId", customer), ("StageId", stages[0]), ("Amount", "-3"), ("Currency", "EUR")));
        Assert.Equal("An amount is not below zero.", page.ErrorFor("Amount"));
        page = await browser.Post("/deals/new", Pairs(("Name", "Deal"), ("CustomerId", customer), ("StageId", stages[0]), ("Amount", "3"), ("Currency", "XTS")));
        Assert.Equal("There is no exchange rate from XTS to EUR. An admin can add one in the settings.", page.ErrorFor("Currency"));
        page = await browser.Post("/deals/new", Pairs(("Name", "Deal"), ("CustomerId", customer), ("StageId", stages[0]), ("Amount", "3.001"), ("Currency", "EUR")));
        Assert.NotNull(page.ErrorFor("Amount"));
        Assert.Equal(0, await tenant.Use(db => db.Deals.CountAsync()));
    }

    [Fact]
    public async Task Create_ForeignCurrency_IsWorthTheNewestRateBefore()
    {
        var tenant = await Make.Tenant();
        var (customer, stages) = (await Make.Customer(tenant), await Make.Pipeline(tenant));
        var today = DateOnly.FromDateTime(tenant.Host.Clock.Now);
        await tenant.Use(async db =>
        {
            db.ExchangeRates.AddRange(new ExchangeRate("USD", today.AddDays(-40), 0.5m), new ExchangeRate("USD", today.AddDays(-2), 0.9m), new ExchangeRate("USD", today.AddDays(5), 2m));
            return await db.SaveChangesAsync();
        });
        await (await tenant.Admin.Browser()).Post("/deals/new", Pairs(("Name", "Deal"), ("CustomerId", customer), ("StageId", stages[0]), ("Amount", "100"), ("Currency", "USD")));
        Assert.Equal(90_00, await tenant.Use(db => db.Deals.Select(d => d.BaseAmount).SingleAsync()));
    }

    [Fact]
    public async Task R1_Edit_SavedByAColleague_ShowsBothAndLosesNothing()
    {
        var (tenant, id, _) = await Deal();
        var browser = await tenant.Admin.Browser();
        var first = await browser.Get($"/deals/{id}/edit");
        var (version, seen) = (first.Value("Version"), first.Value("Seen"));
        await browser.Post($"/deals/{id}/edit", Pairs(("Name", "Theirs"), ("Amount", "1000"), ("Currency", "EUR"), ("OwnerId", tenant.Admin.Id), ("Version", version!), ("Seen", seen!)));
        var second = await browser.Post($"/deals/{id}/edit", Pairs(("Name", "Big deal"), ("Amount", "2000"), ("Currency", "EUR"), ("OwnerId", tenant.Admin.Id), ("Version", version!), ("Seen", seen!)));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("Theirs", second.Text, StringComparison.Ordinal);
        Assert.Equal("2000", second.Value("Amount"));
        var third = await browser.Post($"/deals/{id}/edit", Pairs(("Name", "Big deal"), ("Amount", "2000"), ("Currency", "EUR"), ("OwnerId", tenant.Admin.Id), ("Version", second.Value("Version")!), ("Seen", second.Value("Seen")!), ("Take", "Name")));
        Assert.Equal(HttpStatusCode.Redirect, third.Status);
        Assert.Equal(("Theirs", 2_000_00L), await tenant.Use(async db => await db.Deals.Select(d => new ValueTuple<string, long>(d.Name, d.Amount!.Value)).SingleAsync()));
    }

    [Fact]
    public async Task Close_LostWithoutAReason_AsksForIt()
    {
        var (tenant, id, _) = await Deal();
        var browser = await tenant.Admin.Browser();
        var (price, won) = (await Make.Reason(tenant, ReasonFor.Lost, "Too expensive"), await Make.Reason(tenant, ReasonFor.Won));
        Assert.Equal("Choose why it was lost.", (await browser.Post($"/deals/{id}/lost", new { Note = "x" })).ErrorFor("ReasonId"));
        Assert.NotNull((await browser.Post($"/deals/{id}/lost", new { ReasonId = won })).ErrorFor("ReasonId"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/deals/{id}/lost", new { ReasonId = price, Note = "Next year" })).Status);
        var page = await browser.Get($"/deals/{id}");
        Assert.Contains("Too expensive", page.Text, StringComparison.Ordinal);
        Assert.Contains("Next year", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.Use(db => db.Customers.Select(c => c.OpenDeals).SingleAsync()));
        Assert.NotNull(await tenant.Use(db => db.StageStays.Select(s => s.LeftAt).SingleAsync()));

        // a second decision changes nothing
        await browser.Post($"/deals/{id}/won", new { ReasonId = won });
        Assert.Equal(DealState.Lost, await tenant.Use(db => db.Deals.Select(d => d.State).SingleAsync()));
        await browser.Post($"/deals/{id}/reopen");
        Assert.Equal((DealState.Open, (long?)null), await tenant.Use(async db => await db.Deals.Select(d => new ValueTuple<DealState, long?>(d.State, d.ReasonId)).SingleAsync()));
        Assert.Equal(1, await tenant.Use(db => db.Customers.Select(c => c.OpenDeals).SingleAsync()));
    }

    [Fact]
    public async Task List_Filters_NarrowAndAddUp()
    {
        var tenant = await Make.Tenant();
        var (customer, other, stages) = (await Make.Customer(tenant, "Ann"), await Make.Customer(tenant, "Bob"), await Make.Pipeline(tenant));
        var (team, browser, today) = (await Make.Team(tenant), await tenant.Admin.Browser(), DateOnly.FromDateTime(tenant.Host.Clock.Now));
        await Make.Deal(tenant, customer, stages[0], d => d with { Name = "Alpha", Amount = 100_00, CloseOn = today.AddDays(3), TeamId = team });
        await Make.Deal(tenant, other, stages[1], d => d with { Name = "Beta", Amount = 300_00, Category = ForecastCategory.Commit, OwnerId = null });
        await Make.Deal(tenant, other, stages[2], d => d with { Name = "Gamma", Amount = null });
        foreach (var (query, found) in new[]
        {
            ("", "Alpha Beta Gamma"), ("?q=ann", "Alpha"), ("?q=BET", "Beta"), ($"?stage={stages[1]}", "Beta"), ("?owner=me", "Alpha Gamma"), ("?owner.op=empty", "Beta"), ($"?team={team}", "Alpha"),
            ("?amount=200&amount.op=at-least", "Beta"), ("?amount.op=empty", "Gamma"), ("?close=7&close.op=next-days", "Alpha"), ("?close.op=empty", "Beta Gamma"), ("?category=commit", "Beta"),
            ("?category=pipeline", "Alpha Gamma"), ("?state=won", ""), ("?state=open", "Alpha Beta Gamma"), ("?rotten=true", ""), ($"?customer={customer}", "Alpha"), ("?closed.op=filled", ""),
        })
        {
            var page = await browser.Get("/deals" + query);
            Assert.Equal(found, string.Join(' ', page.Texts("tbody th").Order(StringComparer.Ordinal)));
        }

        Assert.Contains("Sum: 400 EUR", (await browser.Get("/deals")).Text, StringComparison.Ordinal);
        foreach (var sort in new[] { "close", "-close", "amount", "-amount", "name", "-name", "created", "-created" }) Assert.Equal(3, (await browser.Get($"/deals?sort={sort}&columns=weighted,category,team,probability,created,closed")).Texts("tbody th").Count());
        var csv = await browser.Get("/deals.csv?q=beta");
        Assert.Contains("Beta", csv.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Alpha", csv.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("-close")]
    [InlineData("amount")]
    [InlineData("-amount")]
    [InlineData("name")]
    [InlineData("-created")]
    public async Task List_Pages_HoldEveryDealOnceBothWays(string sort)
    {
        var tenant = await Make.Tenant();
        var (customer, stages, today) = (await Make.Customer(tenant), await Make.Pipeline(tenant), DateOnly.FromDateTime(tenant.Host.Clock.Now));
        await tenant.Use(async db =>
        {
            var (stage, owner) = (await db.Stages.SingleAsync(s => s.Id == stages[0]), await db.Customers.SingleAsync());
            for (var i = 0; i < 112; i++)
                db.Deals.Add(new Deal(owner, stage, new DealDetails { Name = $"Deal {i % 7} {i}", Amount = i % 5 == 0 ? null : i % 9 * 100, CloseOn = i % 4 == 0 ? null : today.AddDays(i % 11), Conversion = Conversion.None("EUR") }, tenant.Admin.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var (browser, url, seen) = (await tenant.Admin.Browser(), $"/deals?sort={sort}", new List<string>());
        Page page;
        while (true)
        {
            page = await browser.Get(url);
            seen.AddRange(page.Texts("tbody th"));
            if (page.Find(".crm-pager a[rel=next]") is not { } next) break;
            url = next.GetAttribute("href")![$"/t/{tenant.Slug}".Length..];
        }

        Assert.Equal(112, seen.Count);
        Assert.Equal(112, seen.Distinct(StringComparer.Ordinal).Count());
        var back = new List<string>(page.Texts("tbody th"));
        while (page.Find(".crm-pager a[rel=prev]") is { } before)
        {
            page = await browser.Get(before.GetAttribute("href")![$"/t/{tenant.Slug}".Length..]);
            back.InsertRange(0, page.Texts("tbody th"));
        }

        Assert.Equal(seen, back);
    }

    private static async Task<(TestTenant Tenant, long Deal, long[] Stages)> Deal()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        return (tenant, await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { Name = "Big deal" }), stages);
    }

    private static List<KeyValuePair<string, string>> Pairs(params (string Name, object Value)[] fields) =>
        [.. fields.Select(f => KeyValuePair.Create(f.Name, Convert.ToString(f.Value, System.Globalization.CultureInfo.InvariantCulture)!))];
}
