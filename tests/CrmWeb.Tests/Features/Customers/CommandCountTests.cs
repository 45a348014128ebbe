using System.Data.Common;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

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
        var counter = new Counter();
        await using var host = await CrmHost.Start(counter.Listen);
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
            counter.OfCustomers = 0;
            await browser.Get("/customers" + address);
            Assert.InRange(counter.OfCustomers, 1, most);
        }
    }

    [Fact]
    public async Task Show_ManyEntries_AsksAsFewQuestionsAsForNone()
    {
        var counter = new Counter();
        await using var host = await CrmHost.Start(counter.Listen);
        var acme = await Make.Tenant(host);
        var id = await Make.Customer(acme, "Busy", d => d with { Email = "a@example.org" });
        var browser = await acme.Admin.Browser();
        await browser.Get($"/customers/{id}");
        counter.All = 0;
        await browser.Get($"/customers/{id}");
        var few = counter.All;
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            for (var i = 0; i < 500; i++) customer.Log(new InteractionDetails { OccurredAt = host.Clock.Now.AddMinutes(-i), IsPlanned = i % 50 == 0 }, acme.Admin.Id, host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        counter.All = 0;
        await browser.Get($"/customers/{id}");
        Assert.Equal(few, counter.All);
        Assert.InRange(few, 8, 16);
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public int All { get; set; }

        public int OfCustomers { get; set; }

        public void Listen(IServiceCollection services) => services
            .ConfigureDbContext<SqliteCrmDb>(options => options.AddInterceptors(this))
            .ConfigureDbContext<PostgreSqlCrmDb>(options => options.AddInterceptors(this));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            All++;
            if (command.CommandText.Contains("\"Customers\"", StringComparison.Ordinal) || command.CommandText.Contains("\"CustomerTags\"", StringComparison.Ordinal)) OfCustomers++;
            return ValueTask.FromResult(result);
        }
    }
}
