using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>One field, edited where it is shown.</summary>
public sealed class CustomerCellTests
{
    public static TheoryData<string, string, string> Cells => new()
    {
        { "name", "Name", "Anna" }, { "kind", "Kind", "Organisation" }, { "stage", "Stage", "Loyal" }, { "email", "Email", "new@example.org" }, { "phone", "Phone", "+49 30 7654321" },
        { "website", "Website", "https://example.org" }, { "street", "Street", "Road 1" }, { "city", "City", "Bonn" }, { "region", "Region", "West" }, { "postalCode", "PostalCode", "53111" },
        { "country", "Country", "Germany" }, { "industry", "Industry", "Tea" }, { "language", "Language", "de" }, { "channel", "PreferredChannel", "Call" }, { "source", "Source", "Fair" },
        { "externalId", "ExternalId", "X-7" }, { "description", "Description", "Words" }, { "tags", "Tags", "VIP\nNew" }, { "custom.colour", "Custom[colour]", "red" },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Update_AnyField_ChangesItAndNothingElse_AndUndoPutsItBack(string field, string input, string value)
    {
        var (acme, id, browser) = await Ann();
        var before = (await browser.Get($"/customers/{id}/edit")).Untouched("/edit").Where(Counts).ToList();
        var cell = await browser.Get($"/customers/{id}/cell?field={field}&list=true");
        Assert.NotNull(cell.Find($"[name='{input}']"));
        var saved = await browser.Post($"/customers/{id}/cell?field={field}&list=true", Typed(cell, input, value));
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        var after = (await browser.Get($"/customers/{id}/edit")).Untouched("/edit").Where(Counts).ToList();
        Assert.Equal([input], after.Except(before).Select(pair => pair.Key).Distinct());
        Assert.DoesNotContain(before.Except(after), pair => pair.Key != input);

        var told = System.Text.Json.Nodes.JsonNode.Parse(saved.Response.Headers.GetValues("HX-Trigger").Single())!;
        var undo = told["crm:toast"]!["undoUrl"]!.GetValue<string>()[$"/t/{acme.Slug}".Length..];
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(undo)).Status);
        Assert.Equal(before, (await browser.Get($"/customers/{id}/edit")).Untouched("/edit").Where(Counts));
        Assert.True(await acme.Use(db => db.Changes.CountAsync(x => x.CustomerId == id && x.Via == Via.Page)) >= 2);

