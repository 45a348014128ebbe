using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class CustomerBatchTests
{
    [Fact]
    public async Task Batch_EachRow_HasItsResult()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var known = await Make.Customer(acme, "Known", c => c with { ExternalId = "known", City = "Oslo", OtherEmails = ["a@example.org"] });
        await Make.Customer(acme, "Same", c => c with { ExternalId = "same" });
        var archived = await Make.Customer(acme, "Archived", c => c with { ExternalId = "archived" });
        await acme.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == archived)).Archive(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });

        var answer = (await api.Post("/customers/batch", new
        {
            items = new object[]
            {
                new { externalId = "new", name = "New", email = "new@example.org", tags = new[] { "VIP" } },
                new { externalId = "known", stage = "customer", otherEmails = new[] { "b@example.org" }, tags = new[] { "VIP", "Gold" } },
                new { externalId = "same", name = "Same" },
                new { externalId = "archived", name = "X" },
                new { externalId = "bad", name = "Bad", email = "no address" },
                new { name = "Nobody" },
                new { externalId = "new", name = "Twice" },
                new { externalId = "extra", name = "Extra", colour = 1 },
                new { externalId = "nameless" },
                new { externalId = "foreign", name = "F", ownerId = 987654321, teamId = 987654321, organisationId = known },
                5,
            },
        })).Assert200().Json;

        var outcomes = answer["items"]!.AsArray().Select(item => item!["outcome"]!.GetValue<string>()).ToArray();
        Assert.Equal(["created", "changed", "same", "refused", "refused", "refused", "refused", "refused", "refused", "refused", "refused"], outcomes);
        Assert.Equal((1, 1, 1, 8), (answer["created"]!.GetValue<int>(), answer["changed"]!.GetValue<int>(), answer["same"]!.GetValue<int>(), answer["refused"]!.GetValue<int>()));
        string[] Fields(int row) => [.. answer["items"]![row]!["errors"]!.AsObject().Select(error => error.Key)];
        Assert.Equal(["externalId"], Fields(3));
        Assert.Equal(["email"], Fields(4));
        Assert.Equal(["externalId"], Fields(5));
        Assert.Equal(["colour"], Fields(7));
        Assert.Equal(["name"], Fields(8));
        Assert.Equal(["organisationId", "ownerId", "teamId"], Fields(9).Order(StringComparer.Ordinal));

        var read = (await api.Get($"/customers/{known}")).Assert200().Json;
        Assert.Equal("Oslo", read["city"]!.GetValue<string>());
        Assert.Equal("customer", read["stage"]!.GetValue<string>());
        Assert.Equal(["b@example.org"], read["otherEmails"]!.AsArray().Select(mail => mail!.GetValue<string>()));
        Assert.Equal(["Gold", "VIP"], read["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.True(await acme.Use(db => db.CustomerEvents.AnyAsync(e => e.CustomerId == known && e.Kind == CustomerEvent.CameTo(LifecycleStage.Customer))));

        // fewer tags than before: the others go, and only where they are named
        (await api.Post("/customers/batch", """{"items":[{"externalId":"known","tags":["Gold"]},{"externalId":"new","city":"Rome"}]}""")).Assert200();
        Assert.Equal("Gold", Assert.Single((await api.Get($"/customers/{known}")).Json["tags"]!.AsArray())!.GetValue<string>());
        Assert.Equal("VIP", Assert.Single((await api.Get("/customers?q=New")).Json["items"]![0]!["tags"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public async Task Batch_Again_ChangesNothing()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var items = Enumerable.Range(0, 1000).Select(i => new { externalId = $"E{i}", name = $"Customer {i}", email = $"c{i}@example.org", phone = "+49 30 1234567", country = "Germany", tags = new[] { "Batch" } }).ToArray();
        Assert.Equal(1000, (await api.Post("/customers/batch", new { items })).Assert200().Json["created"]!.GetValue<int>());
        Assert.Equal(1000, (await api.Post("/customers/batch", new { items })).Assert200().Json["same"]!.GetValue<int>());
        Assert.Equal(1000, await acme.Use(db => db.Customers.CountAsync(c => c.Country == "DE" && c.EmailNormal != null)));
        var more = items.Append(items[0]).ToArray();
        Assert.NotEmpty((await api.Post("/customers/batch", new { items = more })).AssertProblem(HttpStatusCode.BadRequest).ErrorsOf("items"));
        (await api.Post("/customers/batch", "{}")).AssertProblem(HttpStatusCode.BadRequest);
        (await api.Post("/customers/batch", """{"items":[null]}""")).Assert200();
    }

    [Fact]
    public async Task T8_Batch_ReachesNobodyElses()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var theirs = await Make.Customer(other, "Theirs", c => c with { ExternalId = "E1", Kind = CustomerKind.Organisation });
        var rep = await Make.Member(acme, Role.Sales);
        await Make.Customer(acme, "Unseen", c => c with { ExternalId = "E2" });
        var api = await Make.Program(rep);
        var answer = (await api.Post("/customers/batch", new
        {
            items = new object[] { new { externalId = "E1", name = "Mine" }, new { externalId = "E2", name = "Taken" }, new { externalId = "E3", name = "Linked", organisationId = theirs, ownerId = other.Admin.Id } },
        })).Assert200().Json;
        Assert.Equal(["created", "refused", "refused"], answer["items"]!.AsArray().Select(item => item!["outcome"]!.GetValue<string>()));
        Assert.Equal("Theirs", await other.Use(db => db.Customers.Where(c => c.Id == theirs).Select(c => c.Name).SingleAsync()));
        // whoever sees their own only finds again what they made
        Assert.Single((await api.Get("/customers")).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task Batches_AtOnce_LeaveEachCustomerOnce()
    {
        var acme = await Make.Tenant();
        var api = await Make.Program(acme.Admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => api.Post(
            "/customers/batch", new { items = Enumerable.Range(0, 50).Select(i => new { externalId = $"E{i}", name = $"Customer {i}", city = $"City {n}", tags = new[] { "T" } }) },
            ("Idempotency-Key", $"k{n}"))));
        Assert.All(answers, answer => Assert.Equal(0, answer.Assert200().Json["refused"]!.GetValue<int>()));
        Assert.Equal(50, await acme.Use(db => db.Customers.CountAsync()));
    }
}
