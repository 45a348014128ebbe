using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Customers.Bulk;

/// <summary>From the list over the forms and the preview to the result and back.</summary>
public sealed class BulkPageTests
{
    [Fact]
    public async Task Walk_SetAFieldOfChosenOnes_ShowsPreviewRunsAndUndoes()
    {
        var acme = await Make.Tenant();
        var (one, other) = (await Make.Customer(acme, "One", d => d with { City = "Bonn" }), await Make.Customer(acme, "Other", d => d with { City = "Rome" }));
        var browser = await acme.Admin.Browser();
        var list = await browser.Get("/customers");
        Assert.Equal(2, list.Html.QuerySelectorAll("input[name=ids]").Length);

        var begun = await browser.Post("/customers/bulk", new Dictionary<string, string> { ["ids"] = Text(one), ["act"] = "field" });
        var id = IdOf(begun);
        var form = await browser.Get($"/customers/bulk/{id}/field?field=city");
        Assert.NotNull(form.Find("input[name=Value]"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/customers/bulk/{id}/field", new Dictionary<string, string> { ["Field"] = "city", ["Act"] = "Set", ["Value"] = "Köln" })).Status);
        var preview = await browser.Get($"/customers/bulk/{id}");
        Assert.Contains("This is what happens to 1 customers.", preview.Text, StringComparison.Ordinal);
        Assert.Contains("Bonn", preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Rome", preview.Text, StringComparison.Ordinal);
        Assert.Equal("Bonn", await City(acme, one));

        await browser.Post($"/customers/bulk/{id}/run");
        Assert.Contains("Customers are being changed", (await browser.Get($"/customers/bulk/{id}")).Text, StringComparison.Ordinal);
        await Work(acme);
        Assert.Equal(("Köln", "Rome"), (await City(acme, one), await City(acme, other)));
        Assert.Contains("Changed customers", (await browser.Get($"/customers/bulk/{id}")).Text, StringComparison.Ordinal);
        await browser.Post($"/customers/bulk/{id}/undo");
        await Work(acme);
        Assert.Equal("Bonn", await City(acme, one));
        Assert.Contains("The bulk edit is undone", (await browser.Get($"/customers/bulk/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains("City: Köln", (await browser.Get("/customers/bulk?state=undone")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_After30Days_IsRefused()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var customer = await Make.Customer(acme, "One", d => d with { City = "Bonn" });
        var id = await Make.BulkEdit(acme, new(BulkAct.Set, "city") { Values = ["Köln"] }, [customer]);
        await acme.Do(id);
        host.Clock.Advance(TimeSpan.FromDays(31));
        var browser = await acme.Admin.Browser();
        await browser.Post($"/customers/bulk/{id}/undo");
        await Work(acme);
        Assert.Equal((BulkState.Done, "Köln"), ((await acme.BulkEditOf(id)).State, await City(acme, customer)));
    }

    [Theory]
    [InlineData("stage", "", "Value")]
    [InlineData("stage", "nonsense", "Value")]
    [InlineData("ownerId", "987654321", "Value")]
    [InlineData("name", "Ann", "Field")]
    [InlineData("custom.gone", "x", "Field")]
    [InlineData("custom.size", "many", "Value")]
    public async Task Field_Invalid_SaysSoBesideTheField(string field, string value, string wrong)
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Number, "Size");
        var id = await Make.BulkEdit(acme, null, [await Make.Customer(acme)]);
        var page = await (await acme.Admin.Browser()).Post($"/customers/bulk/{id}/field", new Dictionary<string, string> { ["Field"] = field, ["Act"] = "Set", ["Value"] = value });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.NotNull(page.ErrorFor(wrong));
        Assert.Null((await acme.BulkEditOf(id)).What);
    }

    [Fact]
    public async Task T10_HiddenField_IsNeitherOfferedNorTaken()
    {
        var acme = await Make.Tenant();
        var hidden = await Make.Field(acme, CustomFieldType.Text, "Secret", f => f with { VisibleTo = Role.Manager });
        var rep = await Make.Member(acme, Role.Sales);
        var id = await Make.BulkEdit(acme, null, [await Make.Customer(acme, with: d => d with { OwnerId = rep.Id })], by: rep);
        var browser = await rep.Browser();
        Assert.DoesNotContain("Secret", (await browser.Get($"/customers/bulk/{id}/field?field={hidden.Name}")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post($"/customers/bulk/{id}/field", new Dictionary<string, string> { ["Field"] = hidden.Name, ["Value"] = "x" })).Status);
    }

    [Fact]
    public async Task Show_OfAColleague_IsNotFound()
    {
        var acme = await Make.Tenant();
        var id = await Make.BulkEdit(acme, new(BulkAct.Archive), [await Make.Customer(acme)]);
        Assert.Equal(HttpStatusCode.NotFound, (await (await (await Make.Member(acme, Role.Manager)).Browser()).Get($"/customers/bulk/{id}")).Status);
    }

    [Fact]
    public async Task Create_NothingChosenOrOddAddress_GoesBackToTheList()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/customers/bulk")).Status);
        Assert.EndsWith("/customers", (await browser.Post("/customers/bulk", new Dictionary<string, string> { ["all"] = "true", ["query"] = "?nonsense=1" })).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(0, await acme.Use(db => db.BulkEdits.CountAsync()));
        var page = await browser.Post("/customers/bulk", new Dictionary<string, string> { ["all"] = "true", ["query"] = "?stage=lead&sort=name&columns=name", ["act"] = "tags" });
        Assert.EndsWith("/tags", page.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static async Task Work(TestTenant tenant)
    {
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
    }

    private static Task<string?> City(TestTenant tenant, long id) => tenant.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.City).SingleAsync());

    private static long IdOf(Page page) => long.Parse(page.Location!.OriginalString.Split('/').First(part => long.TryParse(part, CultureInfo.InvariantCulture, out _)), CultureInfo.InvariantCulture);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
