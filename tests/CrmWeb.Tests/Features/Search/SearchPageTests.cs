using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Search;

/// <summary>The page "search" and what the palette asks for: customers, pages and actions of the member who asks, and of nobody else.</summary>
public sealed class SearchPageTests
{
    [Theory]
    [InlineData("rosalind", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("kazemi rosal", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("LUKASIEWICZ", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("ro", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("r", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("lab.exam", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("0170 99-88", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("+49 170 9988", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("۹۹۸۸", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("ext-77", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("crystal", "Rosalind Łukasiewicz-Kazemi")]
    [InlineData("كاظمي", "سارا کاظمی")]
    [InlineData("very imp", "Rosalind Łukasiewicz-Kazemi")]
    public async Task Search_AnyPart_FindsTheCustomer(string typed, string name)
    {
        var acme = await Acme();
        var page = await (await acme.Admin.Browser()).Get($"/search?q={Uri.EscapeDataString(typed)}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(name, Names(page));
    }

    [Theory]
    [InlineData("rosalidn")]
    [InlineData("rosaind")]
    [InlineData("roselind")]
    [InlineData("rossalind")]
    [InlineData("osalind")]
    [InlineData("rosalin kazmei")]
    public async Task Search_OneSlip_FindsTheCustomerAllTheSame(string typed)
    {
        var acme = await Acme();
        Assert.Equal("Rosalind Łukasiewicz-Kazemi", Names(await (await acme.Admin.Browser()).Get($"/search?q={Uri.EscapeDataString(typed)}"))[0]);
    }

    [Fact]
    public async Task Search_List_FindsTheSame()
    {
        var acme = await Acme();
        var browser = await acme.Admin.Browser();
        foreach (var typed in new[] { "kazemi", "0170 9988", "lab.exam", "crystal", "very imp", "r", "ro" })
            Assert.Contains("Rosalind", (await browser.Get($"/customers?q={Uri.EscapeDataString(typed)}")).Text, StringComparison.Ordinal);
        Assert.Contains("Rosalind", (await browser.Get("/customers?city=cambr")).Text, StringComparison.Ordinal);
        Assert.Contains("Rosalind", (await browser.Get("/customers?phone=170-9988")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Rosalind", (await browser.Get("/customers?city=oxfor")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Palette_IsAListOfOptionsWithTheMatchMarked()
    {
        var acme = await Acme();
        await Make.Customer(acme, "<b>Rosalie</b> & Co");
        var browser = await acme.Admin.Browser();
        browser.Http.DefaultRequestHeaders.Add("X-Palette", "1");
        var page = await browser.Get("/search?q=rosal");
        Assert.DoesNotContain("<html", page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;<mark>Rosal</mark>ie&lt;/b&gt; &amp; Co", page.Body, StringComparison.Ordinal);
        Assert.Contains("role=\"option\"", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_Nothing_SaysSo()
    {
        var acme = await Acme();
        Assert.Contains("Nothing found", (await (await acme.Admin.Browser()).Get("/search?q=zzzzzzzz")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("a\" OR \"b")]
    [InlineData("* NEAR( ^x:y -z")]
    [InlineData("%__")]
    [InlineData("'; DROP TABLE x --")]
    [InlineData("\\\\\\")]
    public async Task Search_AnySign_IsLookedForAsItIs(string typed)
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme, $"Odd {typed} name");
        await Make.Customer(acme, "Plain name");
        var page = await (await acme.Admin.Browser()).Get($"/search?q={Uri.EscapeDataString($"Odd {typed}")}");
        Assert.Equal([$"Odd {typed} name"], Names(page));
    }

    [Fact]
    public async Task Search_PagesAndActions_AreThoseTheMemberMay()
    {
        var acme = await Make.Tenant();
        var (admin, viewer) = (await acme.Admin.Browser(), await (await Make.Member(acme, Role.Viewer)).Browser());
        Assert.Contains("New person", (await admin.Get("/search?q=new cust")).Find("#main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Teams", (await admin.Get("/search?q=team")).Find("#main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("New person", (await viewer.Get("/search?q=new cust")).Find("#main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Teams", (await viewer.Get("/search?q=team")).Find("#main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T2_Recent_ForeignArchivedAndUnseen_AreLeftOut()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var sales = await Make.Member(acme, Role.Sales);
        await acme.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        var mine = await Make.Customer(acme, "Mine own", d => d with { OwnerId = sales.Id });
        var unseen = await Make.Customer(acme, "Mine unseen", d => d with { OwnerId = acme.Admin.Id });
        var archived = await Make.Customer(acme, "Mine archived", d => d with { OwnerId = sales.Id });
        var foreign = await Make.Customer(other, "Mine foreign");
        await acme.Use(db => db.Customers.Where(c => c.Id == archived).ExecuteUpdateAsync(set => set.SetProperty(c => c.DeletedAt, acme.Host.Clock.Now)));

        var browser = await sales.Browser();
        Assert.Equal(["Mine own"], Names(await browser.Get($"/search?recent={unseen},{mine},{archived},{foreign},x,-1,99999999999999999999")));
        // neither by its name
        Assert.Equal(["Mine own"], Names(await browser.Get("/search?q=mine")));
        Assert.Equal(["Mine own"], Names(await browser.Get("/search?q=ine%20")));
    }

    private static List<string> Names(Page page) => [.. page.Texts("#main a:has(.crm-avatar) .crm-found-name")];

    private static async Task<TestTenant> Acme()
    {
        var acme = await Make.Tenant();
        await acme.Use(db => db.Tenants.Where(t => t.Id == acme.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Country, "DE")));
        var organisation = await Make.Customer(acme, "Crystal Works", d => d with { Kind = CustomerKind.Organisation });
        var id = await Make.Customer(acme, "Rosalind Łukasiewicz-Kazemi", d => d with { Email = "rf@lab.example", Phone = "+49 (0)170 9988 776", PhoneCountry = "DE", OrganisationId = organisation, ExternalId = "EXT-77", City = "Cambridge" });
        await acme.Use(async db =>
        {
            (await db.Customers.Include(c => c.Tags).SingleAsync(c => c.Id == id)).Tags.Add(new CustomerTag(new Tag("Very Important")));
            return await db.SaveChangesAsync();
        });
        await Make.Customer(acme, "سارا کاظمی");
        for (var i = 0; i < 5; i++) await Make.Customer(acme, $"Somebody Else {i}");
        return acme;
    }
}
