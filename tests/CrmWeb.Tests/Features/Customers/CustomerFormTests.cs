using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomerFormTests
{
    [Fact]
    public async Task Edit_OrganisationThatIsNotSeen_StaysTheOrganisation()
    {
        var acme = await Make.Tenant();
        var organisation = await Make.Customer(acme, "Gone GmbH", d => d with { Kind = CustomerKind.Organisation });
        var id = await Make.Customer(acme, "Ida", d => d with { OrganisationId = organisation });
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/{organisation}/archive");

        var answer = await browser.Post($"/customers/{id}/edit", Fields(await browser.Get($"/customers/{id}/edit")));

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(organisation, await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.OrganisationId).SingleAsync()));
    }

    [Fact]
    public async Task New_Viewer_IsForbidden()
    {
        var acme = await Make.Tenant();
        var browser = await (await Make.Member(acme, Role.Viewer)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Get("/customers/new")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post("/customers/new", new { Name = "X" })).Status);
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task New_Anybody_OwnsWhatTheyMake()
    {
        var acme = await Make.Tenant();
        var page = await (await acme.Admin.Browser()).Get("/customers/new?kind=organisation");
        Assert.Equal(acme.Admin.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Value("OwnerId"));
        Assert.Equal("Organisation", page.Find("[name=Kind][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Create_Valid_KeepsEverythingTyped()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var organisation = await Make.Customer(acme, "Blue Door", d => d with { Kind = CustomerKind.Organisation });
        var answer = await browser.Post("/customers/new", new
        {
            Kind = "Person",
            Name = "  نگار احمدی ",
            Email = "Negar@Example.org",
            Phone = "+98 21 8853 1200",
            OtherEmails = "a@example.org\r\nb@example.org",
            OtherPhones = "+49 170 1234567",
            Website = "example.org/me",
            Street = "Street 1",
            City = "تهران",
            Region = "R",
            PostalCode = "123",
            Country = "Iran",
            Industry = "Books",
            Language = "Persian",
            PreferredChannel = "Meeting",
            Stage = "Loyal",
            Source = "fair",
            ExternalId = "X-1",
            Description = "line 1\nline 2",
            OwnerId = acme.Admin.Id,
            OrganisationId = organisation,
            Tags = "VIP\r\nvip\n کتاب \nBerlin, Mitte",
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var saved = await acme.Use(db => db.Customers.Include(c => c.ContactPoints).Include(c => c.Tags).ThenInclude(t => t.Tag).Include(c => c.Events).SingleAsync(c => c.Kind == CustomerKind.Person));
        Assert.Equal("نگار احمدی", saved.Name);
        Assert.Equal("Negar@Example.org", saved.Email);
        Assert.Equal("negar@example.org", saved.EmailNormal);
        Assert.Equal("IR", saved.Country);
        Assert.Equal("line 1\nline 2", saved.Description);
        Assert.Equal(organisation, saved.OrganisationId);
        Assert.Equal(3, saved.ContactPoints.Count);
        Assert.Equal(["Berlin, Mitte", "VIP", "کتاب"], saved.Tags.Select(t => t.Tag!.Name).Order(StringComparer.Ordinal));
        Assert.Contains(saved.Events, e => e.Kind == CustomerEvent.Created);
        Assert.EndsWith($"/customers/{saved.Id}", answer.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Email", "not an address")]
    [InlineData("Phone", "call me")]
    [InlineData("OtherEmails", "a@example.org\nnonsense")]
    [InlineData("Website", "javascript:alert(1)")]
    [InlineData("PostalCode", "123456789012345678901")]
    [InlineData("OwnerId", "999999999")]
    [InlineData("TeamId", "999999999")]
    [InlineData("OrganisationId", "999999999")]
    [InlineData("Stage", "77")]
    public async Task Create_Invalid_SaysSoBesideTheFieldAndKeepsTheRest(string field, string value)
    {
        var acme = await Make.Tenant();
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["Kind"] = "Person", ["Name"] = "Kept", ["City"] = "Kept too", ["Stage"] = "Lead", [field] = value };
        var page = await (await acme.Admin.Browser()).Post("/customers/new", form);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(field));
        Assert.Equal("Kept too", page.Value("City"));
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task T3_Create_IdsOfAnotherTenant_AreRefused()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var foreign = await Make.Customer(other, "MARK-B", d => d with { Kind = CustomerKind.Organisation });
        var page = await (await acme.Admin.Browser()).Post("/customers/new", new { Name = "X", OrganisationId = foreign, OwnerId = other.Admin.Id });
        Assert.NotNull(page.ErrorFor("OrganisationId"));
        Assert.NotNull(page.ErrorFor("OwnerId"));
        Assert.DoesNotContain("MARK-B", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ExternalIdOfAnother_SaysSo()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "First", d => d with { ExternalId = "X-1" });
        var page = await (await acme.Admin.Browser()).Post("/customers/new", new { Name = "Second", ExternalId = "X-1" });
        Assert.Equal("Another customer has this external id.", page.ErrorFor("ExternalId"));
    }

    [Fact]
    public async Task T11_Create_EveryPropertyOfTheRow_BindsOnlyTheForm()
    {
        var acme = await Make.Tenant();
        var form = typeof(Customer).GetProperties().ToDictionary(p => p.Name, p => p.PropertyType == typeof(DateTime) || p.PropertyType == typeof(DateTime?) ? "2001-01-01" : "7", StringComparer.Ordinal);
        foreach (var name in (string[])["OwnerId", "TeamId", "OrganisationId", "ServiceTierId", "Email", "Phone", "Website", "Stage", "Kind", "PreferredChannel", "Tags"]) form.Remove(name);
        form["Name"] = "Only what the form has";
        var answer = await (await acme.Admin.Browser()).Post("/customers/new", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var saved = await acme.Use(db => db.Customers.SingleAsync());
        Assert.Equal(acme.Id, saved.TenantId);
        Assert.NotEqual(2001, saved.CreatedAt.Year);
        Assert.NotEqual(7, saved.Version);
        Assert.Null(saved.ImportId);
        Assert.Null(saved.DeletedAt);
        Assert.Null(saved.LastInteractionAt);
        Assert.Equal("only what the form has", saved.NameNormal);
    }

    [Fact]
    public async Task Edit_MissingForeignInvisibleOrArchived_IsNotFound()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var sales = await Make.Member(acme, Role.Sales);
        var browser = await sales.Browser();
        var archived = await Make.Customer(acme, "Archived", d => d with { OwnerId = sales.Id });
        await (await acme.Admin.Browser()).Post($"/customers/{archived}/archive");
        foreach (var id in (long[])[999_999, await Make.Customer(other), await Make.Customer(acme), archived])
        {
            foreach (var path in (string[])[$"/customers/{id}", $"/customers/{id}/edit", $"/customers/{id}/timeline"]) Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(path)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{id}/edit", new { Name = "X" })).Status);
            if (id != archived) Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{id}/restore")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{id}/archive")).Status);
        }
    }

    [Fact]
    public async Task Update_NothingChanged_ChangesNothing()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "Whole", d => d with { Email = "not an address", Phone = "call me", OtherPhones = ["+49 170 1", "x"], Description = "  a\nb ", Country = "DE", Stage = LifecycleStage.Loyal });
        var browser = await acme.Admin.Browser();
        var before = await acme.Use(async db => CustomerDetails.Of(await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == id)));
        var answer = await browser.Post($"/customers/{id}/edit", Fields(await browser.Get($"/customers/{id}/edit")));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var after = await acme.Use(async db => CustomerDetails.Of(await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == id)));
        Assert.Equal(before with { OtherEmails = [], OtherPhones = [] }, after with { OtherEmails = [], OtherPhones = [] });
        Assert.Equal(before.OtherPhones.AsEnumerable(), after.OtherPhones);
    }

    [Fact]
    public async Task R1_Update_TwoEditors_SecondIsToldAndLosesNothing()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "Anna", d => d with { City = "Bonn", Phone = "+49 170 1234567", Source = "fair" });
        var browser = await acme.Admin.Browser();
        var (first, second) = (Fields(await browser.Get($"/customers/{id}/edit")), Fields(await browser.Get($"/customers/{id}/edit")));
        first["City"] = "Berlin";
        first["Source"] = "web";
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{id}/edit", first)).Status);

        second["City"] = "Hamburg";
        second["Name"] = "Anna B.";
        var conflict = await browser.Post($"/customers/{id}/edit", second);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["City Bonn Berlin Hamburg", "Source fair web fair"], conflict.Texts(".crm-list-row"));
        Assert.Equal("Hamburg", conflict.Value("City"));
        Assert.Equal("Anna B.", conflict.Value("Name"));
        Assert.Null(conflict.Find("[name=Take][value=City][checked]"));
        Assert.NotNull(conflict.Find("[name=Take][value=Source][checked]"));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{id}/edit", Fields(conflict))).Status);
        var saved = await acme.Use(db => db.Customers.SingleAsync(c => c.Id == id));
        Assert.Equal(("Anna B.", "Hamburg", "web"), (saved.Name, saved.City, saved.Source));
    }

    [Fact]
    public async Task Update_AnotherStage_IsAnEvent()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        var browser = await acme.Admin.Browser();
        var form = Fields(await browser.Get($"/customers/{id}/edit"));
        form["Stage"] = "Customer";
        await browser.Post($"/customers/{id}/edit", form);
        Assert.Contains("Stage changed to Customer", (await browser.Get($"/customers/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duplicates_SameMailOrNumber_AreNamed()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "By mail", d => d with { Email = "A@Example.org" });
        await Make.Customer(acme, "By number", d => d with { OtherPhones = ["+49 (170) 1234567"] });
        var id = await Make.Customer(acme, "Twin", d => d with { Email = "a@example.org", Phone = "+491701234567" });
        var browser = await acme.Admin.Browser();
        var shown = await browser.Get($"/customers/duplicates?Email=a%40example.org&Phone=%2B49%20170%201234567&id={id}");
        Assert.Equal(["By mail", "By number"], shown.Texts("a bdi"));
        Assert.Contains("By number", (await browser.Get($"/customers/{id}")).Text, StringComparison.Ordinal);
    }

    /// <summary>What a browser would post.</summary>
    internal static Dictionary<string, string> Fields(Page page)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var input in page.Html.QuerySelectorAll("form[action$='/edit'] [name], form[action$='/new'] [name]"))
        {
            var name = input.GetAttribute("name")!;
            if (input is AngleSharp.Html.Dom.IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false }) continue;
            fields[name] = page.Html.QuerySelectorAll($"[name='{name}']").Length > 1 && input is AngleSharp.Html.Dom.IHtmlInputElement choice ? choice.Value : page.Value(name)!;
        }

        return fields;
    }
}
