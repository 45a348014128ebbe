using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomerHistoryTests
{
    [Fact]
    public async Task History_OfEdits_ShowsWhoAndOldAndNew()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var id = await Edited(acme, browser);
        var page = await browser.Get($"/customers/{id}/history");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("City Bonn Ulm", page.Text, StringComparison.Ordinal);
        Assert.Contains("Stage Lead Loyal", page.Text, StringComparison.Ordinal);
        Assert.Contains("Tags — vip", page.Text, StringComparison.Ordinal);
        Assert.Contains("Admin ", page.Text, StringComparison.Ordinal);
        Assert.Contains("Created", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_OfInteractionsAndTasks_IsOnTheCustomersPage()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        await Make.Interaction(acme, id, new InteractionDetails { OccurredAt = acme.Host.Clock.Now, Subject = "About prices" });
        await Make.Task(acme, acme.Admin, "Send papers", customerId: id);
        var page = await (await acme.Admin.Browser()).Get($"/customers/{id}/history");
        Assert.Contains("Interaction About prices Created", page.Text, StringComparison.Ordinal);
        Assert.Contains("Task Send papers Created", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_OfManyChanges_PagesByKey()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        for (var i = 0; i < 130; i++)
            await acme.Use(async db =>
            {
                var customer = await db.Customers.SingleAsync(c => c.Id == id);
                customer.Change(CustomerDetails.Of(customer) with { City = $"city-{i}-" }, acme.Host.Clock.Now);
                return await db.SaveChangesAsync();
            });
        var browser = await acme.Admin.Browser();
        var first = await browser.Get($"/customers/{id}/history");
        Assert.Contains("city-129-", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("city-10-", first.Text, StringComparison.Ordinal);
        var older = first.Find("a[href*='older=']")!.GetAttribute("href")!;
        var second = await browser.Get(older[older.IndexOf("/customers", StringComparison.Ordinal)..]);
        Assert.Contains("city-10-", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("city-129-", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_ArchivedCustomer_IsThere_InvisibleOne_IsNot()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme);
        await (await acme.Admin.Browser()).Post($"/customers/{id}/archive");
        Assert.Contains("Archived", (await (await acme.Admin.Browser()).Get($"/customers/{id}/history")).Text, StringComparison.Ordinal);
        var sales = await Make.Member(acme, Role.Sales);
        Assert.Equal(HttpStatusCode.NotFound, (await (await sales.Browser()).Get($"/customers/{id}/history")).Status);
    }

    [Theory]
    [InlineData("city", "Bonn")]
    [InlineData("stage", "Lead")]
    [InlineData("tags", "")]
    [InlineData("phones", "030 1")]
    public async Task PutBack_Field_IsAnEditLikeAnyOther(string field, string expected)
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var id = await Edited(acme, browser);
        var change = await acme.LastChange(RecordKind.Customer, id, field);
        var version = (await acme.CustomerOf(id)).Version;

        var page = await browser.Post($"/customers/{id}/history/{change.Id}/restore?version={version}");
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        var customer = await acme.CustomerOf(id);
        Assert.Equal(expected, field switch
        {
            "city" => customer.City,
            "stage" => customer.Stage.ToString(),
            "tags" => string.Join(',', customer.Tags.Select(t => t.Tag!.Name)),
            _ => string.Join(',', customer.ContactPoints.Select(p => p.Value)),
        });
        var back = await acme.LastChange(RecordKind.Customer, id, field);
        Assert.True(back.Id > change.Id);
        Assert.Equal((change.Old, change.New), (back.New, back.Old));
    }

    [Fact]
    public async Task PutBack_ChangedMeanwhile_ShowsTheFormAndSavesNothing()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var id = await Edited(acme, browser);
        var change = await acme.LastChange(RecordKind.Customer, id, "city");
        var page = await browser.Post($"/customers/{id}/history/{change.Id}/restore?version=0");
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("Bonn", page.Value("City"));
        Assert.Equal("Ulm", (await acme.CustomerOf(id)).City);
    }

    [Fact]
    public async Task PutBack_ValueThatIsInvalidNow_ShowsTheFormWithTheError()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "Ann", d => d with { ExternalId = "x1" });
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/{id}/edit", new { Name = "Ann", ExternalId = "x2", Kind = "Person", Stage = "Lead", Version = 0 });
        await Make.Customer(acme, "Bea", d => d with { ExternalId = "x1" });
        var change = await acme.LastChange(RecordKind.Customer, id, "externalId");
        var page = await browser.Post($"/customers/{id}/history/{change.Id}/restore?version={(await acme.CustomerOf(id)).Version}");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Another customer has this external id.", page.ErrorFor("ExternalId"));
    }

    [Fact]
    public async Task PutBack_ChangeOfAnotherRecord_IsNotFound()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var (id, other) = (await Edited(acme, browser), await Make.Customer(acme));
        var change = await acme.LastChange(RecordKind.Customer, id, "city");
        var created = (await acme.ChangesOf(RecordKind.Customer, other))[0];
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{other}/history/{change.Id}/restore?version=0")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{other}/history/{created.Id}/restore?version=0")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/interactions/{id}/history/{change.Id}/restore?version=0")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/tasks/{id}/history/{change.Id}/restore?version=0")).Status);
    }

    [Fact]
    public async Task PutBack_InteractionAndTask_GetTheirValuesBack()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var customer = await Make.Customer(acme);
        var interaction = await Make.Interaction(acme, customer, new InteractionDetails { OccurredAt = acme.Host.Clock.Now.AddDays(-2), Subject = "First", Outcome = Outcome.Reached });
        var task = await Make.Task(acme, acme.Admin, "First", new DateOnly(2027, 1, 2), customer);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/interactions/{interaction}", new { Channel = "Email", At = acme.Host.Clock.Now.AddDays(-1), Subject = "Second", Outcome = "NoAnswer", Version = 0 })).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/tasks/{task}", new { Title = "Second", DueOn = new DateOnly(2027, 2, 3), OwnerId = acme.Admin.Id, Version = 0 })).Status);

        foreach (var change in (await acme.ChangesOf(RecordKind.Interaction, interaction)).Where(x => x.Field is "subject" or "outcome" or "occurredAt"))
        {
            var version = await acme.Use(db => db.Interactions.Where(i => i.Id == interaction).Select(i => i.Version).SingleAsync());
            Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/interactions/{interaction}/history/{change.Id}/restore?version={version}")).Status);
        }

        foreach (var change in (await acme.ChangesOf(RecordKind.Task, task)).Where(x => x.Field is "title" or "dueOn"))
        {
            var version = await acme.Use(db => db.Tasks.Where(t => t.Id == task).Select(t => t.Version).SingleAsync());
            Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/tasks/{task}/history/{change.Id}/restore?version={version}")).Status);
        }

        var contact = await acme.Use(db => db.Interactions.SingleAsync(i => i.Id == interaction));
        Assert.Equal(("First", Outcome.Reached), (contact.Subject, contact.Outcome));
        Assert.Equal(ChangeText.Of(contact.OccurredAt), (await acme.ChangesOf(RecordKind.Interaction, interaction)).First(x => x.Field == "occurredAt").Old);
        var todo = await acme.Use(db => db.Tasks.SingleAsync(t => t.Id == task));
        Assert.Equal(("First", new DateOnly(2027, 1, 2)), (todo.Title, todo.DueOn));
        Assert.Equal(HttpStatusCode.Conflict, (await browser.Post($"/tasks/{task}/history/{(await acme.LastChange(RecordKind.Task, task, "title")).Id}/restore?version=0")).Status);
    }

    /// <summary>Ann of Bonn, a lead, who becomes loyal, moves to Ulm, gets a tag and loses a phone.</summary>
    private static async Task<long> Edited(TestTenant acme, Visitor browser)
    {
        var id = await Make.Customer(acme, "Ann", d => d with { City = "Bonn", OtherPhones = ["030 1"] });
        var page = await browser.Post($"/customers/{id}/edit", new { Name = "Ann", City = "Ulm", Kind = "Person", Stage = "Loyal", Tags = "vip", Version = 0 });
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        return id;
    }
}
