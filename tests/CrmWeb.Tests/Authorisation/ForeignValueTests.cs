using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Authorisation;

/// <summary>
/// Every field of a form that names a row is filled with the id of another tenant's row, one at a time, in a body that is valid otherwise. Tags are
/// named by their text, so there is no id to swap.
/// </summary>
public sealed class ForeignValueTests
{
    [Fact]
    public async Task T3_ForeignIdInABody_IsRefusedAndNothingChanges()
    {
        var host = await CrmHost.Shared();
        var (own, foreign) = (await Rows.Of(await Make.Tenant(host)), await Rows.Of(await Make.Tenant(host)));
        var browser = await own.Tenant.Admin.Browser();
        foreach (var form in Forms)
        {
            var answer = await browser.Post(form.Path(own), await form.Body(own));
            Assert.True(answer.Status == HttpStatusCode.Redirect, $"{form.Path(own)} answered {(int)answer.Status} to a valid body: {answer.Text}");
        }

        var before = (await ForeignIdTests.Hash(own.Tenant), await ForeignIdTests.Hash(foreign.Tenant));
        foreach (var form in Forms)
            foreach (var (field, id) in form.Swaps)
            {
                var body = await form.Body(own);
                body[field] = Text(id(foreign));
                var answer = await browser.Post(form.Path(own), body);
                Assert.True((int)answer.Status is >= 400 and < 500, $"{form.Path(own)} answered {(int)answer.Status} to a foreign {field}");
                Assert.True(before == (await ForeignIdTests.Hash(own.Tenant), await ForeignIdTests.Hash(foreign.Tenant)), $"{form.Path(own)} changed rows for a foreign {field}");
            }
    }

    private static readonly Form[] Forms =
    [
        new(_ => "/customers/new", rows => Done(Customer(rows)), Customers),
        new(rows => $"/customers/{rows.Customer}/edit", async rows => With(Customer(rows), "Version", await rows.Version(db => db.Customers.Where(c => c.Id == rows.Customer).Select(c => c.Version))), Customers),
        new(_ => "/interactions/new", rows => Done(new() { ["CustomerId"] = Text(rows.Customer), ["Channel"] = "Call", ["Subject"] = "Talked" }), [("CustomerId", r => r.Customer)]),
        new(_ => "/tasks/new", rows => Done(Todo(rows)), Tasks),
        new(rows => $"/tasks/{rows.Task}", async rows => With(Todo(rows), "Version", await rows.Version(db => db.Tasks.Where(t => t.Id == rows.Task).Select(t => t.Version))), Tasks),
        new(rows => $"/tasks/{rows.Task}/owner", rows => Done(new() { ["OwnerId"] = Text(rows.Member) }), [("OwnerId", r => r.Member)]),
        new(rows => $"/settings/members/{rows.Member}", async rows => With(new() { ["Roles"] = "Sales", ["Teams"] = Text(rows.Team) }, "Version", await rows.Version(db => db.Members.Where(m => m.Id == rows.Member).Select(m => m.Version))), [("Teams", r => r.Team)]),
        new(_ => "/settings/invitations/new", rows => Done(new() { ["Emails"] = $"new{Make.Number()}@example.org", ["Roles"] = "Sales", ["TeamId"] = Text(rows.Team) }), [("TeamId", r => r.Team)]),
        new(_ => "/settings/teams/new", rows => Done(new() { ["Name"] = $"Team {Make.Number()}", ["Members"] = Text(rows.Member) }), [("Members", r => r.Member)]),
    ];

    private static (string Field, Func<Rows, long> Id)[] Customers => [("OwnerId", r => r.Member), ("TeamId", r => r.Team), ("OrganisationId", r => r.Organisation)];

    private static (string Field, Func<Rows, long> Id)[] Tasks => [("OwnerId", r => r.Member), ("CustomerId", r => r.Customer)];

    private static Dictionary<string, string> Customer(Rows rows) => new()
    {
        ["Kind"] = "Person",
        ["Name"] = $"Customer {Make.Number()}",
        ["Stage"] = "Lead",
        ["OwnerId"] = Text(rows.Member),
        ["TeamId"] = Text(rows.Team),
        ["OrganisationId"] = Text(rows.Organisation),
    };

    private static Dictionary<string, string> Todo(Rows rows) => new()
    {
        ["Title"] = "Call back",
        ["DueOn"] = "2030-01-01",
        ["OwnerId"] = Text(rows.Member),
        ["Priority"] = "Normal",
        ["CustomerId"] = Text(rows.Customer),
    };

    private static Dictionary<string, string> With(Dictionary<string, string> body, string field, int value)
    {
        body[field] = Text(value);
        return body;
    }

    private static Task<Dictionary<string, string>> Done(Dictionary<string, string> body) => Task.FromResult(body);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record Form(Func<Rows, string> Path, Func<Rows, Task<Dictionary<string, string>>> Body, (string Field, Func<Rows, long> Id)[] Swaps);

    private sealed record Rows(TestTenant Tenant, long Member, long Team, long Customer, long Organisation, long Task)
    {
        public static async Task<Rows> Of(TestTenant tenant)
        {
            var member = await Make.Member(tenant, Role.Sales);
            var customer = await Make.Customer(tenant);
            return new(tenant, member.Id, await Make.Team(tenant), customer, await Make.Customer(tenant, with: c => c with { Kind = CustomerKind.Organisation }), await Make.Task(tenant, member, customerId: customer));
        }

        public Task<int> Version(Func<CrmWeb.Data.CrmDb, IQueryable<int>> of) => Tenant.Use(db => of(db).SingleAsync());
    }
}
