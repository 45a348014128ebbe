using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Pipelines;

public sealed class PipelineSettingsTests
{
    [Fact]
    public async Task Settings_Sales_AreForbidden()
    {
        var tenant = await Make.Tenant();
        var sales = await (await Make.Member(tenant, Role.Sales)).Browser();
        foreach (var path in new[] { "/settings/pipelines", "/settings/pipelines/new", "/settings/reasons", "/settings/reasons/new?kind=won" }) Assert.Equal(HttpStatusCode.Forbidden, (await sales.Get(path)).Status);
    }

    [Fact]
    public async Task Create_NewPipeline_BeginsWithTheUsualStages()
    {
        var tenant = await Make.Tenant();
        var browser = await tenant.Admin.Browser();
        Assert.NotNull((await browser.Post("/settings/pipelines/new", new { Name = " " })).ErrorFor("Name"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/settings/pipelines/new", new { Name = "Trade" })).Status);
        Assert.Equal("There is a pipeline of this name already.", (await browser.Post("/settings/pipelines/new", new { Name = "trade" })).ErrorFor("Name"));
        Assert.Equal(5, await tenant.Use(db => db.Stages.CountAsync()));
        Assert.Contains("First talk", (await browser.Get("/settings/pipelines")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_StagesInAnotherOrder_StandSo()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant, "Trade");
        var (id, browser) = (await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync()), await tenant.Admin.Browser());
        var form = await browser.Get($"/settings/pipelines/{id}");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/settings/pipelines/{id}", new { Name = "Trade", StageIds = stages.Reverse(), Version = form.Value("Version") })).Status);
        Assert.Equal(stages.Reverse(), await Order(tenant));
        await browser.Post($"/settings/stages/{stages[0]}/up");
        Assert.Equal([stages[2], stages[0], stages[1]], await Order(tenant));
        await browser.Post($"/settings/stages/{stages[2]}/down");
        Assert.Equal([stages[0], stages[2], stages[1]], await Order(tenant));
        // whoever opened it before saves over it only after a look
        Assert.Equal(HttpStatusCode.Conflict, (await browser.Post($"/settings/pipelines/{id}", new { Name = "Other", Version = int.Parse(form.Value("Version")!, System.Globalization.CultureInfo.InvariantCulture) - 1 })).Status);
    }

    [Fact]
    public async Task R1_Order_SavedByTwo_TheSecondSeesBothAndChangesNothing()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant, "Trade");
        var (id, browser) = (await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync()), await tenant.Admin.Browser());
        var version = (await browser.Get($"/settings/pipelines/{id}")).Value("Version");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/settings/pipelines/{id}", new { Name = "Trade", StageIds = stages.Reverse(), Version = version })).Status);
        var late = await browser.Post($"/settings/pipelines/{id}", new { Name = "Trade", StageIds = new[] { stages[1], stages[0], stages[2] }, Version = version });
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        foreach (var order in new[] { "Stage 3, Stage 2, Stage 1", "Stage 2, Stage 1, Stage 3" }) Assert.Contains(order, late.Text, StringComparison.Ordinal);
        Assert.Equal(stages.Reverse(), await Order(tenant));

