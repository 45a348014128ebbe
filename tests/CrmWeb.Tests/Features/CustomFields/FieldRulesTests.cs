using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Tests.Features.Imports;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.CustomFields;

/// <summary>The form, a batch of the API and an import ask the same of custom fields.</summary>
public sealed class FieldRulesTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    [Fact]
    public async Task Stage_ThatNeedsAField_IsRefusedEverywhereUntilItIsFilledIn()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Text, "Plate", d => d with { RequiredAt = StageSet.Customer });
        var id = await Make.Customer(acme, "Ann", d => d with { ExternalId = "1" });
        var browser = await acme.Admin.Browser();
        var api = await Make.Program(acme.Admin);

        Assert.NotNull((await browser.Post($"/customers/{id}/edit", new Dictionary<string, string> { ["Name"] = "Ann", ["Stage"] = "Customer" })).Find("#Custom_plate_-error"));
        Assert.Contains("plate", (await api.Patch($"/customers/{id}", new { stage = "customer" })).AssertProblem(System.Net.HttpStatusCode.BadRequest).Body, StringComparison.Ordinal);
        Assert.Equal(["Please fill this in: customers of this stage need it."], await Refused(api, new { externalId = "1", stage = "customer" }));
        Assert.Equal(1, (await Import(acme, "External id,Name,Stage\n1,Ann,customer\n")).RefusedCount);
        Assert.Equal(LifecycleStage.Lead, (await acme.CustomerOf(id)).Stage);

        Assert.Empty(await Refused(api, new { externalId = "1", stage = "customer", custom = new { plate = "B-1" } }));
        // what is there already is asked for no second time, and a row that says nothing of it may come
        Assert.Empty(await Refused(api, new { externalId = "1", city = "Bonn" }));
    }

    [Fact]
    public async Task Values_OfOthers_AreRefusedEverywhere_AndOwnOnesStay()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Field(acme, CustomFieldType.Text, "Plate", d => d with { Unique = true });
        var fields = await Make.FieldsOf(acme);
        var id = await Make.Customer(acme, "Ann", d => (d with { ExternalId = "1", CustomFields = fields }).With("plate", ["B-1"]));
        var (browser, api) = (await acme.Admin.Browser(), await Make.Program(acme.Admin));

        Assert.NotNull((await browser.Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Bob", ["Custom[plate]"] = "b-1" })).Find("#Custom_plate_-error"));
        Assert.Equal(["Another customer has this value."], await Refused(api, new { externalId = "2", name = "Bob", custom = new { plate = "b-1" } }));
        Assert.Equal(1, (await Import(acme, "External id,Name,custom.plate\n2,Bob,b-1\n")).RefusedCount);
        Assert.Empty(await Refused(api, new { externalId = "1", name = "Ann B.", custom = new { plate = "B-1" } }));
        Assert.Equal((0L, 1L), ((await Import(acme, "External id,Name,custom.plate\n1,Ann C.,B-1\n")) is var again ? (again.RefusedCount, again.ChangedCount) : default));

        // of two rows of a batch the first gets it; a row that is refused for something else takes nothing
        var answer = (await api.Post("/customers/batch", new
        {
            items = new object[]
            {
                new { externalId = "3", name = "C", email = "no address", custom = new { plate = "X" } }, new { externalId = "4", name = "D", custom = new { plate = "X" } },
                new { externalId = "5", name = "E", custom = new { plate = "x" } },
            },
        })).Json["items"]!.AsArray();
        Assert.Equal(["refused", "created", "refused"], answer.Select(item => item!["outcome"]!.GetValue<string>()));
        Assert.Equal("Ann C.", (await acme.CustomerOf(id)).Name);
    }

    [Fact]
    public async Task T3_Members_WhoLeft_AreRefusedFromNowOn_ButMayStay()
    {
        var acme = await Make.Tenant(fixture.Host);
        var gone = await Make.Member(acme, CrmWeb.Domain.Tenants.Role.Sales, "Gone");
        await Make.Field(acme, CustomFieldType.Member, "Mentor");
        var fields = await Make.FieldsOf(acme);
        await Make.Customer(acme, "Ann", d => (d with { ExternalId = "1", CustomFields = fields }).With("mentor", [CustomText.Id(gone.Id)]));
        await acme.Use(db => db.Members.Where(m => m.Id == gone.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DeactivatedAt, acme.Host.Clock.Now)));
        var api = await Make.Program(acme.Admin);
        Assert.Empty(await Refused(api, new { externalId = "1", city = "Bonn", custom = new { mentor = gone.Id } }));
        Assert.Equal(["This choice is not there any more."], await Refused(api, new { externalId = "2", name = "Bob", custom = new { mentor = gone.Id } }));
    }

    private static async Task<List<string>> Refused(ApiProgram api, object row)
    {
        var item = (await api.Post("/customers/batch", new { items = new[] { row } })).Assert200().Json["items"]![0]!;
        return item["errors"] is System.Text.Json.Nodes.JsonObject errors ? [.. errors.SelectMany(error => error.Value!.AsArray()).Select(text => text!.GetValue<string>())] : [];
    }

    private static async Task<Import> Import(TestTenant acme, string file) =>
        await acme.Do(await Make.Import(acme, file, s => s with { Match = MatchRule.ExternalId }), CustomerImport.JobKind);
}
