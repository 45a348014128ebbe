using System.Net;
using System.Text;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>The wizard for orders and interactions: the steps of customers, with what their columns mean.</summary>
public sealed class RowImportPagesTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string Orders = "Bestellung;Mail;Date;SKU;Qty;Price\n1;a@example.org;2024-01-05;TEA;2;10.50\n1;a@example.org;2024-01-05;CUP;1;4\n2;;2024-01-05;CUP;1;4\n";

    [Fact]
    public async Task Orders_ByPages_AreMappedCheckedRun_AndTheColumnsAreKnownTheNextTime()
    {
        var acme = await Make.Tenant(fixture.Host);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/imports/orders")).Status);
        var id = await Upload(admin, acme, "/imports/orders", Orders);
        Assert.Contains("TEA", (await admin.Get($"/imports/{id}/format")).Text, StringComparison.Ordinal);
        await admin.Post($"/imports/{id}/format", new { Encoding = "utf-8", Delimiter = "semicolon", HasHeader = true });
        var columns = await admin.Get($"/imports/{id}/columns");
        Assert.Equal("ignore customer placedAt product quantity unitPrice", string.Join(' ', Enumerable.Range(0, 6).Select(i => columns.Value($"Form.Fields[{i}]"))));
        Assert.Contains("who bought", (await admin.Post($"/imports/{id}/columns", Form("externalId", "ignore"))).Text, StringComparison.Ordinal);
        Assert.NotNull((await admin.Post($"/imports/{id}/columns", Form("externalId", "customer"))).Location);
        await Work();
        var page = await admin.Get($"/imports/{id}");
        Assert.Contains("Nothing is changed yet", page.Text, StringComparison.Ordinal);
        Assert.Contains("must be filled in", page.Text, StringComparison.Ordinal);
        await admin.Post($"/imports/{id}/run");
        await Work();
        var order = await acme.Use(db => db.Orders.Include(o => o.Lines).Include(o => o.Customer).SingleAsync());
        Assert.Equal((25_00L, 2, "a@example.org", "1"), (order.Total, order.Lines.Count, order.Customer!.Email, order.ExternalId));

        var next = await Upload(admin, acme, "/imports/orders", Orders);
        await admin.Post($"/imports/{next}/format", new { Encoding = "utf-8", Delimiter = "semicolon", HasHeader = true });
        columns = await admin.Get($"/imports/{next}/columns");
        Assert.Equal("externalId customer Email", string.Join(' ', columns.Value("Form.Fields[0]"), columns.Value("Form.Fields[1]"), columns.Value("Form.Match")));

        await admin.Post($"/imports/{id}/revert");
        await Work();
        Assert.Contains("2 rows are removed again", (await admin.Get($"/imports/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains("Orders", (await admin.Get("/imports")).Text, StringComparison.Ordinal);

        static Dictionary<string, string> Form(string first, string second) => new(StringComparer.Ordinal)
        {
            ["Form.Fields[0]"] = first,
            ["Form.Fields[1]"] = second,
            ["Form.Fields[2]"] = "placedAt",
            ["Form.Fields[3]"] = "product",
            ["Form.Fields[4]"] = "quantity",
            ["Form.Fields[5]"] = "unitPrice",
            ["Form.Match"] = "Email",
            ["Form.MakeCustomers"] = "true",
            ["Form.UnknownProducts"] = "Make",
        };
    }

    [Fact]
    public async Task Interactions_ByPages_AreLogged()
    {
        var acme = await Make.Tenant(fixture.Host);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/imports/interactions")).Status);
        var id = await Upload(admin, acme, "/imports/interactions", "Customer id,When,Subject\n7,2024-01-05,Hello\n");
        await admin.Post($"/imports/{id}/format", new { Encoding = "utf-8", Delimiter = "comma", HasHeader = true });
        Assert.Equal("occurredAt", (await admin.Get($"/imports/{id}/columns")).Value("Form.Fields[1]"));
        await admin.Post($"/imports/{id}/columns", new Dictionary<string, string>(StringComparer.Ordinal) { ["Form.Fields[0]"] = "customer", ["Form.Fields[1]"] = "occurredAt", ["Form.Fields[2]"] = "subject", ["Form.Match"] = "ExternalId", ["Form.MakeCustomers"] = "true" });
        await Work();
        await admin.Post($"/imports/{id}/run");
        await Work();
        Assert.Equal("Hello", (await acme.Use(db => db.Interactions.SingleAsync())).Subject);
        Assert.Contains("Imported", (await admin.Get($"/imports/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProductPage_OrderOfAnArchivedCustomer_CountsInNoSum()
    {
        var acme = await Make.Tenant(fixture.Host);
        await OrderImportTests.Run(acme, "order id,customer,date,product code,qty,unit price\nA,x,2024-01-05,TEA,7000,1\nB,y,2024-01-05,TEA,30000,1\n");
        var admin = await acme.Admin.Browser();
        var (product, customer) = (await acme.Use(db => db.Products.Select(p => p.Id).SingleAsync()), await acme.Use(db => db.Customers.Where(c => c.ExternalId == "x").Select(c => c.Id).SingleAsync()));
        Assert.Contains("37,000", (await admin.Get($"/products/{product}")).Text, StringComparison.Ordinal);
        await admin.Post($"/customers/{customer}/archive");
        var page = (await admin.Get($"/products/{product}")).Text;
        Assert.Contains("30,000", page, StringComparison.Ordinal);
        Assert.DoesNotContain("37,000", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/imports/orders")]
    [InlineData("/imports/interactions")]
    public async Task Upload_Forbidden_OrNothing(string address)
    {
        var acme = await Make.Tenant(fixture.Host);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await (await Make.Member(acme, Role.Sales)).Browser()).Get(address)).Status);
        var admin = await acme.Admin.Browser();
        Assert.Contains("something in it", (await admin.Send(HttpMethod.Post, address, File(""))).ErrorFor("File")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_ManyRows_AskAsFewQuestionsAsForOne()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var browser = await acme.Admin.Browser();
        var counts = new List<(int Orders, int Order, int Imports, int Import)>();
        foreach (var rows in (int[])[2, 60])
        {
            var text = "order id,customer,date,product code,qty,unit price\n" + string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"O{rows}-{i / 2},c{i},2024-01-0{1 + (rows % 7)},P{i},1,{i + 1}\n")))
                + string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"L{rows},z{rows},2024-01-05,P{i},1,{i + 1}\n")));
            var import = await acme.Do(await Make.ImportOf(acme, ImportOf.Orders, Encoding.UTF8.GetBytes(text)), CustomerImport.JobKind);
            Assert.Equal(rows, import.NewCount);
            Assert.Equal(rows, import.RefusedCount);
            var order = await acme.Use(db => db.Orders.Where(o => o.ExternalId == "L" + rows).Select(o => o.Id).SingleAsync());
            string[] pages = ["/orders", $"/orders/{order}", "/imports", $"/imports/{import.Id}"];
            foreach (var page in pages) await browser.Get(page);
            var asked = new List<int>();
            foreach (var page in pages) asked.Add(await sql.Of(() => browser.Get(page)));
            counts.Add((asked[0], asked[1], asked[2], asked[3]));
        }

        Assert.Equal(counts[0], counts[1]);
        Assert.InRange(counts[0].Orders, 2, 9);
        Assert.InRange(counts[0].Order, 2, 10);
        Assert.InRange(counts[0].Import, 2, 10);
    }

    private async Task<long> Upload(Visitor browser, TestTenant tenant, string address, string text)
    {
        Assert.NotNull((await browser.Send(HttpMethod.Post, address, File(text))).Location);
        return await tenant.Use(db => db.Imports.OrderByDescending(i => i.Id).Select(i => i.Id).FirstAsync());
    }

    private static MultipartFormDataContent File(string text) => new() { { new StringContent(text), "File", "rows.csv" } };

    private async Task Work()
    {
        var runner = (Web.Platform.Jobs.JobRunner)fixture.Host.Services.GetService(typeof(Web.Platform.Jobs.JobRunner))!;
        while (await runner.RunNext(default)) { }
    }

    [Fact]
    public async Task List_FilteredByKind_ShowsThoseAlone()
    {
        var acme = await Make.Tenant();
        var (customers, orders) = (await Make.Import(acme, "name\n\"\"\"what\"\":\"\"orders\"\"\"\n"), await Make.ImportOf(acme, ImportOf.Orders, Encoding.UTF8.GetBytes("customer,date,total\nx,2024-01-05,4\n")));
        var contacts = await Make.ImportOf(acme, ImportOf.Interactions, Encoding.UTF8.GetBytes("customer,date\nx,2024-01-05\n"));
        var admin = await acme.Admin.Browser();
        async Task<IEnumerable<long>> Shown(string query) =>
            (await admin.Get($"/imports?{query}")).Html.QuerySelectorAll("a.crm-row-link").Select(a => long.Parse(a.GetAttribute("href")!.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture)).Order();
        Assert.Equal([orders], await Shown("kind=orders"));
        Assert.Equal([customers], await Shown("kind=customers"));
        Assert.Equal([customers, contacts], await Shown("kind=orders&kind.op=none"));
        Assert.Equal([orders, contacts], await Shown("kind=orders&kind=interactions"));
    }
}