        // as it does by the arrows, and by a stage that came or went
        foreach (var path in new[] { $"/settings/stages/{stages[0]}/up", $"/settings/stages/{stages[0]}/delete", $"/settings/stages/{stages[0]}/restore", $"/settings/pipelines/{id}/stages/new" })
        {
            version = (await browser.Get($"/settings/pipelines/{id}")).Value("Version");
            Assert.Equal(HttpStatusCode.Redirect, (await browser.Post(path, new { Name = "New", Probability = 5 })).Status);
            Assert.Equal(HttpStatusCode.Conflict, (await browser.Post($"/settings/pipelines/{id}", new { Name = "Trade", Version = version })).Status);
        }
    }

    [Fact]
    public async Task EditStage_Wrong_SaysSoAndKeepsWhatWasTyped()
    {
        var tenant = await Make.Tenant();
        var (stages, browser) = (await Make.Pipeline(tenant), await tenant.Admin.Browser());
        var page = await browser.Post($"/settings/stages/{stages[0]}", new { Name = "Stage 2", Probability = 101, RottenAfterDays = 0, Playbook = "Call them", Version = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        foreach (var field in new[] { "Probability", "RottenAfterDays" }) Assert.NotNull(page.ErrorFor(field));
        Assert.Equal("Call them", page.Value("Playbook"));
        Assert.Equal("There is a stage of this name in the pipeline already.", (await browser.Post($"/settings/stages/{stages[0]}", new { Name = "Stage 2", Probability = 10, Version = 0 })).ErrorFor("Name"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/settings/stages/{stages[0]}", new { Name = "Talk", Probability = 15, Category = "Commit", Needs = new[] { "Amount", "Owner" }, RottenAfterDays = 7, Playbook = "Call them", Version = 0 })).Status);
        var stage = await tenant.Use(db => db.Stages.SingleAsync(s => s.Id == stages[0]));
        Assert.Equal(new StageDetails("Talk", 15, ForecastCategory.Commit, DealNeeds.Amount | DealNeeds.Owner, null, "Call them", 7), stage.Details);
        Assert.Equal(HttpStatusCode.Conflict, (await browser.Post($"/settings/stages/{stages[0]}", new { Name = "Later", Probability = 15, Version = 0 })).Status);
    }

    [Fact]
    public async Task DeleteStage_DealsStandInIt_IsRefusedWithTheNumberAndOffersToMoveThem()
    {
        var tenant = await Make.Tenant();
        var (stages, customer, browser) = (await Make.Pipeline(tenant), await Make.Customer(tenant), await tenant.Admin.Browser());
        var deals = new[] { await Make.Deal(tenant, customer, stages[0]), await Make.Deal(tenant, customer, stages[0]), await Make.Deal(tenant, customer, stages[0]), await Make.Deal(tenant, customer, stages[0]) };
        await browser.Post($"/deals/{deals[2]}/won");
        await browser.Post($"/deals/{deals[3]}/delete");
        var before = await Authorisation.ForeignIdTests.Hash(tenant);
        var page = await browser.Post($"/settings/stages/{stages[0]}/delete");
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("2 open deals stand in Stage 1. Choose the stage they move to.", page.ErrorFor("MoveToId"));
        Assert.Equal(before, await Authorisation.ForeignIdTests.Hash(tenant));

        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/settings/stages/{stages[0]}/delete", new { MoveToId = stages[1] })).Status);
        Assert.Equal([stages[1], stages[2]], await Order(tenant));
        // the won one stays where it was won; that in the recycle bin comes along
        var stand = await tenant.Use(db => db.Deals.IgnoreQueryFilters(["deleted"]).OrderBy(d => d.Id).Select(d => d.StageId).ToListAsync());
        Assert.Equal([stages[1], stages[1], stages[0], stages[1]], stand);
        Assert.Equal(3, await tenant.Use(db => db.StageStays.IgnoreQueryFilters(["deleted"]).CountAsync(s => s.LeftAt == null && s.StageId == stages[1])));
        Assert.Equal(3, await tenant.Use(db => db.Changes.CountAsync(x => x.Record == RecordKind.Deal && x.Field == "stageId")));
        await browser.Post($"/settings/stages/{stages[0]}/restore");
        Assert.Equal(stages, await Order(tenant));
        await browser.Post($"/settings/stages/{stages[0]}/delete");
        Assert.Equal([stages[1], stages[2]], await Order(tenant));
    }

    [Fact]
    public async Task DeletePipeline_DealsStandInIt_StaysWhole()
    {
        var tenant = await Make.Tenant();
        var (stages, browser) = (await Make.Pipeline(tenant), await tenant.Admin.Browser());
        var deal = await Make.Deal(tenant, await Make.Customer(tenant), stages[1]);
        var id = await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync());
        await browser.Post($"/settings/pipelines/{id}/delete");
        Assert.Equal(stages, await Order(tenant));
        await browser.Post($"/deals/{deal}/won");
        await browser.Post($"/settings/pipelines/{id}/delete");
        Assert.Empty(await Order(tenant));
        Assert.Contains("Stage 2", (await browser.Get($"/deals/{deal}")).Text, StringComparison.Ordinal);
        await browser.Post($"/settings/pipelines/{id}/restore");
        Assert.Equal(stages, await Order(tenant));
    }

    [Fact]
    public async Task Delete_WhileDealsAreMovedIn_LeavesNoneBehind()
    {
        var tenant = await Make.Tenant();
        var (stages, customer) = (await Make.Pipeline(tenant), await Make.Customer(tenant));
        var deals = new List<long>();
        for (var i = 0; i < 6; i++) deals.Add(await Make.Deal(tenant, customer, stages[0]));
        var browsers = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => tenant.Admin.Browser()));
        await Task.WhenAll(
        [
            .. deals.Select((deal, i) => browsers[i].Post($"/deals/{deal}/stage", new { StageId = stages[1], From = stages[0] })),
            browsers[6].Post($"/settings/stages/{stages[1]}/delete", new { MoveToId = stages[2] }),
        ]);
        Assert.Equal(0, await tenant.Use(db => db.Deals.CountAsync(d => d.StageId == stages[1])));
        Assert.Equal(6, await tenant.Use(db => db.StageStays.CountAsync(s => s.LeftAt == null)));
    }

    [Fact]
    public async Task Reasons_AddedRenamedOrderedAndPutAway_AreOfferedSo()
    {
        var tenant = await Make.Tenant();
        var browser = await tenant.Admin.Browser();
        foreach (var name in new[] { "Price", "Time" }) Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/settings/reasons/new", new { For = "Lost", Name = name })).Status);
        Assert.Equal("There is a reason of this name already.", (await browser.Post("/settings/reasons/new", new { For = "Lost", Name = "price" })).ErrorFor("Name"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/settings/reasons/new", new { For = "Return", Name = "Price" })).Status);
        var ids = await tenant.Use(db => db.Reasons.Where(r => r.For == ReasonFor.Lost).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync());
        await browser.Post($"/settings/reasons/{ids[1]}/up");
        var deal = await Make.Deal(tenant, await Make.Customer(tenant), (await Make.Pipeline(tenant))[0]);
        Assert.Equal(["No reason", "Time", "Price"], (await browser.Get($"/deals/{deal}/lost")).Texts("select[name=ReasonId] option"));
        await browser.Post($"/settings/reasons/{ids[1]}", new { For = "Lost", Name = "Too slow", Version = await tenant.Use(db => db.Reasons.Where(r => r.Id == ids[1]).Select(r => r.Version).SingleAsync()) });
        await browser.Post($"/deals/{deal}/lost", new { ReasonId = ids[1] });
        await browser.Post($"/settings/reasons/{ids[1]}/delete");
        Assert.Contains("Too slow", (await browser.Get($"/deals/{deal}")).Text, StringComparison.Ordinal);
        await browser.Post($"/deals/{deal}/reopen");
        Assert.Equal(["No reason", "Price"], (await browser.Get($"/deals/{deal}/lost")).Texts("select[name=ReasonId] option"));
        await browser.Post($"/settings/reasons/{ids[1]}/restore");
        Assert.Equal(["No reason", "Too slow", "Price"], (await browser.Get($"/deals/{deal}/lost")).Texts("select[name=ReasonId] option"));
    }

    private static Task<List<long>> Order(TestTenant tenant) => tenant.Use(db => db.Stages.OrderBy(s => s.Position).Select(s => s.Id).ToListAsync());
}
