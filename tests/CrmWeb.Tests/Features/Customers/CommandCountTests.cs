using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Pages ask a fixed number of questions, however much there is to show.</summary>
public sealed class CommandCountTests
{
    [Theory]
    [InlineData("", 2)]
    [InlineData("?sort=-contact", 2)]
    [InlineData("?stage=lead&owner=me&columns=name,tags,organisation,team", 3)]
    public async Task List_Fifty_AsksFewQuestions(string address, int most)
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var browser = await acme.Admin.Browser();
        foreach (var count in (int[])[1, 119])
        {
            await acme.Use(async db =>
            {
                for (var i = 0; i < count; i++)
                {
                    var customer = new Customer(new CustomerDetails { Name = $"Customer {i}", OwnerId = acme.Admin.Id }, host.Clock.Now);
                    customer.Log(new InteractionDetails { OccurredAt = host.Clock.Now.AddMinutes(-i) }, acme.Admin.Id, host.Clock.Now);
                    customer.Tags.Add(new CustomerTag(new Tag($"Tag {count} {i}")));
                    db.Customers.Add(customer);
                }

                return await db.SaveChangesAsync();
            });
            await browser.Get("/customers" + address);
            await sql.Of(() => browser.Get("/customers" + address));
            Assert.InRange(sql.Commands.Count(command => command.Contains("\"Customers\"", StringComparison.Ordinal) || command.Contains("\"CustomerTags\"", StringComparison.Ordinal)), 1, most);
        }
    }

    [Fact]
    public async Task Show_ManyEntries_AsksAsFewQuestionsAsForNone()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var id = await Make.Customer(acme, "Busy", d => d with { Email = "a@example.org" });
        var browser = await acme.Admin.Browser();
        await browser.Get($"/customers/{id}");
        var few = await sql.Of(() => browser.Get($"/customers/{id}"));
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            for (var i = 0; i < 500; i++) customer.Log(new InteractionDetails { OccurredAt = host.Clock.Now.AddMinutes(-i), IsPlanned = i % 50 == 0 }, acme.Admin.Id, host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(few, await sql.Of(() => browser.Get($"/customers/{id}")));
        Assert.InRange(few, 8, 13);
    }

    [Fact]
    public async Task Log_OneContact_AsksFewQuestions()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var acme = await Make.Tenant(host);
        var id = await Make.Customer(acme, "Called");
        var browser = await acme.Admin.Browser();
        var form = new { CustomerId = id, Channel = "Call", Direction = "Outbound", Outcome = "Reached", Subject = "Delivery" };
        await browser.Post("/interactions/new", form);
        // who asks, the customer, the contact and its event, what follows from them, and who is told
        Page answer = null!;
        var commands = await sql.OfAll(async () => answer = await browser.Post("/interactions/new", form));
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.InRange(commands, 1, 6);
    }
}
