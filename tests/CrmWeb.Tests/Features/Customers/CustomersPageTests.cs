using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomersPageTests
{
    [Fact]
    public async Task Index_NotAMember_IsNotFound()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var stranger = await other.Admin.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"~/t/{acme.Slug}/customers")).Status);
    }

    [Fact]
    public async Task Index_NoCustomers_SaysTheNextStep()
    {
        var acme = await Make.Tenant();
        var page = await (await acme.Admin.Browser()).Get("/customers");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("No customers yet", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_SomeCustomers_ListsThemByName()
    {
        var acme = await Make.Tenant();
        foreach (var name in (string[])["Zoe", "élan", "Adam"]) await Make.Customer(acme, name);
        var page = await (await acme.Admin.Browser()).Get("/customers");
        Assert.Equal(["Adam", "élan", "Zoe"], page.Texts(".crm-list-name bdi"));
        Assert.Contains("3 of 3", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?stage=nonsense", "stage")]
    [InlineData("?nonsense=1", "nonsense")]
    [InlineData("?name=x&name.op=like", "name")]
    [InlineData("?sort=id;drop", "sort")]
    [InlineData("?created=yesterday&created.op=after", "created")]
    [InlineData("?created=9999-12-31", "created")]
    public async Task T13_Index_UnknownWords_ArePassedOverAndNamed(string address, string named)
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Adam");
        var page = await (await acme.Admin.Browser()).Get("/customers" + address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains($"passed over: {named}", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Adam"], page.Texts(".crm-list-name bdi"));
    }

    [Fact]
    public async Task Index_ManyFilters_ComeWhenTheyAreOpened()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Adam", d => d with { City = "Bonn" });
        var browser = await acme.Admin.Browser();
        var closed = await browser.Get("/customers?city=Bonn");
        Assert.Empty(closed.Html.QuerySelectorAll("#filter-new form"));
        Assert.Equal("Bonn", closed.Find("#filter-city input[name=city]")?.GetAttribute("value"));

        var open = await browser.Get(closed.Find("#filter-new a[data-filters]")!.GetAttribute("href")![$"/t/{acme.Slug}".Length..]);
        Assert.Equal(CustomerFilterFields.All.Count - 1, open.Html.QuerySelectorAll("#filter-fields form").Length);
        Assert.All(open.Html.QuerySelectorAll("#filter-fields form"), form => Assert.NotNull(form.QuerySelector("[type=hidden][name=city][value=Bonn]")));
        Assert.Empty(open.Html.QuerySelectorAll("#filter-fields [name=filters]"));
        Assert.DoesNotContain("passed over", open.Text, StringComparison.Ordinal);
        Assert.Equal(["Adam"], open.Texts(".crm-list-name bdi"));
        Assert.Equal(closed.Texts("h1"), open.Texts("h1"));
    }

    [Fact]
    public async Task Index_FiltersAskedForByThePage_ComeWithoutTheFrame()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        browser.Http.DefaultRequestHeaders.Add("HX-Target", "div#filter-new");
        var part = await browser.Get("/customers?filters=open");
        Assert.NotNull(part.Find("#filter-fields form"));
        Assert.Null(part.Find("nav"));
    }

    [Fact]
    public async Task T13_Index_EveryFieldAndOperator_Answers()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Adam", d => d with { Email = "adam@example.org", Phone = "+49 170 1234567", City = "Bonn", OwnerId = acme.Admin.Id });
        var browser = await acme.Admin.Browser();
        foreach (var field in CustomerFilterFields.All)
        {
            foreach (var op in field.Operators)
            {
                var value = op is "last-days" or "next-days" or "not-last-days" ? "3" : Sample(field);
                var page = await browser.Get($"/customers?{field.Key}={Uri.EscapeDataString(value)}{(op == "between" ? "&" + field.Key + (field.Kind == CustomerFieldKind.Number ? "=99" : "=2030-01-01") : "")}&{field.Key}.op={op}");
                Assert.True(page.Status == HttpStatusCode.OK, $"{field.Key} {op}: {page.Status}");
                Assert.DoesNotContain("passed over", page.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task T13_Index_HostileValues_NeverFail()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Adam");
        var browser = await acme.Admin.Browser();
        foreach (var text in (string[])["'; DROP TABLE Customers;--", "%", "_", "\\", "[a-z]", "\u202e", "' OR 1=1--", "𝕱", "<script>"])
        {
            var value = Uri.EscapeDataString(text);
            foreach (var address in (string[])["q={0}", "name={0}", "city={0}&city.op=starts", "phone={0}", "email={0}&email.op=is-not", "owner={0}", "archived={0}", "sort={0}", "columns={0}", "after={0}", "before={0}", "{0}={0}"])
                Assert.Equal(HttpStatusCode.OK, (await browser.Get("/customers?" + string.Format(System.Globalization.CultureInfo.InvariantCulture, address, value))).Status);
        }
    }

    [Theory]
    [InlineData("name=ELAN", "Élan Vital")]
    [InlineData("name=ali&name.op=starts", "Ali Reza")]
    [InlineData("city=bonn&city.op=is", "Élan Vital")]
    [InlineData("city.op=empty", "Ali Reza,علی‌رضا كاظمي")]
    [InlineData("email=ELAN@example.ORG&email.op=is", "Élan Vital")]
    [InlineData("email=second&email.op=starts", "Élan Vital")]
    [InlineData("phone=0170 1234567", "Ali Reza")]
    [InlineData("phone=%2B49170&phone.op=starts", "Ali Reza")]
    [InlineData("stage=lead&stage.op=none", "Ali Reza")]
    [InlineData("stage=customer&stage=loyal", "Ali Reza")]
    [InlineData("kind=organisation", "Élan Vital")]
    [InlineData("country=Germany&country.op=is", "Élan Vital")]
    [InlineData("owner=me", "Ali Reza")]
    [InlineData("owner.op=empty&name=e", "Élan Vital")]
    [InlineData("contact.op=empty", "Ali Reza,Élan Vital,علی‌رضا كاظمي")]
    [InlineData("created=1&created.op=last-days&kind=organisation", "Élan Vital")]
    [InlineData("q=عليرضا", "علی‌رضا كاظمي")]
    [InlineData("q=reza", "Ali Reza")]
    [InlineData("q=0170 123", "Ali Reza")]
    public async Task Index_AFilter_ListsWhatItMeans(string address, string names)
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Ali Reza", d => d with { Phone = "+49 170 1234567", OwnerId = acme.Admin.Id, Stage = LifecycleStage.Customer });
        await Make.Customer(acme, "Élan Vital", d => d with { Kind = CustomerKind.Organisation, City = "Bonn", Country = "DE", Email = "Elan@Example.org", OtherEmails = ["second@example.org"] });
        await Make.Customer(acme, "علی‌رضا كاظمي");
        var page = await (await acme.Admin.Browser()).Get("/customers?" + address);
        Assert.Equal(names.Split(','), page.Texts(".crm-list-name bdi"));
    }

    [Fact]
    public async Task Index_TagFilter_FindsTaggedAndUntagged()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        await browser.Post("/customers/new", new { Kind = "Person", Name = "Tagged", Stage = "Lead", Tags = "VIP\nBerlin" });
        await Make.Customer(acme, "Plain");
        var tags = await browser.Get("/customers/tags?q=vi");
        var id = System.Text.Json.JsonDocument.Parse(tags.Body).RootElement[0].GetProperty("id").GetInt64();
        Assert.Equal(["Tagged"], (await browser.Get($"/customers?tag={id}")).Texts(".crm-list-name bdi"));
        Assert.Equal(["Plain"], (await browser.Get($"/customers?tag={id}&tag.op=none")).Texts(".crm-list-name bdi"));
        Assert.Contains("Berlin, VIP", (await browser.Get("/customers?columns=name,tags")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_ChosenColumns_AreRememberedAndShown()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Adam", d => d with { City = "Bonn" });
        var page = await (await acme.Admin.Browser()).Get("/customers?columns=name&columns=city");
        Assert.Equal(["Name", "City"], page.Texts("th[scope=col]:not(.crm-list-box)"));
        Assert.Contains(page.Response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("crm.customers.columns=name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Index_OwnVisibility_ListsOwnOnly()
    {
        var acme = await Make.Tenant();
        var sales = await Make.Member(acme, Role.Sales);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        await Make.Customer(acme, "Mine", d => d with { OwnerId = sales.Id });
        await Make.Customer(acme, "Not mine");
        var page = await (await sales.Browser()).Get("/customers");
        Assert.Equal(["Mine"], page.Texts(".crm-list-name bdi"));
    }

    private static string Sample(CustomerFilterField field) => field.Kind switch
    {
        CustomerFieldKind.Choice => field.Choices[0],
        CustomerFieldKind.Date => "2026-01-01",
        CustomerFieldKind.Reference => "1",
        CustomerFieldKind.YesNo => "true",
        CustomerFieldKind.Number => "12.5",
        _ => "x",
    };
}
