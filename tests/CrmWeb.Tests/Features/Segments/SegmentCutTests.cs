using System.Net;
using CrmWeb.Data.Segments;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Features.Segments;

/// <summary>What hangs on customers is cut by their segments, by one name everywhere.</summary>
public sealed class SegmentCutTests
{
    [Fact]
    public async Task Lists_OfASegment_ShowWhatIsOfItsCustomers()
    {
        var (tenant, segment) = await Sales();
        var (admin, api) = (await tenant.Admin.Browser(), await Make.Program(tenant.Admin));
        foreach (var list in new[] { "/orders?", "/deals?", "/cases?scope=all&", "/customers?" })
        {
            async Task<string> Shown(string query) => (await admin.Get($"{list}{query}")).Find(".crm-list, table, main")!.TextContent;
            var within = await Shown($"segment={segment}");
            Assert.Contains("Ann Inside", within, StringComparison.Ordinal);
            Assert.DoesNotContain("Bob Outside", within, StringComparison.Ordinal);
            var without = await Shown($"segment={segment}&segment.op=none");
            Assert.Contains("Bob Outside", without, StringComparison.Ordinal);
            Assert.DoesNotContain("Ann Inside", without, StringComparison.Ordinal);
            Assert.Contains("Bob Outside", await Shown("segment.op=empty"), StringComparison.Ordinal);
            Assert.Contains("The inner ones", (await admin.Get($"{list}segment={segment}")).Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ann Inside", await Shown("segment=987654"), StringComparison.Ordinal);
        }

        foreach (var file in new[] { "/orders.csv?", "/deals.csv?", "/cases.csv?scope=all&" })
            Assert.Equal(2, (await admin.Get($"{file}segment={segment}")).Body.Trim().Split('\n').Length);
        foreach (var list in new[] { "/orders", "/deals", "/cases" }) Assert.Single((await api.Get($"{list}?segment={segment}")).Assert200().Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Reports_OfASegment_SumUpWhatIsOfItsCustomers()
    {
        var (tenant, segment) = await Sales();
        var (admin, api) = (await tenant.Admin.Browser(), await Make.Program(tenant.Admin));
        Assert.Equal(10m, (await api.Get($"/reports/product-performance?segment={segment}")).Assert200().Json["total"]!["revenue"]!.GetValue<decimal>());
        Assert.Equal(40m, (await api.Get("/reports/product-performance")).Assert200().Json["total"]!["revenue"]!.GetValue<decimal>());
        var page = await admin.Get($"/products/performance?segment={segment}");
        Assert.Contains($"segment={segment}", page.Find("main a[href*='/orders?']")!.GetAttribute("href")!, StringComparison.Ordinal);
        var revenue = (await admin.Get($"/products/performance.csv?segment={segment}")).Body.Replace("\"", "", StringComparison.Ordinal).Split('\n')[1].Split(',')[4];
        Assert.Equal(10m, decimal.Parse(revenue, System.Globalization.CultureInfo.InvariantCulture));

        page = await admin.Get($"/reports/cohorts?segment={segment}");
        Assert.Contains($"segment={segment}", page.Find(".crm-heat tbody a")!.GetAttribute("href")!, StringComparison.Ordinal);
        Assert.Equal("1", page.Find(".crm-heat tfoot td")!.TextContent.Trim());
        int All(string query) => api.Get($"/reports/cohorts{query}").Result.Assert200().Json["items"]!.AsArray().Sum(item => item!["customers"]!.GetValue<int>());
        Assert.Equal((1, 2), (All($"?segment={segment}"), All("")));
        Assert.Equal(1, (await admin.Get($"/reports/cohorts.csv?segment={segment}")).Body.Split('\n').Skip(1).Where(line => line.Length > 0).Sum(line => int.Parse(line.Replace("\"", "", StringComparison.Ordinal).Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var wrong in new[] { "?months=7", "?from=now", "?segment=x", "?nonsense=1" }) (await api.Get($"/reports/cohorts{wrong}")).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Profitability_BySegment_CountsWhoIsInSeveralInEach()
    {
        var (tenant, _) = await Sales();
        await Make.Segment(tenant, "orderCount > 0", "Buyers");
        await Make.Customer(tenant, "Cyn Nowhere");
        await tenant.Refresh();
        var admin = await tenant.Admin.Browser();
        var rows = (await admin.Get("/reports/profitability.csv?by=segment")).Body.Replace("\"", "", StringComparison.Ordinal);
        Assert.Contains("The inner ones,1,", rows, StringComparison.Ordinal);
        Assert.Contains("Buyers,2,", rows, StringComparison.Ordinal);
        Assert.Contains("In no segment,1,", rows, StringComparison.Ordinal);
        var page = await admin.Get("/reports/profitability?by=segment");
        Assert.Contains("counts in each of them", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Find("a[href*='segment.op=empty']"));
    }

    private static async Task<(TestTenant Tenant, long Segment)> Sales()
    {
        var tenant = await Make.Tenant();
        var segment = await Make.Segment(tenant, null, "The inner ones");
        var (ann, bob) = (await Make.Customer(tenant, "Ann Inside"), await Make.Customer(tenant, "Bob Outside"));
        await tenant.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.PutOnList(segment, [ann], default);
            await transaction.CommitAsync();
            return 0;
        });
        var stage = (await Make.Pipeline(tenant))[0];
        foreach (var (customer, total) in new[] { (ann, 10_00L), (bob, 30_00L) })
        {
            await Make.Order(tenant, customer, total);
            await Make.Deal(tenant, customer, stage);
            await Make.Case(tenant, customer);
        }

        return (tenant, segment);
    }
}
