using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Quality;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Quality;

public sealed class StaleRulesTests
{
    [Fact]
    public async Task Night_MakesOneTaskForTheOwner_AndNoSecond()
    {
        await using var host = await CrmHost.Start();
        await using var node = host.AnotherNode();
        var (acme, owner, stale) = await Scene(host);
        var rule = await Make.StaleRule(acme, r => r with { Name = "Old ones" });
        await acme.Tend();
        await acme.Tend(QualityJob.Rules);
        await acme.Tend(QualityJob.Rules, node);
        var task = await acme.Use(db => db.Tasks.SingleAsync());
        Assert.Equal((owner.Id, (long?)stale, "Check the data", DateOnly.FromDateTime(acme.Host.Clock.Now).AddDays(7)), (task.OwnerId, task.CustomerId, task.Title, task.DueOn));
        Assert.Contains("Old ones", task.Note, StringComparison.Ordinal);
        Assert.Equal(rule, await acme.Use(db => db.StaleTasks.Select(s => s.RuleId).SingleAsync()));
        Assert.Equal(Via.Job, (await acme.LastChange(RecordKind.Task, task.Id, null)).Via);
    }

    [Fact]
    public async Task Night_FreshAgain_ClosesTheTask()
    {
        var (acme, _, stale) = await Scene();
        await Make.StaleRule(acme);
        await acme.Tend();
        await Make.Interaction(acme, stale);
        await acme.Tend(QualityJob.Rules);
        Assert.NotNull((await acme.Use(db => db.Tasks.SingleAsync())).DoneAt);
    }

