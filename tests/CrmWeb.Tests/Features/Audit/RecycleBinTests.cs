using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Audit;

public sealed class RecycleBinTests
{
    [Fact]
    public async Task Bin_OfEachKind_ShowsWhatIsAway_AndBringsItBack()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var customer = await Make.Customer(acme, "Ann-customer");
        var kept = await Make.Customer(acme, "Bea-customer");
        var interaction = await Make.Interaction(acme, kept, new InteractionDetails { OccurredAt = acme.Host.Clock.Now, Subject = "Some-talk" });
        var task = await Make.Task(acme, acme.Admin, "Some-task");
        await browser.Post($"/customers/{customer}/archive");
        await browser.Post($"/interactions/{interaction}/delete");
        await browser.Post($"/tasks/{task}/delete");
        var file = await Make.File(acme, kept, "Some-file.pdf");
        await browser.Post($"/files/{file}/delete");

        foreach (var (kind, id, name) in new[] { ("customer", customer, "Ann-customer"), ("interaction", interaction, "Some-talk"), ("task", task, "Some-task"), ("attachment", file, "Some-file.pdf") })
        {
            var page = await browser.Get($"/recycle-bin?kind={kind}");
            Assert.Contains(name, page.Text, StringComparison.Ordinal);
            Assert.Contains(name, (await browser.Get($"/recycle-bin?kind={kind}&member={acme.Admin.Id}&at=1&at.op=last-days")).Text, StringComparison.Ordinal);
            Assert.DoesNotContain(name, (await browser.Get($"/recycle-bin?kind={kind}&member={acme.Admin.Id + 1000}")).Text, StringComparison.Ordinal);
            Assert.DoesNotContain(name, (await browser.Get($"/recycle-bin?kind={kind}&at=2020-01-01&at.op=before")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/recycle-bin/restore?kind={kind}", new { ids = id })).Status);
            Assert.DoesNotContain(name, (await browser.Get($"/recycle-bin?kind={kind}&after=x")).Find(".crm-list")?.TextContent ?? "", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/recycle-bin/restore?kind={kind}", new { ids = id })).Status);
        }

        Assert.Equal((2, 1, 1), await acme.Use(async db => (await db.Customers.CountAsync(), await db.Interactions.CountAsync(), await db.Tasks.CountAsync())));
        Assert.Equal([Act.Created, Act.Archived, Act.Restored], (await acme.ChangesOf(RecordKind.Customer, customer)).Select(x => x.Act));
        Assert.Equal([Act.Created, Act.Deleted, Act.Restored], (await acme.ChangesOf(RecordKind.Task, task)).Select(x => x.Act));
        Assert.Equal(0, await acme.Use(Make.WrongFacts));
    }

    [Fact]
    public async Task Restore_Several_BringsThoseBack()
    {
        var acme = await Make.Tenant();
        var browser = await acme.Admin.Browser();
        var ids = new List<long>();
        for (var i = 0; i < 4; i++) ids.Add(await Make.Customer(acme));
        foreach (var id in ids) await browser.Post($"/customers/{id}/archive");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post("/recycle-bin/restore?kind=customer", new { ids = ids.Take(3) })).Status);
        Assert.Equal(ids.Take(3), await acme.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync()));
    }

    [Theory]
    [InlineData("?kind=member")]
    [InlineData("?kind=5")]
    [InlineData("")]
    [InlineData("?kind=customer")]
    public async Task Restore_WithoutAKindOrWithoutIds_IsNotFound(string address)
    {
        var acme = await Make.Tenant();
        Assert.Equal(HttpStatusCode.NotFound, (await (await acme.Admin.Browser()).Post("/recycle-bin/restore" + address)).Status);
    }

    [Fact]
    public async Task T3_Restore_ForeignOrInvisible_ChangesNothing()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        var manager = await Make.Member(acme, Role.Manager);
        await acme.Use(db =>
        {
            db.RoleVisibilities.Add(new RoleVisibility(Role.Manager, Visibility.Own));
            return db.SaveChangesAsync();
        });
        var (invisible, foreign) = (await Make.Customer(acme, "Invisible-one"), await Make.Customer(other));
        await (await acme.Admin.Browser()).Post($"/customers/{invisible}/archive");
        await (await other.Admin.Browser()).Post($"/customers/{foreign}/archive");
        var browser = await manager.Browser();
        Assert.DoesNotContain("Invisible-one", (await browser.Get("/recycle-bin")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post("/recycle-bin/restore?kind=customer", new { ids = new[] { invisible, foreign } })).Status);
        Assert.NotNull((await acme.CustomerOf(invisible)).DeletedAt);
        Assert.NotNull((await other.CustomerOf(foreign)).DeletedAt);
    }
}
