using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Several members do the same thing in the same moment; nobody may see an error page for it.</summary>
public sealed class CustomerRaceTests
{
    private const int Many = 8;

    [Fact]
    public async Task Create_SameNewTagAtOnce_IsOneTag()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        for (var round = 0; round < 3; round++)
        {
            var tag = $"Fresh {round}";
            var answers = await AtOnce(i => browser.Post("/customers/new", new { Kind = "Person", Name = $"Customer {round} {i}", Stage = "Lead", Tags = $"{tag}\nalso {round}" }));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
            Assert.Equal(1, await acme.Use(db => db.Tags.CountAsync(t => t.Name == tag)));
            Assert.Equal(Many, await acme.Use(db => db.CustomerTags.CountAsync(t => t.Tag!.Name == tag)));
        }

        Assert.Equal(3 * Many, await acme.Use(db => db.CustomerEvents.CountAsync(e => e.Kind == CustomerEvent.Created)));
    }

    [Fact]
    public async Task Update_SameNewTagAtOnce_IsOneTag()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var forms = new List<(long Id, Dictionary<string, string> Fields)>();
        for (var i = 0; i < Many; i++)
        {
            var id = await Make.Customer(acme);
            var form = CustomerFormTests.Fields(await browser.Get($"/customers/{id}/edit"));
            form["Tags"] = "Fresh";
            forms.Add((id, form));
        }

        var answers = await AtOnce(i => browser.Post($"/customers/{forms[i].Id}/edit", forms[i].Fields));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Equal(1, await acme.Use(db => db.Tags.CountAsync()));
        Assert.Equal(Many, await acme.Use(db => db.CustomerTags.CountAsync()));
    }

    [Fact]
    public async Task R1_Update_OneCustomerAtOnce_OneIsSavedTheOthersAreTold()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var id = await Make.Customer(acme);
        var form = CustomerFormTests.Fields(await browser.Get($"/customers/{id}/edit"));
        var answers = await AtOnce(i => browser.Post($"/customers/{id}/edit", new Dictionary<string, string>(form, StringComparer.Ordinal) { ["City"] = $"City {i}", ["Tags"] = $"own {i}\nshared" }));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        Assert.Equal(Many - 1, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(2, await acme.Use(db => db.CustomerTags.CountAsync()));
    }

    [Fact]
    public async Task Create_SameExternalIdAtOnce_OneIsMadeTheOthersKeepTheirForm()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var answers = await AtOnce(i => browser.Post("/customers/new", new { Kind = "Person", Name = $"Customer {i}", Stage = "Lead", ExternalId = " X-1 ", Tags = "fresh" }));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Redirect);
        foreach (var refused in answers.Where(answer => answer.Status != HttpStatusCode.Redirect))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Equal("Another customer has this external id.", refused.ErrorFor("ExternalId"));
            Assert.StartsWith("Customer ", refused.Value("Name"), StringComparison.Ordinal);
        }

        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Update_ExternalIdOfAnArchivedCustomer_SaysSoAndKeepsTheForm()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/{await Make.Customer(acme, with: d => d with { ExternalId = "X-1" })}/archive");
        var id = await Make.Customer(acme);
        var form = CustomerFormTests.Fields(await browser.Get($"/customers/{id}/edit"));
        (form["ExternalId"], form["City"]) = ("X-1", "Kept");
        var page = await browser.Post($"/customers/{id}/edit", form);
        Assert.Equal((HttpStatusCode.BadRequest, "Another customer has this external id.", "Kept"), (page.Status, page.ErrorFor("ExternalId"), page.Value("City")));

        form["ExternalId"] = "X-2";
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{id}/edit", form)).Status);
    }

    [Fact]
    public async Task ArchiveAndRestore_AtOnce_EndsInOneOfBoth()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        for (var round = 0; round < 3; round++)
        {
            var id = await Make.Customer(acme);
            var answers = await AtOnce(i => browser.Post($"/customers/{id}/{(i % 2 == 0 ? "archive" : "restore")}"));
            Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.Redirect, HttpStatusCode.NotFound }));

            // what happened is told in turns: away, back, away, …
            var told = await acme.Use(db => db.CustomerEvents.Where(e => e.CustomerId == id).OrderBy(e => e.Id).Select(e => e.Kind).ToListAsync());
            Assert.All(told.Index(), e => Assert.Equal(e.Index % 2 == 0 ? CustomerEvent.Archived : CustomerEvent.Restored, e.Item));
            Assert.Equal(told.Count % 2 == 0, await acme.Use(db => db.Customers.AnyAsync(c => c.Id == id)));
        }
    }

    private static Task<Page[]> AtOnce(Func<int, Task<Page>> act) => Task.WhenAll(Enumerable.Range(0, Many).Select(i => Task.Run(() => act(i))));
}