    [Fact]
    public async Task Night_AfterTheTaskWasDone_WaitsAsLongAgain()
    {
        var (acme, _, _) = await Scene();
        await Make.StaleRule(acme);
        await acme.Tend();
        await acme.Use(async db =>
        {
            (await db.Tasks.SingleAsync()).Complete(acme.Host.Clock.Now, DateOnly.FromDateTime(acme.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        await acme.Tend(QualityJob.Rules);
        Assert.Equal(1, await acme.Use(db => db.Tasks.CountAsync()));
        // as long ago as the rule says
        await acme.Use(db => db.Tasks.ExecuteUpdateAsync(set => set.SetProperty(t => t.DoneAt, acme.Host.Clock.Now.AddDays(-31))));
        await acme.Tend(QualityJob.Rules);
        Assert.Equal(2, await acme.Use(db => db.Tasks.CountAsync()));
        Assert.Equal(1, await acme.Use(db => db.StaleTasks.CountAsync()));
    }

    [Fact]
    public async Task Night_ATaskThatWasDeleted_IsNotMadeAgainAtOnce()
    {
        var (acme, _, _) = await Scene();
        await Make.StaleRule(acme);
        await acme.Tend();
        await acme.Use(async db =>
        {
            (await db.Tasks.SingleAsync()).Delete(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        await acme.Tend(QualityJob.Rules);
        Assert.Equal(0, await acme.Use(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task Night_ManyCustomers_AreCappedByMemberAndDay()
    {
        var (acme, owner, _) = await Scene();
        for (var i = 0; i < 5; i++) await Stale(acme, owner.Id);
        await Make.StaleRule(acme, r => r with { MostPerNight = 2 });
        await acme.Tend();
        await acme.Tend(QualityJob.Rules);
        Assert.Equal(2, await acme.Use(db => db.Tasks.CountAsync()));
        await acme.Use(db => db.StaleTasks.ExecuteUpdateAsync(set => set.SetProperty(s => s.MadeAt, acme.Host.Clock.Now.AddDays(-1))));
        await acme.Tend(QualityJob.Rules);
        Assert.Equal(4, await acme.Use(db => db.Tasks.CountAsync()));
    }

    /// <summary>A task goes to nobody who does not see its customer.</summary>
    [Fact]
    public async Task T9_Night_ToAMember_OnlyAboutCustomersThatTheySee()
    {
        var (acme, _, _) = await Scene();
        var sales = await Make.Member(acme, Role.Sales);
        var mine = await Stale(acme, sales.Id);
        await Make.StaleRule(acme, r => r with { MemberId = sales.Id });
        await acme.Tend();
        Assert.Equal([(long?)mine], await acme.Use(db => db.Tasks.Select(t => t.CustomerId).ToListAsync()));
    }

    [Fact]
    public async Task Night_StagesViewsAndContacts_NarrowTheRule()
    {
        var (acme, owner, _) = await Scene();
        var loyal = await Stale(acme, owner.Id, d => d with { Stage = LifecycleStage.Loyal, City = "Bonn" });
        await Stale(acme, owner.Id, d => d with { Stage = LifecycleStage.Loyal });
        var view = await Make.View(acme.Admin, "city=Bonn");
        await Make.StaleRule(acme, r => r with { Stages = StageSet.Loyal, ViewId = view, Since = StaleSince.Contact });
        // nobody contacted whoever came in today, and that is no fault yet
        await Make.Customer(acme, with: d => d with { Stage = LifecycleStage.Loyal, City = "Bonn", OwnerId = owner.Id });
        await acme.Tend();
        Assert.Equal([(long?)loyal], await acme.Use(db => db.Tasks.Select(t => t.CustomerId).ToListAsync()));
    }

    [Fact]
    public async Task Night_ViewGoneOrSwitchedOff_MakesNothing()
    {
        var (acme, _, _) = await Scene();
        var view = await Make.View(acme.Admin, "stage=lead");
        await Make.StaleRule(acme, r => r with { ViewId = view });
        var off = await Make.StaleRule(acme);
        var admin = await acme.Admin.Browser();
        await admin.Post($"/customers/views/{view}/delete");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/quality/rules/{off}/off")).Status);
        await acme.Tend();
        Assert.Equal(0, await acme.Use(db => db.Tasks.CountAsync()));
        Assert.Contains("a view that is gone", (await admin.Get("/quality/rules")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/quality/rules/{off}/on")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/rules/run")).Status);
        await acme.Tend("");
        Assert.Equal(1, await acme.Use(db => db.Tasks.CountAsync()));
    }

    [Fact]
    public async Task Merge_MovesTheTask_AndTheRuleMakesNoSecond()
    {
        var (acme, owner, stale) = await Scene();
        await Make.StaleRule(acme);
        await acme.Tend();
        var survivor = await Make.Customer(acme, with: d => d with { OwnerId = owner.Id });
        await Make.Merge(acme, survivor, stale);
        await acme.Use(db => db.Customers.Where(c => c.Id == survivor).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, acme.Host.Clock.Now.AddDays(-90)).SetProperty(c => c.CreatedAt, acme.Host.Clock.Now.AddDays(-90))));
        await acme.Tend(QualityJob.Rules);
        Assert.Equal([(long?)survivor], await acme.Use(db => db.Tasks.Select(t => t.CustomerId).ToListAsync()));
    }

    [Fact]
    public async Task Form_MissingInvalidPreviewAndValid()
    {
        var (acme, _, _) = await Scene();
        var admin = await acme.Admin.Browser();
        Assert.Equal("Check the data of the customer", (await admin.Get("/quality/rules/new")).Value("TaskTitle"));
        var empty = await admin.Post("/quality/rules/new", new { Name = "" });
        Assert.Equal(HttpStatusCode.BadRequest, empty.Status);
        Assert.Equal("Please fill this in.", empty.ErrorFor("Name"));
        Assert.Equal("Please fill this in.", empty.ErrorFor("Days"));
        Assert.Equal("Between 1 and 3650.", (await admin.Post("/quality/rules/new", Form(days: 9999))).ErrorFor("Days"));
        var me = await Make.View(acme.Admin, "owner=me");
        Assert.Contains("A rule cannot follow this view", (await admin.Post("/quality/rules/new", Form(view: me))).ErrorFor("ViewId"), StringComparison.Ordinal);

        var look = await admin.Post("/quality/rules/new?look=true", Form());
        Assert.Contains("1 customers are meant now", look.Text, StringComparison.Ordinal);
        Assert.Equal(0, await acme.Use(db => db.StaleRules.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/rules/new", Form())).Status);
        var rule = await acme.Use(db => db.StaleRules.SingleAsync());
        Assert.Equal((StageSet.Lead, 30, true), (rule.Stages, rule.Days, rule.IsOn));
        Assert.Contains("Old leads", (await admin.Get("/quality/rules")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_Form_TwoEditors_TheSecondSeesBoth()
    {
        var (acme, _, _) = await Scene();
        var rule = await Make.StaleRule(acme);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/quality/rules/{rule}", Form(days: 40))).Status);
        var second = await admin.Post($"/quality/rules/{rule}", Form(days: 50));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("(yours: 50)", second.Text, StringComparison.Ordinal);
        Assert.Equal("50", second.Value("Days"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/quality/rules/{rule}", Form(days: 50, version: 1))).Status);
    }

    [Fact]
    public async Task Delete_AndRestore_PutsTheRuleBack()
    {
        var (acme, _, _) = await Scene();
        var rule = await Make.StaleRule(acme);
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/quality/rules/{rule}/delete")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/quality/rules/{rule}")).Status);
        await acme.Tend();
        Assert.Equal(0, await acme.Use(db => db.Tasks.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/quality/rules/{rule}/restore")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/quality/rules/{rule}")).Status);
    }

    private static Dictionary<string, string> Form(int days = 30, int version = 0, long? view = null) => new()
    {
        ["Name"] = "Old leads",
        ["Stages"] = "Lead",
        ["ViewId"] = view?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        ["Since"] = "Either",
        ["Days"] = days.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["TaskTitle"] = "Check",
        ["DueInDays"] = "7",
        ["MostPerNight"] = "10",
        ["Version"] = version.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>One customer of an owner whom nobody touched for ninety days, and one who is fresh.</summary>
    private static async Task<(TestTenant Tenant, TestMember Owner, long Stale)> Scene(CrmHost? host = null)
    {
        var acme = await Make.Tenant(host);
        var owner = await Make.Member(acme, Role.Sales);
        await Make.Customer(acme, "Fresh", d => d with { OwnerId = owner.Id });
        return (acme, owner, await Stale(acme, owner.Id));
    }

    private static async Task<long> Stale(TestTenant acme, long owner, Func<CustomerDetails, CustomerDetails>? with = null)
    {
        var id = await Make.Customer(acme, $"Stale {Make.Number()}", d => (with?.Invoke(d) ?? d) with { OwnerId = owner });
        await acme.Use(db => db.Customers.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.UpdatedAt, acme.Host.Clock.Now.AddDays(-90)).SetProperty(c => c.CreatedAt, acme.Host.Clock.Now.AddDays(-90))));
        return id;
    }
}
