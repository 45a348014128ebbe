using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomersApiTests
{
    [Fact]
    public async Task Create_Valid_AnswersWhereItIsAndWhatItBecame()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var made = await api.Post("/customers", new
        {
            kind = "organisation",
            name = "Blue Door",
            email = "info@bluedoor.example",
            phone = "+49 30 1234567",
            otherEmails = new[] { "sales@bluedoor.example" },
            externalId = "X-1",
            stage = "loyal",
            preferredChannel = "email",
            tags = new[] { "VIP", "Berlin, Mitte" },
        });

        Assert.Equal(HttpStatusCode.Created, made.AssertStatus(HttpStatusCode.Created).Status);
        Assert.Equal($"/api/v1/customers/{made.Id}", made.Response.Headers.Location!.OriginalString);
        var read = (await api.Get($"/customers/{made.Id}")).Assert200();
        Assert.Equal(made.Body, read.Body);
        Assert.Equal(made.ETag, read.ETag);
        Assert.Equal("organisation", read.Json["kind"]!.GetValue<string>());
        Assert.Equal("loyal", read.Json["stage"]!.GetValue<string>());
        Assert.Equal(["Berlin, Mitte", "VIP"], read.Json["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("sales@bluedoor.example", read.Json["otherEmails"]![0]!.GetValue<string>());
        Assert.EndsWith("Z", read.Json["createdAt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(await acme.Use(db => db.CustomerEvents.AnyAsync(e => e.CustomerId == made.Id && e.Kind == CustomerEvent.Created && e.MemberId == acme.Admin.Id)));
    }

    [Fact]
    public async Task Create_Wrong_NamesEachField()
    {
        var api = await Make.Program((await Make.Tenant()).Admin);
        var refused = (await api.Post("/customers", new { email = "no address", phone = "abc", otherEmails = new[] { "two\nlines" }, ownerId = 987654321, name = "" })).AssertProblem(HttpStatusCode.BadRequest);
        foreach (var field in new[] { "name", "email", "phone", "otherEmails" }) Assert.NotEmpty(refused.ErrorsOf(field));
    }

    [Theory]
    [InlineData("""{"name":"Ann","colour":"red"}""", "colour")]
    [InlineData("""{"name":"Ann","tenantId":1}""", "tenantId")]
    [InlineData("""{"name":"Ann","Email":"a@b.example"}""", "Email")]
    [InlineData("""{"name":"Ann","id":5}""", "id")]
    [InlineData("""{"name":"Ann","createdAt":"2020-01-01T00:00:00Z"}""", "createdAt")]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"Ann","stage":"king"}""", "stage")]
    [InlineData("""{"name":"Ann","stage":2}""", "stage")]
    [InlineData("""{"name":"Ann","ownerId":"7"}""", "ownerId")]
    [InlineData("{\"name\":\"a\\u0000b\"}", "name")]
    [InlineData("{\"name\":\"a\\ud800b\"}", "name")]
    [InlineData("""{"name":"Ann","tags":"VIP"}""", "tags")]
    public async Task T11_Create_UnknownOrUnfitField_IsRefusedByName(string body, string field)
    {
        var acme = await Make.Tenant();
        var refused = (await (await Make.Program(acme.Admin)).Post("/customers", body)).AssertProblem(HttpStatusCode.BadRequest);
        Assert.True(refused.Json["errors"]!.AsObject().ContainsKey(ApiField(field)), refused.Body);
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));

        static string ApiField(string name) => name == "Email" ? "email" : name;
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"name\":\"Ann\"}}")]
    [InlineData("{\"name\":\"Ann\",\"name\":\"Bea\"}")]
    public async Task Create_NoJson_IsAProblem(string body)
    {
        var api = await Make.Program((await Make.Tenant()).Admin);
        (await api.Post("/customers", body)).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Patch_ChangesWhatIsThere_AndNullEmpties()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var id = await Make.Customer(acme, "Ann", c => c with { City = "Oslo", Email = "ann@example.org", OtherPhones = ["+47 22 22 22 22"] });
        var changed = (await api.Patch($"/customers/{id}", """{"city":null,"stage":"customer","tags":["New"]}""")).Assert200();
        Assert.Null(changed.Json["city"]);
        Assert.Equal("customer", changed.Json["stage"]!.GetValue<string>());
        Assert.Equal("ann@example.org", changed.Json["email"]!.GetValue<string>());
        Assert.Equal("+47 22 22 22 22", changed.Json["otherPhones"]![0]!.GetValue<string>());
        Assert.Equal("New", changed.Json["tags"]![0]!.GetValue<string>());
        (await api.Patch($"/customers/{id}", """{"colour":1}""")).AssertProblem(HttpStatusCode.BadRequest);
        (await api.Patch($"/customers/{id}", "[1]")).AssertProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Put_EmptiesWhatIsNotThere()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var id = await Make.Customer(acme, "Ann", c => c with { City = "Oslo", ExternalId = "E1" });
        var replaced = (await api.Put($"/customers/{id}", new { name = "Bea" })).Assert200();
        Assert.Equal("Bea", replaced.Json["name"]!.GetValue<string>());
        Assert.Null(replaced.Json["city"]);
        Assert.Null(replaced.Json["externalId"]);
    }

    [Fact]
    public async Task R1_IfMatch_OnAnOldVersion_Is412()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var id = await Make.Customer(acme, "Ann");
        var seen = (await api.Get($"/customers/{id}")).ETag!;
        var now = (await api.Patch($"/customers/{id}", new { city = "Oslo" }, ("If-Match", seen))).Assert200().ETag!;
        Assert.NotEqual(seen, now);
        (await api.Patch($"/customers/{id}", new { city = "Rome" }, ("If-Match", seen))).AssertProblem(HttpStatusCode.PreconditionFailed);
        (await api.Put($"/customers/{id}", new { name = "Bea" }, ("If-Match", seen))).AssertProblem(HttpStatusCode.PreconditionFailed);
        (await api.Delete($"/customers/{id}", ("If-Match", seen))).AssertProblem(HttpStatusCode.PreconditionFailed);
        // what they bought changes no version, and is told all the same
        await Make.Order(acme, id, 12_50);
        Assert.Equal(12.5m, (await api.Get($"/customers/{id}", ("If-None-Match", now))).Assert200().Json["totalSpent"]!.GetValue<decimal>());
        Assert.Equal("Oslo", (await api.Get($"/customers/{id}")).Json["city"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await api.Delete($"/customers/{id}", ("If-Match", now))).Status);
        (await api.Get($"/customers/{id}")).AssertProblem(HttpStatusCode.NotFound);
        Assert.Equal("Ann", (await api.Post($"/customers/{id}/restore", null)).Assert200().Json["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task List_Pages_GiveEachOnce()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        for (var i = 0; i < 7; i++) await Make.Customer(acme, $"Customer {i}", c => c with { Stage = i % 2 == 0 ? LifecycleStage.Lead : LifecycleStage.Loyal });
        foreach (var sort in new[] { "", "&sort=-name", "&sort=created", "&sort=-contact" })
        {
            var (names, after) = (new List<string>(), "");
            do
            {
                var page = (await api.Get($"/customers?limit=3{sort}{after}")).Assert200().Json;
                names.AddRange(page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
                after = page["next"] is JsonNode next ? $"&after={next.GetValue<string>()}" : null;
            }
            while (after is not null);
            Assert.Equal(7, names.Distinct(StringComparer.Ordinal).Count());
            Assert.Equal(7, names.Count);
        }

        Assert.Equal(3, (await api.Get("/customers?stage=loyal")).Json["items"]!.AsArray().Count);
        Assert.Single((await api.Get("/customers?q=customer 5")).Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("after=nonsense", "after")]
    [InlineData("sort=password", "sort")]
    [InlineData("stage=king", "stage")]
    [InlineData("colour=red", "colour")]
    [InlineData("filters=kind=person", "filters")]
    [InlineData("filter=stage%3D", "filter")]
    [InlineData("filter=colour%3Dred", "filter")]
    public async Task T13_List_UnknownParameter_IsRefusedByName(string query, string field)
    {
        var api = await Make.Program((await Make.Tenant()).Admin);
        Assert.NotEmpty((await api.Get($"/customers?{query}")).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf(field));
    }

    [Fact]
    public async Task Create_BySomebodyWhoSeesTheirOwn_IsTheirs()
    {
        var acme = await Make.Tenant();
        var rep = await Make.Member(acme, Role.Sales);
        var api = await Make.Program(rep);
        var made = (await api.Post("/customers", new { name = "Ann" })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(rep.Id, made.Json["ownerId"]!.GetValue<long>());
        var others = await Make.Customer(acme, "Not theirs");
        (await api.Get($"/customers/{others}")).AssertProblem(HttpStatusCode.NotFound);
        Assert.Single((await api.Get("/customers")).Json["items"]!.AsArray());
    }
}
