using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

public sealed class MergePageTests
{
    [Fact]
    public async Task Merge_Chosen_MakesOneOfTwo_AndUndoMakesTwo()
    {
        var (acme, survivor, other) = await Two();
        var call = await Make.Interaction(acme, other);
        var browser = await acme.Admin.Browser();
        var page = await browser.Get($"/customers/{survivor}/merge?with={other}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Name Ann Smith Anne Smith", page.Text, StringComparison.Ordinal);
        var body = page.Untouched($"/customers/{survivor}/merge").Where(field => field.Key != "Take[name]").Append(new("Take[name]", "other"));
        var answer = await browser.Post($"/customers/{survivor}/merge", body);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var merged = await acme.CustomerOf(survivor);
        // a field that the survivor has none in takes the other one's by itself
        Assert.Equal(("Anne Smith", "Bonn"), (merged.Name, merged.City));
        Assert.Equal(survivor, await acme.Use(db => db.Interactions.Where(i => i.Id == call).Select(i => i.CustomerId).SingleAsync()));

        var old = await browser.Get($"/customers/{other}");
        Assert.EndsWith($"/customers/{survivor}", old.Location!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", (await browser.Get("/recycle-bin?kind=customer")).Find(".crm-list")?.TextContent ?? "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{other}/restore")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post("/recycle-bin/restore?kind=customer", new { ids = other })).Status);
        Assert.Contains("Merged with", (await browser.Get($"/customers/{survivor}/history")).Text, StringComparison.Ordinal);

        var merge = await acme.Use(db => db.Merges.Select(m => m.Id).SingleAsync());
        Assert.Contains("Anne Smith", (await browser.Get($"/customers/{survivor}/merge")).Find(".crm-list")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/merges/{merge}/undo")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/customers/{other}")).Status);
        Assert.Equal(("Ann Smith", (string?)null), ((await acme.CustomerOf(survivor)).Name, (await acme.CustomerOf(survivor)).City));
        Assert.Equal(other, await acme.Use(db => db.Interactions.Where(i => i.Id == call).Select(i => i.CustomerId).SingleAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/merges/{merge}/undo")).Status);
    }

    [Fact]
    public async Task Choose_WhoIsTheSame_HasNoTokenThatWouldStandInTheAddress()
    {
        var (acme, survivor, _) = await Two();
        var page = await (await acme.Admin.Browser()).Get($"/customers/{survivor}/merge");
        Assert.NotNull(page.Find("form[method=get] [name=with]"));
        Assert.Null(page.Find("form[method=get] [name=__RequestVerificationToken]"));
    }

    [Fact]
    public async Task R1_Merge_WhereOneChangedMeanwhile_IsAConflict_AndKeepsWhatWasChosen()
    {
        var (acme, survivor, other) = await Two();
        var browser = await acme.Admin.Browser();
        var body = (await browser.Get($"/customers/{survivor}/merge?with={other}")).Untouched($"/customers/{survivor}/merge").Where(field => field.Key != "Take[name]").Append(new("Take[name]", "other")).ToList();
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == other);
            customer.Change(CustomerDetails.Of(customer) with { City = "Ulm" }, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var answer = await browser.Post($"/customers/{survivor}/merge", body);
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("Ulm", answer.Text, StringComparison.Ordinal);
        Assert.NotNull(answer.Find("input[name='Take[name]'][value='other'][checked]"));
        Assert.Empty(await acme.Use(db => db.Merges.ToListAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{survivor}/merge", answer.Untouched($"/customers/{survivor}/merge"))).Status);
    }

    [Fact]
    public async Task Merge_OfAPersonAndAnOrganisation_SaysWhyNot()
    {
        var acme = await Make.Tenant();
        var (person, organisation) = (await Make.Customer(acme), await Make.Customer(acme, with: d => d with { Kind = CustomerKind.Organisation }));
        var browser = await acme.Admin.Browser();
        var answer = await browser.Post($"/customers/{person}/merge", new { With = organisation, Version = 0, OtherVersion = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("A person and an organisation cannot be merged", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_WithMoreAddressesThanFit_SaysSo()
    {
        var acme = await Make.Tenant();
        Task<long> With(string letter) => Make.Customer(acme, with: d => d with { OtherEmails = [.. Enumerable.Range(0, 12).Select(i => $"{letter}{i}@example.org")] });
        var (one, two) = (await With("a"), await With("b"));
        var answer = await (await acme.Admin.Browser()).Post($"/customers/{one}/merge", new { With = two, Version = 0, OtherVersion = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("more than 20", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Merge_WithItselfOrSomebodyUnseen_IsNotFound()
    {
        var (acme, survivor, other) = await Two();
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return db.SaveChangesAsync();
        });
        var sales = await Make.Member(acme, Role.Sales);
        var own = await Make.Customer(acme, with: d => d with { OwnerId = sales.Id });
        var browser = await sales.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/customers/{own}/merge")).Status);
        foreach (var with in new[] { own, survivor, other, 999_999 })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/customers/{own}/merge?with={with}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/{own}/merge", new { With = with, Version = 0, OtherVersion = 0 })).Status);
        }

        var merge = await Make.Merge(acme, survivor, other);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/customers/merges/{merge}/undo")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/customers/{other}")).Status);
    }

    [Fact]
    public async Task T10_HiddenField_IsNotShown_AndTheSurvivorGetsItWhereItHasNone()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Text, "Hidden", d => d with { VisibleTo = Role.Manager });
        var fields = await Make.FieldsOf(acme);
        var sales = await Make.Member(acme, Role.Sales);
        var survivor = await Make.Customer(acme, with: d => d with { OwnerId = sales.Id });
        var other = await Make.Customer(acme, with: d => (d with { OwnerId = sales.Id, CustomFields = fields }).With(field.Key, ["Secret-word"]));
        var browser = await sales.Browser();
        var page = await browser.Get($"/customers/{survivor}/merge?with={other}");
        Assert.DoesNotContain("Secret-word", page.Body, StringComparison.Ordinal);
        // nor can it be chosen
        var body = page.Untouched($"/customers/{survivor}/merge").Append(new(string.Create(CultureInfo.InvariantCulture, $"Take[{field.Name}]"), "own"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/{survivor}/merge", body)).Status);
        Assert.Equal("Secret-word", await acme.Use(db => db.CustomValues.Where(v => v.CustomerId == survivor).Select(v => v.Text).SingleAsync()));
    }

    [Fact]
    public async Task Undo_TooLateOrNotTheLast_SaysWhy()
    {
        // a clock of its own
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var (one, two, three) = (await Make.Customer(acme, "One"), await Make.Customer(acme, "Two"), await Make.Customer(acme, "Three"));
        var first = await Make.Merge(acme, one, two);
        await Make.Merge(acme, one, three);
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/merges/{first}/undo");
        Assert.Contains("Take the later merge with Three apart first.", (await browser.Get($"/customers/{one}")).Body, StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromDays(31));
        browser = await acme.Admin.Browser();
        await browser.Post($"/customers/merges/{first}/undo");
        Assert.Contains("This merge is too old to be taken apart.", (await browser.Get($"/customers/{one}")).Body, StringComparison.Ordinal);
        Assert.Equal(2, await acme.Use(db => db.Merges.CountAsync(m => m.UndoneAt == null)));
    }

    private static async Task<(TestTenant Tenant, long Survivor, long Other)> Two()
    {
        var acme = await Make.Tenant();
        return (acme, await Make.Customer(acme, "Ann Smith"), await Make.Customer(acme, "Anne Smith", d => d with { City = "Bonn" }));
    }
}
