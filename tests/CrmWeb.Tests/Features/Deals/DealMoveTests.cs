using System.Net;
using System.Text.Json.Nodes;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Deals;

public sealed class DealMoveTests
{
    [Fact]
    public async Task Move_Lacking_IsRefusedAtTheFieldsUntilTheyAreGiven()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        await Need(tenant, stages[1], DealNeeds.Amount | DealNeeds.CloseOn | DealNeeds.Owner | DealNeeds.Products);
        var id = await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { Amount = null, OwnerId = null });
        var browser = await tenant.Admin.Browser();
        var page = await browser.Post($"/deals/{id}/stage", new { StageId = stages[1], From = stages[0] });
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("A deal in \"Stage 2\" needs an amount.", page.ErrorFor("Amount"));
        foreach (var field in new[] { "CloseOn", "OwnerId", "Lines" }) Assert.NotNull(page.ErrorFor(field));
        Assert.Equal(stages[0], await Stage(tenant));

        await Need(tenant, stages[1], DealNeeds.Amount | DealNeeds.CloseOn | DealNeeds.Owner);
        page = await browser.Post($"/deals/{id}/stage", new { StageId = stages[1], From = stages[0], Amount = "x", CloseOn = "2030-01-01", OwnerId = tenant.Admin.Id });
        Assert.NotNull(page.ErrorFor("Amount"));
        Assert.Equal("x", page.Value("Amount"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/deals/{id}/stage", new { StageId = stages[1], From = stages[0], Amount = "12", CloseOn = "2030-01-01", OwnerId = tenant.Admin.Id })).Status);
        Assert.Equal(stages[1], await Stage(tenant));
        Assert.Equal(12_00, await tenant.Use(db => db.Deals.Select(d => d.Amount).SingleAsync()));
        Assert.Equal(1, await tenant.Use(db => db.StageStays.CountAsync(s => s.LeftAt == null)));
        Assert.Equal(2, await tenant.Use(db => db.StageStays.CountAsync()));
    }

    [Fact]
    public async Task R1_Move_SecondOfTwo_IsToldAndTheCardStays()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        var id = await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { Name = "Card" });
        var (one, two) = (await tenant.Admin.Browser(), await (await Make.Member(tenant, Role.Manager)).Browser());
        await one.Post($"/deals/{id}/stage", new { StageId = stages[1], From = stages[0] });
        two.Http.DefaultRequestHeaders.Add("HX-Target", "div#shell-dialog-content");
        var (status, said) = await Drop(two, id, stages[0], stages[2]);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.StartsWith("Card was moved to \"Stage 2\" by Admin", said, StringComparison.Ordinal);
        Assert.Equal(stages[1], await Stage(tenant));

        await one.Post($"/deals/{id}/won");
        Assert.Equal("Card was won in the meantime. Nothing was moved.", (await Drop(two, id, stages[1], stages[2])).Said);
    }

    [Fact]
    public async Task R1_Move_AtTheSameMoment_MovesOnce()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        var id = await Make.Deal(tenant, await Make.Customer(tenant), stages[0]);
        var browsers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => tenant.Admin.Browser()));
        var answers = await Task.WhenAll(browsers.Select((browser, i) => browser.Post($"/deals/{id}/stage", new { StageId = stages[1 + (i % 2)], From = stages[0] })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        var stays = await tenant.Use(db => db.StageStays.ToListAsync());
        Assert.Equal(2, stays.Count);
        Assert.Equal(await Stage(tenant), stays.Single(s => s.LeftAt is null).StageId);
    }

    [Fact]
    public async Task Move_ToAStageThatIsGone_SaysSo()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        var id = await Make.Deal(tenant, await Make.Customer(tenant), stages[0]);
        var browser = await tenant.Admin.Browser();
        await browser.Post($"/settings/stages/{stages[2]}/delete");
        Assert.NotNull((await browser.Post($"/deals/{id}/stage", new { StageId = stages[2], From = stages[0] })).ErrorFor("StageId"));
        Assert.NotNull((await browser.Post($"/deals/{id}/stage")).ErrorFor("StageId"));
        Assert.Equal(stages[0], await Stage(tenant));
    }

    [Fact]
    public async Task Reopen_StageGoneMeanwhile_StandsInTheFirst()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        var id = await Make.Deal(tenant, await Make.Customer(tenant), stages[2]);
        var browser = await tenant.Admin.Browser();
        await browser.Post($"/deals/{id}/won");
        await browser.Post($"/settings/stages/{stages[2]}/delete");
        Assert.Contains("Stage 3", (await browser.Get($"/deals/{id}")).Text, StringComparison.Ordinal);
        await browser.Post($"/deals/{id}/reopen");
        Assert.Equal(stages[0], await Stage(tenant));
    }

    [Fact]
    public async Task Restore_PipelineGoneMeanwhile_StandsInTheFirstStageOfAnother()
    {
        var tenant = await Make.Tenant();
        var (gone, other) = (await Make.Pipeline(tenant, "Gone"), await Make.Pipeline(tenant, "Other"));
        // seen by whose customer it is, too
        var sales = await Make.Member(tenant, Role.Sales);
        await tenant.Use(async db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        var customer = await Make.Customer(tenant, with: c => c with { OwnerId = sales.Id });
        var (one, two, won) = (await Make.Deal(tenant, customer, gone[1], d => d with { Name = "One" }), await Make.Deal(tenant, customer, gone[2]), await Make.Deal(tenant, customer, gone[1]));
        var (admin, browser) = (await tenant.Admin.Browser(), await sales.Browser());
        await admin.Post($"/deals/{won}/won");
        foreach (var id in new[] { one, two, won }) await browser.Post($"/deals/{id}/delete");
        await admin.Post($"/settings/pipelines/{await tenant.Use(db => db.Stages.Where(s => s.Id == gone[0]).Select(s => s.PipelineId).SingleAsync())}/delete");

        await browser.Post($"/deals/{one}/restore");
        Assert.Contains("One is back, in \"Stage 1\"", (await browser.Get("/deals")).Text, StringComparison.Ordinal);
        await admin.Post($"/recycle-bin/restore?kind=deal&ids={two}&ids={won}");
        Assert.Equal([other[0], other[0], gone[1]], await tenant.Use(db => db.Deals.OrderBy(d => d.Id).Select(d => d.StageId).ToListAsync()));
        Assert.Equal([other[0], other[0]], await tenant.Use(db => db.StageStays.Where(s => s.LeftAt == null).Select(s => s.StageId).ToListAsync()));
        Assert.Equal(2, (await browser.Get("/deals/board")).Html.QuerySelectorAll(".crm-board-card").Length);
    }

    [Fact]
    public async Task Restore_NoStageLeft_StaysInTheBinAndIsTold()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        var (id, browser) = (await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { Name = "Card" }), await tenant.Admin.Browser());
        await browser.Post($"/deals/{id}/delete");
        await browser.Post($"/settings/pipelines/{await tenant.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync())}/delete");
        await browser.Post($"/deals/{id}/restore");
        Assert.Contains("There is no stage any more in which Card could stand.", (await browser.Get("/deals")).Text, StringComparison.Ordinal);
        Assert.Equal(0, await tenant.Use(db => db.Deals.CountAsync()));
    }

    [Fact]
    public async Task Move_Told_ByNamesInTheHistory()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant);
        var customer = await Make.Customer(tenant);
        var id = await Make.Deal(tenant, customer, stages[0]);
        var browser = await tenant.Admin.Browser();
        await browser.Post($"/deals/{id}/stage", new { StageId = stages[1], From = stages[0] });
        var told = await tenant.Use(db => db.Changes.SingleAsync(x => x.Record == RecordKind.Deal && x.RecordId == id && x.Field == "stageId"));
        Assert.Equal((ChangeText.Of(stages[0]), ChangeText.Of(stages[1])), (told.Old, told.New));
        var form = await browser.Get($"/deals/{id}/edit");
        await browser.Post($"/deals/{id}/edit", new { Name = "Deal", Amount = "1234.50", Currency = "EUR", Category = "Commit", Version = form.Value("Version") });
        var audit = await browser.Get("/settings/audit");
        Assert.Contains("Stage 2", audit.Text, StringComparison.Ordinal);
        foreach (var said in new[] { "1,000 EUR", "1,234.50 EUR", "Commit" }) Assert.Contains(said, audit.Text, StringComparison.Ordinal);
    }

    private static Task<long> Stage(TestTenant tenant) => tenant.Use(db => db.Deals.Select(d => d.StageId).SingleAsync());

    /// <summary>Moves as the board does, which stays where it is; answers what it is told.</summary>
    private static async Task<(HttpStatusCode Status, string Said)> Drop(Visitor browser, long deal, long from, long to)
    {
        var answer = await browser.Post($"/deals/{deal}/stage", new { StageId = to, From = from });
        return (answer.Status, answer.Response.Headers.TryGetValues("HX-Trigger", out var told) ? JsonNode.Parse(told.Single())!["crm:toast"]!["text"]!.GetValue<string>() : "");
    }

    private static Task<int> Need(TestTenant tenant, long stage, DealNeeds needs) => tenant.Use(async db =>
    {
        var its = await db.Stages.SingleAsync(s => s.Id == stage);
        its.Change(its.Details with { Needs = needs });
        return await db.SaveChangesAsync();
    });
}
