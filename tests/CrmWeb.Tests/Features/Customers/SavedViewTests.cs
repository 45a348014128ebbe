using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Lists that are kept under a name.</summary>
public sealed class SavedViewTests
{
    private const string Rows = "tr.crm-list-row th bdi";

    [Fact]
    public async Task Create_OfAList_OpensAsThatList()
    {
        var (acme, browser) = await Two();
        var made = await browser.Post("/customers/views/new", new { Name = " Leads ", SharedWith = "Nobody", IsPinned = true, Query = "stage=lead&sort=-name&columns=name,city&nonsense=1" });
        var id = await acme.Use(db => db.SavedViews.Select(v => v.Id).SingleAsync());
        Assert.EndsWith($"/customers?view={id}", made.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("stage=lead&sort=-name&columns=name,city", await acme.Use(db => db.SavedViews.Select(v => v.Query).SingleAsync()));

        var opened = await browser.Get($"/customers?view={id}");
        Assert.Equal(["Zoe", "Ann"], opened.Texts(Rows));
        Assert.Equal(["Name", "City"], opened.Texts(".crm-table thead th:not(.crm-list-box)"));
        Assert.Equal("Leads", opened.Find(".crm-tabs [aria-current]")!.TextContent);
        Assert.Null(opened.Find("[formaction*='/query']"));
        // the pin stands on every page, its number comes afterwards
        Assert.Equal("Leads", (await browser.Get("/today")).Find(".crm-pins a bdi")!.TextContent);
        Assert.Equal("2", JsonNode.Parse((await browser.Get("/customers/views/counts")).Body)![0]!["text"]!.GetValue<string>());
        // what is narrowed further says so, and clearing it is no way back into the view by itself
        var changed = await browser.Get($"/customers?stage=prospect&of={id}");
        Assert.Equal(["Bob"], changed.Texts(Rows));
        Assert.NotNull(changed.Find("[formaction*='/query']"));
        Assert.Equal(3, (await browser.Get($"/customers?of={id}")).Texts(Rows).Count());
    }

    [Fact]
    public async Task Create_NoNameOrTooMuch_SaysSo()
    {
        var (acme, browser) = await Two();
        var empty = await browser.Post("/customers/views/new", new { Name = " ", Query = "stage=lead" });
        Assert.Equal((HttpStatusCode.BadRequest, "Please fill this in."), (empty.Status, empty.ErrorFor("Name")));
        Assert.Equal("stage=lead", empty.Value("Query"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Post("/customers/views/new", new { Name = "x", Query = new string('x', SavedView.QueryLength + 1) })).Status);
        await Make.Team(acme);
        Assert.Equal("Please fill this in.", (await browser.Post("/customers/views/new", new { Name = "x", SharedWith = "Team" })).ErrorFor("TeamId"));
        Assert.Equal(0, await acme.Use(db => db.SavedViews.CountAsync()));
    }

    [Fact]
    public async Task Share_ByRoleAndTeam_ReachesThoseItIsFor()
    {
        var (acme, _) = await Two();
        var (seller, mate, other) = (await Make.Member(acme, Role.Sales), await Make.Member(acme, Role.Viewer), await Make.Member(acme, Role.Manager));
        var (team, foreign) = (await Make.Team(acme, "North", seller, mate), await Make.Team(acme, "South"));
        var sales = await seller.Browser();
        Assert.NotNull((await sales.Post("/customers/views/new", new { Name = "All", SharedWith = "Everybody" })).ErrorFor("SharedWith"));
        Assert.NotNull((await sales.Post("/customers/views/new", new { Name = "South", SharedWith = "Team", TeamId = foreign })).ErrorFor("TeamId"));
        Assert.Equal(HttpStatusCode.Redirect, (await sales.Post("/customers/views/new", new { Name = "North", SharedWith = "Team", TeamId = team, Query = "stage=lead" })).Status);
        var id = await acme.Use(db => db.SavedViews.Select(v => v.Id).SingleAsync());

        Assert.Equal(HttpStatusCode.OK, (await (await mate.Browser()).Get($"/customers?view={id}")).Status);
        var manager = await other.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Get($"/customers?view={id}")).Status);
        Assert.DoesNotContain("North", (await manager.Get("/customers/views")).Text, StringComparison.Ordinal);
        // whoever has it pins it for themselves, and changes nothing of it
        Assert.Equal(HttpStatusCode.Redirect, (await (await mate.Browser()).Post($"/customers/views/{id}/pin")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await mate.Browser()).Get($"/customers/views/{id}/edit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await mate.Browser()).Post($"/customers/views/{id}/delete")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Post($"/customers/views/{id}/pin")).Status);
        Assert.Null((await sales.Get("/today")).Find(".crm-pins"));
    }

    [Fact]
    public async Task Change_SharedByOthers_IsTheOwnersAndTheAdmins()
    {
        var (acme, admin) = await Two();
        var owner = await Make.Member(acme, Role.Manager);
        var (shared, own) = (await Make.View(owner, "stage=lead", "Shared", Sharing.Everybody), await Make.View(owner, "stage=lead", "Own"));
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/customers/views/{shared}/edit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/customers/views/{own}/edit")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await (await Make.Member(acme, Role.Manager)).Browser()).Get($"/customers/views/{shared}/edit")).Status);
        await admin.Post($"/customers/views/{shared}/edit", new { Name = "Renamed", SharedWith = "Everybody", Version = 0 });
        Assert.Equal("Renamed", await acme.Use(db => db.SavedViews.Where(v => v.Id == shared).Select(v => v.Name).SingleAsync()));
    }

    [Fact]
    public async Task R1_Edit_OfAnOlderVersion_ShowsBoth()
    {
        var (acme, browser) = await Two();
        var id = await Make.View(acme.Admin, "stage=lead", "Leads");
        var version = int.Parse((await browser.Get($"/customers/views/{id}/edit")).Value("Version")!, System.Globalization.CultureInfo.InvariantCulture);
        await browser.Post($"/customers/views/{id}/edit", new { Name = "Theirs", Version = version });
        var late = await browser.Post($"/customers/views/{id}/edit", new { Name = "Mine", Version = version });
        Assert.Equal((HttpStatusCode.Conflict, "Mine"), (late.Status, late.Value("Name")));
        Assert.Contains("Theirs", late.Text, StringComparison.Ordinal);
        await browser.Post($"/customers/views/{id}/query?query=stage%3Dprospect&version={version}");
        Assert.Equal("stage=lead", await acme.Use(db => db.SavedViews.Select(v => v.Query).SingleAsync()));
    }

    [Fact]
    public async Task Delete_ThenUndo_HasItBack()
    {
        var (acme, browser) = await Two();
        var id = await Make.View(acme.Admin, "stage=lead", "Leads");
        await browser.Post($"/customers/views/{id}/pin");
        await browser.Post($"/customers/views/{id}/delete");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/customers?view={id}")).Status);
        Assert.Null((await browser.Get("/today")).Find(".crm-pins"));
        await browser.Post($"/customers/views/{id}/restore");
        Assert.NotNull((await browser.Get("/today")).Find(".crm-pins"));
        Assert.Equal(["Deleted", "Restored"], await acme.Use(db => db.Changes.Where(x => x.Record == RecordKind.SavedView && x.Act > Act.Archived).OrderBy(x => x.Act == Act.Restored).Select(x => x.Act.ToString()).ToListAsync()));
    }

    [Fact]
    public async Task Begin_WithAView_ListOpensWithIt()
    {
        var (acme, browser) = await Two();
        var (leads, prospects) = (await Make.View(acme.Admin, "stage=lead"), await Make.View(acme.Admin, "stage=prospect"));
        await browser.Post($"/customers/views/{leads}/begin");
        await browser.Post($"/customers/views/{prospects}/begin");
        Assert.Equal(["Bob"], (await browser.Get("/customers")).Texts(Rows));
        Assert.Equal(3, (await browser.Get("/customers?view=all")).Texts(Rows).Count());
        Assert.Equal(["Ann", "Zoe"], (await browser.Get("/customers?stage=lead")).Texts(Rows));
        Assert.Equal(3, (await (await (await Make.Member(acme, Role.Manager)).Browser()).Get("/customers")).Texts(Rows).Count());
        await browser.Post($"/customers/views/{prospects}/not-begin");
        Assert.Equal(3, (await browser.Get("/customers")).Texts(Rows).Count());
    }

    [Fact]
    public async Task Pins_MovedAndTooMany_KeepTheirOrderAndNumber()
    {
        var (acme, browser) = await Two();
        var ids = new List<long>();
        for (var i = 0; i <= ViewMark.MaxPins; i++) ids.Add(await Make.View(acme.Admin, "", $"V{i:00}"));
        foreach (var id in ids) await browser.Post($"/customers/views/{id}/pin");
        await browser.Post($"/customers/views/{ids[2]}/up");
        var pins = (await browser.Get("/today")).Texts(".crm-pins a bdi").ToList();
        Assert.Equal((ViewMark.MaxPins, "V00", "V02", "V01"), (pins.Count, pins[0], pins[1], pins[2]));
    }

    [Fact]
    public async Task Delete_OfATeam_KeepsItsViewsForTheirOwners()
    {
        var (acme, browser) = await Two();
        var team = await Make.Team(acme, "North");
        var id = await Make.View(acme.Admin, "stage=lead", "Leads", Sharing.Team, team);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/settings/teams/{team}/delete")).Status);
        Assert.Equal(Sharing.Nobody, await acme.Use(db => db.SavedViews.Where(v => v.Id == id).Select(v => v.SharedWith).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/customers?view={id}")).Status);
    }

    [Fact]
    public async Task T10_HiddenFieldInAView_IsLeftOutAndSaid()
    {
        const string secret = "MARK-hidden-value";
        var (acme, admin) = await Two();
        await Make.Field(acme, CustomFieldType.Text, "Hiddenlabel", d => d with { VisibleTo = Role.Manager });
        var fields = await Make.FieldsOf(acme);
        await Make.Customer(acme, "Cem", d => (d with { CustomFields = fields, Stage = LifecycleStage.Lead }).With("hiddenlabel", [secret]));
        var id = await Make.View(acme.Admin, $"stage=lead&custom.hiddenlabel={secret}&sort=custom.hiddenlabel&columns=name,custom.hiddenlabel", "Shared", Sharing.Everybody);
        var seller = await Make.Member(acme, Role.Viewer);
        var browser = await seller.Browser();
        await browser.Post($"/customers/views/{id}/pin");
        foreach (var address in new[] { $"/customers?view={id}", "/customers/views", "/customers/views/counts", "/today" })
        {
            var body = (await browser.Get(address)).Body;
            Assert.DoesNotContain(secret, body, StringComparison.Ordinal);
            Assert.DoesNotContain("hiddenlabel", body, StringComparison.OrdinalIgnoreCase);
        }

        var opened = await browser.Get($"/customers?view={id}");
        Assert.Equal(["Ann", "Cem", "Zoe"], opened.Texts(Rows));
        Assert.Contains("left out", opened.Find(".crm-callout")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Cem"], (await admin.Get($"/customers?view={id}")).Texts(Rows));
        var api = (await (await Make.Program(seller)).Get("/views")).Assert200();
        Assert.DoesNotContain("hiddenlabel", api.Body, StringComparison.OrdinalIgnoreCase);
        var audit = await (await (await Make.Member(acme, Role.Manager)).Browser()).Get("/settings/audit");
        Assert.DoesNotContain("hiddenlabel", audit.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task T10_UpdateByWhoSeesLess_KeepsWhatTheyDoNotSee()
    {
        var (acme, _) = await Two();
        var seller = await Make.Member(acme, Role.Sales);
        await Make.Field(acme, CustomFieldType.Text, "Hiddenlabel", d => d with { VisibleTo = Role.Manager });
        var id = await Make.View(seller, "stage=lead&custom.hiddenlabel=x&columns=name,custom.hiddenlabel");
        var version = await acme.Use(db => db.SavedViews.Select(v => v.Version).SingleAsync());
        await (await seller.Browser()).Post($"/customers/views/{id}/query?query=stage%3Dprospect%26columns%3Dname%2Ccity&version={version}");
        Assert.Equal("stage=prospect&sort=name&custom.hiddenlabel=x&columns=name,city,custom.hiddenlabel", await acme.Use(db => db.SavedViews.Select(v => v.Query).SingleAsync()));
    }

    [Fact]
    public async Task Api_Views_AreThoseOfThePages()
    {
        var (acme, _) = await Two();
        var (api, other) = (await Make.Program(acme.Admin), await Make.Program(await Make.Member(acme, Role.Sales)));
        var made = (await api.Post("/views", new { name = "Leads", query = "stage=lead&sort=-created", sharedWith = "everybody", isPinned = true })).AssertStatus(HttpStatusCode.Created);
        Assert.Equal(("everybody", true), (made.Json["sharedWith"]!.GetValue<string>(), made.Json["isPinned"]!.GetValue<bool>()));
        var read = (await other.Get($"/views/{made.Id}")).Assert200();
        Assert.Equal(("stage=lead&sort=-created", false), (read.Json["query"]!.GetValue<string>(), read.Json["isPinned"]!.GetValue<bool>()));
        (await other.Send("PATCH", $"/views/{made.Id}", """{"name":"Mine"}""")).AssertProblem(HttpStatusCode.NotFound);
        Assert.Equal("Open leads", (await api.Send("PATCH", $"/views/{made.Id}", """{"name":"Open leads"}""")).Assert200().Json["name"]!.GetValue<string>());
        (await api.Post("/views", new { name = "Bad", query = "nonsense=1" })).AssertProblem(HttpStatusCode.BadRequest);
        Assert.Single((await other.Get("/views?limit=1")).Assert200().Json["items"]!.AsArray());
        (await api.Send("DELETE", $"/views/{made.Id}", null)).AssertStatus(HttpStatusCode.NoContent);
        (await other.Get($"/views/{made.Id}")).AssertProblem(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Views_AskNothing_OnPagesOnceTheyAreRemembered()
    {
        var (acme, browser) = await Two();
        var id = await Make.View(acme.Admin, "stage=lead", "Leads");
        await browser.Post($"/customers/views/{id}/pin");
        await browser.Get("/today");
        // remembered: a view that changes past the program's own ways is not noticed, one that changes by them is
        await acme.Use(db => db.SavedViews.ExecuteUpdateAsync(set => set.SetProperty(v => v.Name, "Behind the back")));
        Assert.Equal("Leads", (await browser.Get("/tasks")).Find(".crm-pins a bdi")!.TextContent);
        await acme.Use(db => db.ViewsChange(default));
        Assert.Equal("Behind the back", (await browser.Get("/tasks")).Find(".crm-pins a bdi")!.TextContent);
    }

    /// <summary>A tenant with two leads and a prospect, and its admin's browser.</summary>
    private static async Task<(TestTenant Acme, Visitor Browser)> Two()
    {
        var acme = await Make.Tenant();
        foreach (var name in new[] { "Ann", "Zoe" }) await Make.Customer(acme, name, d => d with { Stage = LifecycleStage.Lead, City = "Bonn" });
        await Make.Customer(acme, "Bob", d => d with { Stage = LifecycleStage.Prospect });
        return (acme, await acme.Admin.Browser());
    }
}
