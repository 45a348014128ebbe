using System.Net;
using CrmWeb.Domain.Sales;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Deals;

public sealed class BoardTests
{
    [Fact]
    public async Task Show_ManyDeals_HasSumsAndTheFirstCardsOfEachColumn()
    {
        var tenant = await Make.Tenant();
        var stages = await Make.Pipeline(tenant, "Trade");
        await Many(tenant, stages[0], 60, 100_00);
        await Many(tenant, stages[1], 3, 50_00);
        var browser = await tenant.Admin.Browser();
        var page = await browser.Get("/deals/board");
        Assert.Equal(["Stage 1 60", "Stage 2 3", "Stage 3 0"], page.Texts(".crm-board-head h2"));
        Assert.StartsWith("6,000 EUR", page.Texts(".crm-board-head p").First(), StringComparison.Ordinal);
        Assert.Equal(28, page.Html.QuerySelectorAll(".crm-board-card").Length);
        Assert.Contains("Sum: 6,150 EUR", page.Text, StringComparison.Ordinal);

        var seen = page.Html.QuerySelectorAll($"[data-column='{stages[0]}'] .crm-board-card").Select(card => card.Id).ToList();
        var more = page.Find($"[data-column='{stages[0]}'] .crm-board-more a");
        while (more is not null)
        {
            var part = await browser.Get(more.GetAttribute("hx-get")![$"/t/{tenant.Slug}".Length..]);
            seen.AddRange(part.Html.QuerySelectorAll(".crm-board-card").Select(card => card.Id));
            more = part.Find(".crm-board-more a");
        }

        Assert.Equal(60, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(60, seen.Count);
    }

    [Fact]
    public async Task Show_Filtered_CountsAndShowsTheSame()
    {
        var tenant = await Make.Tenant();
        var (stages, customer, team) = (await Make.Pipeline(tenant), await Make.Customer(tenant), await Make.Team(tenant));
        await Make.Deal(tenant, customer, stages[0], d => d with { Name = "Ours", TeamId = team, CloseOn = new DateOnly(2030, 1, 1) });
        await Make.Deal(tenant, customer, stages[0], d => d with { Name = "Nobody's", OwnerId = null });
        var browser = await tenant.Admin.Browser();
        foreach (var (query, found) in new[] { ($"team={team}", "Ours"), ("owner=me", "Ours"), ("owner.op=empty", "Nobody's"), ("close=2030-01-01&close.op=on", "Ours"), ("q=ours", "Ours") })
        {
            var page = await browser.Get("/deals/board?" + query);
            Assert.Equal([found], page.Texts(".crm-board-name"));
            Assert.Equal("Stage 1 1", page.Texts(".crm-board-head h2").First());
        }
    }

    [Fact]
    public async Task Show_RottenDeal_IsMarkedAndCanBeMovedWithoutAPointer()
    {
        await using var host = await CrmHost.Start();
        var tenant = await Make.Tenant(host);
        var stages = await Make.Pipeline(tenant);
        await tenant.Use(async db =>
        {
            var stage = await db.Stages.SingleAsync(s => s.Id == stages[0]);
            stage.Change(stage.Details with { RottenAfterDays = 5 });
            return await db.SaveChangesAsync();
        });
        var id = await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { Name = "Old" });
        host.Clock.Now = host.Clock.Now.AddDays(6);
        await Make.Deal(tenant, await Make.Customer(tenant), stages[0], d => d with { Name = "Fresh" });
        var browser = await tenant.Admin.Browser();
        var page = await browser.Get("/deals/board");
        Assert.Equal($"deal-{id}", page.Html.QuerySelectorAll(".crm-board-card.is-rotten").Single().Id);
        Assert.NotNull(page.Find($"#deal-{id} a[data-dialog][href$='/deals/{id}/stage']"));
        Assert.Equal(["Old"], (await browser.Get("/deals?rotten=true")).Texts("tbody th"));
        Assert.Equal(["Fresh"], (await browser.Get("/deals?rotten=false")).Texts("tbody th"));
        Assert.Contains("Rotten", (await browser.Get($"/deals/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_WithoutPipelineOrWithAForeignOne_Answers()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var stages = await Make.Pipeline(other);
        var foreign = await other.Use(db => db.Pipelines.Select(p => p.Id).SingleAsync());
        var browser = await tenant.Admin.Browser();
        Assert.Contains("No pipeline yet", (await browser.Get("/deals/board")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/deals/board?pipeline={foreign}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/deals/board/column?stage={stages[0]}")).Status);
    }

    [Fact]
    public async Task Show_HoweverManyDeals_AsksTheSameFewQuestions()
    {
        var (host, sql) = await SqlCount.Host();
        await using var _ = host;
        var tenant = await Make.Tenant(host);
        var stages = await Make.Pipeline(tenant, null, 10, 20, 30, 40, 50);
        foreach (var stage in stages) await Many(tenant, stage, 30, 10_00);
        var browser = await tenant.Admin.Browser();
        await browser.Get("/deals/board");
        Assert.InRange(await sql.Of(() => browser.Get("/deals/board")), 1, 9);
        Assert.InRange(await sql.Of(() => browser.Get("/deals")), 1, 10);
        Assert.InRange(await sql.Of(() => browser.Get("/reports/forecast")), 1, 14);
        Assert.InRange(await sql.Of(() => browser.Get($"/deals/board/column?stage={stages[0]}")), 1, 9);
        var id = await tenant.Use(db => db.Deals.Select(d => d.Id).FirstAsync());
        Assert.InRange(await sql.Of(() => browser.Get($"/deals/{id}")), 1, 12);
    }

    private static async Task Many(TestTenant tenant, long stageId, int count, long amount)
    {
        var id = await Make.Customer(tenant);
        await tenant.Use(async db =>
        {
            var (stage, customer) = (await db.Stages.SingleAsync(s => s.Id == stageId), await db.Customers.SingleAsync(c => c.Id == id));
            db.Deals.AddRange(Enumerable.Range(0, count).Select(i => new Deal(customer, stage, new DealDetails
            {
                Name = $"Deal {i}",
                Amount = amount,
                CloseOn = i % 3 == 0 ? null : new DateOnly(2030, 1, 1).AddDays(i % 5),
                Conversion = Conversion.None("EUR"),
            }, tenant.Admin.Id, tenant.Host.Clock.Now)));
            return await db.SaveChangesAsync();
        });
    }
}
