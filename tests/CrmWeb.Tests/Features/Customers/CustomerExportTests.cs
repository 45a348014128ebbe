using System.Net;
using System.Text.Json;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomerExportTests
{
    [Fact]
    public async Task Export_Sales_IsForbidden()
    {
        var acme = await Make.Tenant();
        var page = await (await (await Make.Member(acme, Role.Sales)).Browser()).Get("/customers.csv");
        Assert.NotEqual(HttpStatusCode.OK, page.Status);
    }

    [Fact]
    public async Task Export_AFilteredList_HasWhatTheListShows()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Zoe", d => d with { City = "Bonn" });
        await Make.Customer(acme, "Adam", d => d with { City = "Bonn" });
        await Make.Customer(acme, "Other");
        var page = await (await acme.Admin.Browser()).Get("/customers.csv?city=bonn&sort=-name&columns=name,city");
        // what is shown, and what an import tells customers by
        Assert.Equal(["name,city,kind,externalId,CrmWeb export (')", "Zoe,Bonn,person,,", "Adam,Bonn,person,,"],
            page.Body.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select((line, i) => i == 0 ? line : line[..(line.LastIndexOf(',') + 1)]));
        Assert.Equal("text/csv", page.Response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task T16_Export_Formulas_AreHarmless()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "=cmd|' /C calc'!A0", d => d with { Phone = "+49 170 1234567" });
        var page = await (await acme.Admin.Browser()).Get("/customers.csv?columns=name,phone");
        Assert.Contains("\r\n'=cmd|' /C calc'!A0,'+49 170 1234567,", page.Body.Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_AllFields_HasEveryFieldUnderTheNameAnImportKnows()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Anna", d => d with { City = "Bonn", Description = "Long", OtherPhones = ["1"], OwnerId = acme.Admin.Id });
        var browser = await acme.Admin.Browser();
        var list = await browser.Get("/customers?city=bonn");
        var all = list.Html.QuerySelectorAll("a[href*='customers.csv']").Select(a => a.GetAttribute("href")!).Single(href => href.Contains("columns=all", StringComparison.Ordinal));
        var page = await browser.Get("~" + all);
        var columns = page.Body.TrimStart('\ufeff').Split("\r\n")[0].Split(',')[..^1];
        var fields = CrmWeb.Web.Features.Imports.ColumnGuess.For(columns);
        Assert.Equal(["updatedAt", "stageChangedAt", "lastContact"], columns.Where((_, i) => fields[i] == "ignore"));
        Assert.Empty(CrmWeb.Web.Features.Imports.ImportField.All.Except([.. fields, "firstName", "lastName"]));
        Assert.Contains("Anna", page.Body, StringComparison.Ordinal);
        Assert.Contains("Long", page.Body, StringComparison.Ordinal);
        Assert.Contains("@example.org", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_MoreThanAChunk_IsWhole()
    {
        var acme = await Make.Tenant();
        await acme.Use(async db =>
        {
            for (var i = 0; i < 2300; i++) db.Customers.Add(new Customer(new CustomerDetails { Name = $"Customer {i % 700}" }, acme.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var page = await (await acme.Admin.Browser()).Get("/customers.csv?columns=name&sort=-contact");
        Assert.Equal(2301, page.Body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("q=karim", "Ava Karimi")]
    [InlineData("q=AVA", "Ava Karimi")]
    [InlineData("q=ava%40", "Ava Karimi")]
    [InlineData("q=8853", "Ava Karimi")]
    [InlineData("q=nobody", "")]
    [InlineData("q=blue&kind=person", "")]
    [InlineData("q=blue&kind=organisation", "Blue Door")]
    [InlineData("q=", "Ava Karimi,Blue Door")]
    public async Task Find_Typed_AnswersWhoIsMeant(string address, string names)
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, "Blue Door", d => d with { Kind = CustomerKind.Organisation });
        var id = await Make.Customer(acme, "Ava Karimi", d => d with { Email = "ava@example.org", Phone = "+98 21 8853 1200" });
        await Make.Interaction(acme, id);
        await Make.Customer(await Make.Tenant(), "Ava of another tenant");
        var page = await (await acme.Admin.Browser()).Get("/customers/find?" + address);
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries), JsonDocument.Parse(page.Body).RootElement.EnumerateArray().Select(c => c.GetProperty("text").GetString()));
    }
}
