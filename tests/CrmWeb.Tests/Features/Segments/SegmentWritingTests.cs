using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Segments;

public sealed class SegmentWritingTests
{
    /// <summary>On a list or off it at once.</summary>
    private const int Most = 20_000;

    [Fact]
    public async Task Card_TwoAddANeedEach_TheSecondIsTold()
    {
        var tenant = await Make.Tenant();
        var id = await Make.Segment(tenant, null);
        var admin = await tenant.Admin.Browser();
        object Need(string need) => new Dictionary<string, string>(StringComparer.Ordinal) { ["Needs[0].Need"] = need, ["Needs[0].Importance"] = "3", ["Version"] = "0" };
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/segments/{id}/card", Need("The first"))).Status);
        var second = await admin.Post($"/segments/{id}/card", Need("The second"));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("The first", second.Text, StringComparison.Ordinal);
        Assert.Equal(["The first"], await tenant.Use(db => db.SegmentNeeds.Select(n => n.Need).ToListAsync()));

        var (api, product) = (await Make.Program(tenant.Admin), await Make.Product(tenant));
        var read = (await api.Get($"/segments/{id}")).Assert200();
        (await api.Patch($"/segments/{id}", $$"""{"productIds":[{{product}}]}""", ("If-Match", read.ETag!))).Assert200();
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Patch($"/segments/{id}", """{"needs":[]}""", ("If-Match", read.ETag!))).Status);
        // what is there already changes nothing
        var same = (await api.Get($"/segments/{id}")).Assert200();
        Assert.Equal(same.ETag, (await api.Patch($"/segments/{id}", $$"""{"productIds":[{{product}}]}""")).Assert200().ETag);
    }

    [Theory]
    [InlineData("custom.tier = \"Gold\"")]
    [InlineData("custom.tier != \"Gold\" and orderCount > 1")]
    [InlineData("has(tag, \"gone\", \"there\")")]
    [InlineData("organisation = \"Gone\" or count(lines where product = \"Gone\") > 0")]
    public async Task Rule_NamingWhatIsOutOfUse_StaysWhenTheRestIsChanged(string rule)
    {
        var tenant = await Make.Tenant();
        var id = await WithRule(tenant, rule);
        var stored = await Stored(tenant, id);
        var api = await Make.Program(tenant.Admin);
        (await api.Patch($"/segments/{id}", """{"name":"By a program"}""")).Assert200();
        var read = (await api.Get($"/segments/{id}")).Assert200();
        (await api.Put($"/segments/{id}", $$"""{"name":"By its tree","kind":"dynamic","tree":{{read.Json["tree"]!.ToJsonString()}}}""")).Assert200();
        (await api.Put($"/segments/{id}", """{"name":"By another","kind":"dynamic","tree":{"field":"custom.tier","operator":"=","values":["Silver"]}}""")).AssertProblem(HttpStatusCode.BadRequest);

        var admin = await tenant.Admin.Browser();
        var post = $"/segments/{id}/edit";
        var form = (await admin.Get(post)).Untouched(post).Where(field => field.Key != "Act").ToList();
        var saved = await admin.Post(post, Named(form, "By the page"));
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.Text);
        var text = await admin.Post(post, (IEnumerable<KeyValuePair<string, string>>)[.. form, new("Act", "text")]);
        Assert.Equal(read.Json["rule"]!.GetValue<string>(), text.Value("Text"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post(post, new { Name = "As a text", Mode = "text", Text = text.Value("Text"), Version = 3 })).Status);
        Assert.Equal(new { Name = "As a text", Rule = (string?)stored }, await tenant.Use(db => db.Segments.Select(s => new { s.Name, s.Rule }).SingleAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post(post, new { Name = "Other", Mode = "text", Text = "custom.tier = \"Silver\"", Version = 4 })).Status);
    }

    [Fact]
    public async Task Needs_OfNull_AreRefusedAtTheField()
    {
        var tenant = await Make.Tenant();
        var (api, id) = (await Make.Program(tenant.Admin), await Make.Segment(tenant, null));
        foreach (var answer in new[] { await api.Post("/segments", """{"name":"x","kind":"static","needs":[null]}"""), await api.Put($"/segments/{id}", """{"name":"x","kind":"static","needs":[null]}"""), await api.Patch($"/segments/{id}", """{"needs":[null]}""") })
            Assert.NotEmpty(answer.AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("needs"));
    }

    [Fact]
    public async Task Members_MoreThanFitAtOnce_AreRefused()
    {
        var tenant = await Make.Tenant();
        await tenant.Use(async db =>
        {
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var i = 0; i <= Most; i++) db.Customers.Add(new Customer(new CustomerDetails { Name = "Many", City = i == 0 ? "Bern" : "Basel" }, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var (api, list) = (await Make.Program(tenant.Admin), await Make.Segment(tenant, null));
        foreach (var how in new[] { "", "/remove" })
            Assert.Contains("20000", Assert.Single((await api.Post($"/segments/{list}/members{how}", new { rule = "name = \"Many\"" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("rule")), StringComparison.Ordinal);
        Assert.Equal(Most, (await api.Post($"/segments/{list}/members", new { rule = "city = \"Basel\"" })).Assert200().Json["changed"]!.GetValue<int>());
        Assert.Equal(Most, (await api.Get($"/segments/{list}")).Assert200().Json["memberCount"]!.GetValue<int>());
        Assert.Equal(Most, (await api.Post($"/segments/{list}/members/remove", new { rule = "city = \"Basel\"" })).Assert200().Json["changed"]!.GetValue<int>());
        Assert.Equal(0, (await api.Get($"/segments/{list}")).Assert200().Json["memberCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task List_ByMembers_IsOrderedByThoseWhomTheMemberSees()
    {
        var tenant = await Make.Tenant();
        var sales = await Make.Member(tenant, Role.Sales);
        await tenant.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        await Make.Customer(tenant, with: c => c with { City = "Bern", OwnerId = sales.Id });
        for (var i = 0; i < 2; i++) await Make.Customer(tenant, with: c => c with { City = "Basel" });
        await Make.Segment(tenant, "city = \"Bern\"", "Bern");
        await Make.Segment(tenant, "city = \"Basel\"", "Basel");
        await tenant.Refresh();
        foreach (var (member, first) in new[] { (tenant.Admin, "Basel"), (sales, "Bern") })
            Assert.Equal(first, (await (await Make.Program(member)).Get("/segments?sort=-members")).Assert200().Json["items"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task List_UsedByADeletedOne_IsNotUsed()
    {
        var tenant = await Make.Tenant();
        await Make.Segment(tenant, "stage = \"lead\"", "Needed");
        var user = await Make.Segment(tenant, "in segment \"Needed\"", "Its user");
        var admin = await tenant.Admin.Browser();
        Assert.Contains("Needed", (await admin.Get("/segments?used=true")).Text, StringComparison.Ordinal);
        Assert.Contains(",1,", (await admin.Get("/segments.csv")).Body, StringComparison.Ordinal);
        await admin.Post($"/segments/{user}/delete");
        Assert.DoesNotContain("Needed", (await admin.Get("/segments?used=true")).Text, StringComparison.Ordinal);
        Assert.Contains("Needed", (await admin.Get("/segments?used=false")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(",1,", (await admin.Get("/segments.csv")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_MoreRules_AsksTheSameNumberOfCommands()
    {
        var (host, sql) = await SqlCount.Host();
        await using var running = host;
        var tenant = await Make.Tenant(host);
        await Tag(tenant, "dear");
        for (var i = 0; i < 12; i++) await Make.Product(tenant, $"Tea {i}");
        var api = await Make.Program(tenant.Admin);
        await Add(0, 3);
        var few = await Asked();
        await Add(3, 12);
        Assert.Equal(few, await Asked());
        Assert.Contains("product = \\\"Tea 11\\\"", (await api.Get("/segments")).Assert200().Body.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);

        async Task Add(int from, int to)
        {
            for (var i = from; i < to; i++) await Make.Segment(tenant, $"has(tag, \"dear\") or count(lines where product = \"Tea {i}\") > 0");
        }

        async Task<int> Asked()
        {
            (await api.Get("/segments")).Assert200();
            return await sql.Of(() => api.Get("/segments"));
        }
    }

    private static Task Tag(TestTenant tenant, string name) => tenant.Use(db =>
    {
        db.Tags.Add(new Tag(name));
        return db.SaveChangesAsync();
    });

    /// <summary>A segment by that rule, and what it names goes out of use.</summary>
    private static async Task<long> WithRule(TestTenant tenant, string rule)
    {
        var field = await Make.Field(tenant, CustomFieldType.Choice, "Tier", null, "Gold", "Silver");
        foreach (var tag in new[] { "gone", "there" }) await Tag(tenant, tag);
        var organisation = await Make.Customer(tenant, "Gone", c => c with { Kind = CustomerKind.Organisation });
        var product = await Make.Product(tenant, "Gone");
        var id = await Make.Segment(tenant, rule);
        await tenant.Use(async db =>
        {
            await db.CustomFieldsChange(default);
            (await db.CustomFields.SingleAsync(f => f.Id == field.Id)).Retire(tenant.Host.Clock.Now);
            db.Tags.Remove(await db.Tags.SingleAsync(t => t.Name == "gone"));
            (await db.Customers.SingleAsync(c => c.Id == organisation)).Archive(tenant.Host.Clock.Now);
            (await db.Products.SingleAsync(p => p.Id == product)).Delete(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        return id;
    }

    private static Task<string?> Stored(TestTenant tenant, long id) => tenant.Use(db => db.Segments.Where(s => s.Id == id).Select(s => s.Rule).SingleAsync());

    private static IEnumerable<KeyValuePair<string, string>> Named(IEnumerable<KeyValuePair<string, string>> form, string name) =>
        form.Select(field => field.Key == "Name" ? KeyValuePair.Create("Name", name) : field);
}