        static bool Counts(KeyValuePair<string, string> pair) => pair.Key is not ("Seen" or "Version" or "__RequestVerificationToken");
    }

    [Fact]
    public async Task Update_Stage_AnswersTheCellOfTheList()
    {
        var (_, id, browser) = await Ann();
        var saved = await browser.Post($"/customers/{id}/cell?field=stage&list=true", Typed(await browser.Get($"/customers/{id}/cell?field=stage&list=true"), "Stage", "Loyal"));
        var row = (await browser.Get("/customers?columns=name,stage")).Find("tr.crm-list-row td[data-label]")!;
        Assert.Equal(row.InnerHtml, saved.Html.Body!.InnerHtml.Trim());
        // on the page, the page draws itself
        var fact = await browser.Post($"/customers/{id}/cell?field=stage", Typed(await browser.Get($"/customers/{id}/cell?field=stage"), "Stage", "Lead"));
        Assert.Equal(HttpStatusCode.NoContent, fact.Status);
        Assert.Contains("crm:changed", fact.Response.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name", "Name", "")]
    [InlineData("email", "Email", "nonsense")]
    [InlineData("stage", "Stage", "Nowhere")]
    [InlineData("externalId", "ExternalId", "TAKEN")]
    [InlineData("custom.amount", "Custom_amount_", "many", "Custom[amount]")]
    public async Task Update_Wrong_SaysSoAtTheCell(string field, string error, string value, string? input = null)
    {
        var (acme, id, browser) = await Ann();
        await Make.Customer(acme, "Bob", d => d with { ExternalId = "TAKEN" });
        await Make.Field(acme, CustomFieldType.Number, "Amount");
        var cell = await browser.Get($"/customers/{id}/cell?field={field}&list=true");
        var answer = await browser.Post($"/customers/{id}/cell?field={field}&list=true", Typed(cell, input ?? error, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotNull(answer.ErrorFor(error));
        Assert.Equal(0, await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.Version).SingleAsync()));
    }

    [Fact]
    public async Task Update_StageThatNeedsAField_SaysWhich()
    {
        var (acme, id, browser) = await Ann();
        await Make.Field(acme, CustomFieldType.Text, "Contract", d => d with { RequiredAt = StageSet.Loyal });
        var cell = await browser.Get($"/customers/{id}/cell?field=stage");
        var answer = await browser.Post($"/customers/{id}/cell?field=stage", Typed(cell, "Stage", "Loyal"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("customers of this stage need it", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_TwoEditors_OfOneField_SeeBothAndChoose()
    {
        var (acme, id, browser) = await Ann();
        var (mine, theirs) = (await browser.Get($"/customers/{id}/cell?field=city&list=true"), await browser.Get($"/customers/{id}/cell?field=city&list=true"));
        await browser.Post($"/customers/{id}/cell?field=city&list=true", Typed(theirs, "City", "Theirs"));
        var conflict = await browser.Post($"/customers/{id}/cell?field=city&list=true", Typed(mine, "City", "Mine"));
        Assert.Equal((HttpStatusCode.Conflict, "Mine"), (conflict.Status, conflict.Value("City")));
        Assert.Equal(["Theirs", "Mine"], conflict.Texts(".crm-cell-conflict dd"));
        Assert.Equal("Theirs", await City());

        Assert.Equal("Theirs", (await browser.Post($"/customers/{id}/cell?field=city&list=true&take=true", Typed(conflict, "City", "Mine"))).Text);
        Assert.Equal("Theirs", await City());
        await browser.Post($"/customers/{id}/cell?field=city&list=true", Typed(conflict, "City", "Mine"));
        Assert.Equal("Mine", await City());

        Task<string?> City() => acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.City).SingleAsync());
    }

    [Fact]
    public async Task R1_TwoEditors_OfDifferentFields_LoseNothing()
    {
        var (acme, id, browser) = await Ann();
        var (city, mail) = (await browser.Get($"/customers/{id}/cell?field=city"), await browser.Get($"/customers/{id}/cell?field=email"));
        await browser.Post($"/customers/{id}/cell?field=city", Typed(city, "City", "Bonn"));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Post($"/customers/{id}/cell?field=email", Typed(mail, "Email", "b@example.org"))).Status);
        Assert.Equal(new { City = (string?)"Bonn", Email = (string?)"b@example.org" }, await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => new { c.City, c.Email }).SingleAsync()));
        // a form without what it began with, of an old version, is no way round
        Assert.Equal(HttpStatusCode.Conflict, (await browser.Post($"/customers/{id}/cell?field=city", new { City = "Blind", Version = 0 })).Status);
    }

    [Fact]
    public async Task T10_HiddenAndForbidden_AreNotThere()
    {
        var (acme, id, browser) = await Ann();
        await Make.Field(acme, CustomFieldType.Text, "Hidden", d => d with { VisibleTo = Role.Manager });
        var seller = await Make.Member(acme, Role.Sales);
        await acme.Use(async db =>
        {
            var ann = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == id);
            ann.Change(CustomerDetails.Of(ann) with { OwnerId = seller.Id }, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var sales = await seller.Browser();
        Assert.Equal(HttpStatusCode.OK, (await sales.Get($"/customers/{id}/cell?field=city")).Status);
        foreach (var field in new[] { "custom.hidden", "version", "createdAt", "id", "" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await sales.Get($"/customers/{id}/cell?field={field}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await sales.Post($"/customers/{id}/cell?field={field}", new { City = "x" })).Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/customers/987654321/cell?field=city")).Status);
        var viewer = await (await Make.Member(acme, Role.Viewer)).Browser();
        Assert.Null((await viewer.Get("/customers")).Find(".crm-list[data-edit]"));
        Assert.Null((await viewer.Get($"/customers/{id}")).Find("dl[data-edit]"));
        Assert.NotNull((await browser.Get($"/customers/{id}")).Find("dl[data-edit] dd[data-field=stage]"));
    }

    private static async Task<(TestTenant Acme, long Id, Visitor Browser)> Ann()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Colour");
        var fields = await Make.FieldsOf(acme);
        var id = await Make.Customer(acme, "Ann", d => (d with { Email = "a@example.org", City = "Berlin", OtherEmails = ["x@example.org"], CustomFields = fields }).With("colour", ["blue"]));
        return (acme, id, await acme.Admin.Browser());
    }

    private static List<KeyValuePair<string, string>> Typed(Page cell, string input, string value) =>
        [.. cell.Html.QuerySelectorAll("input[type=hidden][name]").Select(e => KeyValuePair.Create(e.GetAttribute("name")!, e.GetAttribute("value") ?? "")).Where(pair => pair.Key != input), KeyValuePair.Create(input, value)];
}
