using System.Net;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Authorisation;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Features.Segments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Segments;

public sealed class SegmentsApiTests
{
    [Fact]
    public async Task Segment_MadeRefreshedReadChangedDeletedAndRestored()
    {
        var tenant = await Make.Tenant();
        var (ann, _) = (await Make.Customer(tenant, "Ann", c => c with { Country = "DE" }), await Make.Customer(tenant, "Bob", c => c with { Country = "FR" }));
        var (product, api) = (await Make.Product(tenant), await Make.Program(await Make.Member(tenant, Role.Marketer)));
        var made = (await api.Post("/segments", new
        {
            name = "Germans",
            rule = "country = \"DE\"",
            offers = "Tea",
            preferredChannels = new[] { "email" },
            productIds = new[] { product },
            needs = new[] { new { need = "Speed", importance = 5, evidence = "Interviews" } },
        })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(("dynamic", "country = \"DE\"", 0), (made.Json["kind"]!.GetValue<string>(), made.Json["rule"]!.GetValue<string>(), made.Json["memberCount"]!.GetValue<int>()));
        await tenant.RunJobs();
        var read = (await api.Get($"/segments/{made.Id}")).Assert200();
        Assert.Equal((1, "Speed", "email"), (read.Json["memberCount"]!.GetValue<int>(), read.Json["needs"]![0]!["need"]!.GetValue<string>(), read.Json["preferredChannels"]![0]!.GetValue<string>()));
        Assert.Equal(ann, (await api.Get($"/segments/{made.Id}/members")).Assert200().Json["items"]![0]!["customerId"]!.GetValue<long>());
        var why = (await api.Get($"/segments/{made.Id}/explain/{ann}")).Assert200();
        Assert.True(why.Json["isMember"]!.GetValue<bool>() && why.Json["matches"]!.GetValue<bool>());
        Assert.Equal("country", why.Json["explanation"]!["clause"]!["field"]!.GetValue<string>());

        Assert.NotEmpty((await api.Post("/segments", new { name = "germans", rule = "country = \"DE\"" })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("name"));
        var changed = (await api.Patch($"/segments/{made.Id}", """{"tree":{"field":"country","operator":"in","values":["DE","FR"]}}""", ("If-Match", read.ETag!))).Assert200();
        Assert.Equal("country in (\"DE\", \"FR\")", changed.Json["rule"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await api.Patch($"/segments/{made.Id}", """{"name":"x"}""", ("If-Match", read.ETag!))).Status);
        await tenant.RunJobs();
        Assert.Equal(2, (await tenant.MembersOf(made.Id)).Count);
        Assert.Contains("waiting", (await api.Post($"/segments/{made.Id}/refresh", null)).AssertStatus(HttpStatusCode.Accepted).Body, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/segments/{made.Id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.Get($"/segments/{made.Id}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Post($"/segments/{made.Id}/restore", null)).Status);
        (await api.Get($"/segments/{made.Id}")).Assert200();
    }

    [Fact]
    public async Task Segment_OfARuleThatIsStoredLongerThanTyped_IsReadAgain()
    {
        var tenant = await Make.Tenant();
        var api = await Make.Program(tenant.Admin);
        var rule = string.Join(" or ", Enumerable.Range(0, 9).Select(i => $"orderCount in ({string.Join(',', Enumerable.Range(100 + i, 195))})"));
        var made = (await api.Post("/segments", new { name = "Many numbers", rule })).AssertStatus(HttpStatusCode.Created);
        await tenant.RunJobs();
        Assert.Equal(rule.Replace(",", ", ", StringComparison.Ordinal), (await api.Get($"/segments/{made.Id}")).Assert200().Json["rule"]!.GetValue<string>());
    }

    [Fact]
    public async Task Preview_CountsWhatTheMemberSees_AndSaysWhereARuleIsWrong()
    {
        var tenant = await Make.Tenant();
        var sales = await Make.Member(tenant, Role.Sales);
        await tenant.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        await Make.Customer(tenant, "Ann", c => c with { OwnerId = sales.Id, Email = "ann@example.org" });
        await Make.Customer(tenant, "Bob");
        var segment = await Make.Segment(tenant, "stage = \"lead\"");
        await tenant.Refresh();
        foreach (var (member, count) in new[] { (tenant.Admin, 2), (sales, 1) })
        {
            var api = await Make.Program(member);
            var preview = (await api.Post("/segments/preview", new { rule = "stage = \"lead\"" })).Assert200();
            Assert.Equal((count, 1, count), (preview.Json["count"]!.GetValue<int>(), preview.Json["reachable"]!["email"]!.GetValue<int>(), preview.Json["sample"]!.AsArray().Count));
            Assert.Equal(count, (await api.Get($"/segments/{segment}")).Assert200().Json["memberCount"]!.GetValue<int>());
            Assert.Equal(count, (await api.Get($"/segments/{segment}/members")).Assert200().Json["items"]!.AsArray().Count);
            Assert.Equal(count, (await api.Get($"/customers?segment={segment}")).Assert200().Json["items"]!.AsArray().Count);
            Assert.Equal(count, (await api.Get("/customers?filter=" + Uri.EscapeDataString("stage = \"lead\""))).Assert200().Json["items"]!.AsArray().Count);
            Assert.Empty((await api.Get($"/customers?segment={segment}&segment.op=none")).Assert200().Json["items"]!.AsArray());
        }

        var admin = await Make.Program(tenant.Admin);
        foreach (var wrong in new[] { await admin.Post("/segments/preview", new { rule = "shoeSize > 44" }), await admin.Post("/segments", new { name = "x", rule = "shoeSize > 44" }), await admin.Get("/customers?filter=shoeSize") })
        {
            wrong.AssertProblem(HttpStatusCode.BadRequest);
            Assert.Equal((0, "a field"), (wrong.Json["position"]!.GetValue<int>(), wrong.Json["expected"]!.GetValue<string>()));
        }

        Assert.Equal(0, (await admin.Post("/segments/preview", new { rule = "name = \"nobody\"" })).Assert200().Json["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Uses_CirclesAreRefused_AndWhatIsNeededStays()
    {
        var tenant = await Make.Tenant();
        var api = await Make.Program(tenant.Admin);
        var (a, b) = (await Make.Segment(tenant, "stage = \"lead\"", "A"), await Make.Segment(tenant, "stage = \"lead\"", "B"));
        (await api.Patch($"/segments/{b}", """{"rule":"in segment \"A\""}""")).Assert200();
        foreach (var rule in new[] { "in segment \\\"B\\\"", "in segment \\\"A\\\"", "stage = \\\"lead\\\" or not (in segment \\\"B\\\")" })
            Assert.NotEmpty((await api.Patch($"/segments/{a}", $$"""{"rule":"{{rule}}"}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("rule"));
        Assert.Contains("B", (await api.Delete($"/segments/{a}")).AssertProblem(HttpStatusCode.Conflict).Json["title"]!.GetValue<string>(), StringComparison.Ordinal);
        (await api.Patch($"/segments/{a}", """{"name":"Renamed"}""")).Assert200();
        Assert.Equal("in segment \"Renamed\"", (await api.Get($"/segments/{b}")).Assert200().Json["rule"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/segments/{b}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/segments/{a}")).Status);
        (await api.Post($"/segments/{b}/restore", null)).AssertProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Rule_OfAHiddenField_IsNeitherToldNorWritten()
    {
        var tenant = await Make.Tenant();
        var field = await Make.Field(tenant, CustomFieldType.Text, "Secret", f => f with { VisibleTo = Role.Manager });
        var segment = await Make.Segment(tenant, $"{field.Name} = \"gold\"", "Gold");
        var (admin, marketer) = (await Make.Program(tenant.Admin), await Make.Program(await Make.Member(tenant, Role.Marketer)));
        Assert.Contains("gold", (await admin.Get($"/segments/{segment}")).Assert200().Body, StringComparison.Ordinal);
        foreach (var answer in new[] { await marketer.Get($"/segments/{segment}"), await marketer.Get("/segments") }) Assert.DoesNotContain("\"gold\\", answer.Assert200().Body, StringComparison.Ordinal);
        (await marketer.Post("/segments/preview", new { rule = $"{field.Name} = \"gold\"" })).AssertProblem(HttpStatusCode.BadRequest);
        // the rest may be changed, and the rule stays
        (await marketer.Patch($"/segments/{segment}", """{"name":"Golden"}""")).Assert200();
        Assert.NotEmpty((await marketer.Patch($"/segments/{segment}", """{"rule":"stage = \"lead\""}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("rule"));
        Assert.Contains("gold", (await admin.Get($"/segments/{segment}")).Assert200().Json["rule"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_FilledByHandRuleAndImport_EmptiedAndFrozen()
    {
        var tenant = await Make.Tenant();
        var (ann, bob) = (await Make.Customer(tenant, "Ann"), await Make.Customer(tenant, "Bob"));
        var api = await Make.Program(tenant.Admin);
        var list = (await api.Post("/segments", new { name = "List", kind = "static" })).AssertStatus(HttpStatusCode.Created).Id;
        Task<ApiAnswer> Put(object body, string how = "") => api.Post($"/segments/{list}/members{how}", body);
        Assert.Equal(1, (await Put(new { customerIds = new[] { ann } })).Assert200().Json["changed"]!.GetValue<int>());
        Assert.Equal(1, (await Put(new { rule = "stage = \"lead\"" })).Assert200().Json["changed"]!.GetValue<int>());
        Assert.Equal([ann, bob], await tenant.MembersOf(list));
        Assert.Equal(1, (await Put(new { customerIds = new[] { ann } }, "/remove")).Assert200().Json["changed"]!.GetValue<int>());
        Assert.Equal([bob], await tenant.MembersOf(list));
        Assert.Equal(1, (await api.Get($"/segments/{list}")).Assert200().Json["memberCount"]!.GetValue<int>());
        foreach (var wrong in new object[] { new { }, new { customerIds = Array.Empty<long>() }, new { customerIds = new[] { 987654321L } }, new { rule = "nonsense" }, new { customerIds = new[] { ann }, rule = "stage = \"lead\"" } })
            (await Put(wrong)).AssertProblem(HttpStatusCode.BadRequest);
        Assert.Equal(0, (await Put(new { importId = 987654321L })).Assert200().Json["changed"]!.GetValue<int>());
        (await api.Post($"/segments/{list}/refresh", null)).AssertProblem(HttpStatusCode.Conflict);
        (await api.Patch($"/segments/{list}", """{"rule":"stage = \"lead\""}""")).AssertProblem(HttpStatusCode.BadRequest);

        var ruled = await Make.Segment(tenant, "name = \"Ann\"");
        (await api.Post($"/segments/{ruled}/members", new { customerIds = new[] { bob } })).AssertProblem(HttpStatusCode.Conflict);
        await tenant.Refresh();
        Assert.Equal(HttpStatusCode.NoContent, (await api.Post($"/segments/{ruled}/freeze", null)).Status);
        await tenant.Refresh();
        Assert.Equal([ann], await tenant.MembersOf(ruled));
        Assert.Equal(SegmentKind.Static, await tenant.Use(db => db.Segments.Where(s => s.Id == ruled).Select(s => s.Kind).SingleAsync()));
    }

    [Fact]
    public async Task Write_OfAnotherRoleScopeOrTenant_IsRefused()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var (own, foreign, customer) = (await Make.Segment(tenant, "stage = \"lead\""), await Make.Segment(other, null, "Foreign"), await Make.Customer(other));
        foreach (var api in new[] { await Make.Program(await Make.Member(tenant, Role.Manager)), await Make.Program(tenant.Admin, [Permissions.ReadCustomers]) })
        {
            (await api.Get($"/segments/{own}")).Assert200();
            foreach (var answer in new[] { await api.Post("/segments", new { name = "x", kind = "static" }), await api.Patch($"/segments/{own}", """{"name":"x"}"""), await api.Delete($"/segments/{own}"), await api.Post($"/segments/{own}/refresh", null) })
                Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        }

        var (tier, product) = (await Make.Tier(other), await Make.Product(other));
        var before = await ForeignIdTests.Hash(other);
        var (admin, list) = (await Make.Program(tenant.Admin), await Make.Segment(tenant, null));
        (await admin.Post($"/segments/{list}/members", new { customerIds = new[] { customer } })).AssertProblem(HttpStatusCode.BadRequest);
        (await admin.Post($"/segments/{foreign}/members", new { customerIds = new[] { customer } })).AssertProblem(HttpStatusCode.NotFound);
        foreach (var (field, id) in new[] { ("ownerId", other.Admin.Id), ("serviceTierId", tier) })
            Assert.NotEmpty((await admin.Post("/segments", $$"""{"name":"y","kind":"static","{{field}}":{{id}}}""")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
        Assert.NotEmpty((await admin.Post("/segments", new { name = "y", kind = "static", productIds = new[] { product } })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("productIds"));
        (await admin.Post("/segments", new { name = "y", rule = "in segment \"Foreign\"" })).AssertProblem(HttpStatusCode.BadRequest);
        Assert.Empty((await admin.Get($"/customers?segment={foreign}")).Assert200().Json["items"]!.AsArray());
        Assert.Equal(before, await ForeignIdTests.Hash(other));
    }

    [Fact]
    public async Task Verb_RefreshesAllOrOneByName()
    {
        var tenant = await Make.Tenant();
        await Make.Customer(tenant, "Ann");
        var (one, two) = (await Make.Segment(tenant, "name = \"Ann\"", "One"), await Make.Segment(tenant, "name = \"Ann\"", "Two"));
        var ended = await ChildProgram.Run(tenant.Host, "segments", "refresh", "--tenant", tenant.Slug, "--segment", "one");
        Assert.Equal((0, "1 segments are refreshed."), (ended.Code, ended.LastLine));
        Assert.Equal((1, 0), ((await tenant.MembersOf(one)).Count, (await tenant.MembersOf(two)).Count));
        Assert.Equal(0, (await ChildProgram.Run(tenant.Host, "segments", "refresh", "--tenant", tenant.Slug)).Code);
        Assert.Single(await tenant.MembersOf(two));
        Assert.Equal(1, (await ChildProgram.Run(tenant.Host, "segments", "refresh", "--tenant", tenant.Slug, "--segment", "none")).Code);
    }

    [Fact]
    public async Task Watch_AsksForWhatIsDue_OnceAndSeesAnOrderWithinTheMinute()
    {
        await using var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        var ann = await Make.Customer(tenant, "Ann");
        var segment = await Make.Segment(tenant, "orderCount > 0");
        var watch = host.Services.GetRequiredService<SegmentWatch>();
        await watch.Look(default);
        await watch.Look(default);
        Assert.Equal(1, await tenant.Use(db => db.Jobs.CountAsync()));
        await tenant.RunJobs();
        await Make.Order(tenant, ann);
        Assert.Equal(1, await watch.Look(default));
        Assert.Equal([ann], await tenant.MembersOf(segment));
        Assert.Equal(1, await tenant.Use(db => db.Jobs.CountAsync()));
    }
}
