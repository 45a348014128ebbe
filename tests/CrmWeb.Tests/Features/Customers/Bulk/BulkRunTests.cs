using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Customers.Bulk;

/// <summary>A bulk edit does to each customer what a form would, once, whoever is killed.</summary>
public sealed class BulkRunTests
{
    [Theory]
    [InlineData(BulkAct.Set, 0)]
    [InlineData(BulkAct.Set, 1)]
    [InlineData(BulkAct.Set, 2)]
    [InlineData(BulkAct.Log, 1)]
    [InlineData(BulkAct.Add, 1)]
    public async Task R2_RunStoppedInBatch_GoesOnWithoutRepeating(BulkAct act, int batch)
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        const int many = (BulkRun.Batch * 2) + 500;
        await acme.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.InsertCustomers([.. Enumerable.Range(0, many).Select(i => new Customer(new CustomerDetails { Name = $"Name {i}" }, host.Clock.Now))], host.Clock.Now, default);
            await transaction.CommitAsync();
            return 0;
        });
        var what = act switch
        {
            BulkAct.Set => new BulkWhat(act, "stage") { Values = ["loyal"] },
            BulkAct.Add => new BulkWhat(act, BulkWhat.Tags) { Values = ["VIP"] },
            _ => new BulkWhat(act) { Contact = new() { OccurredAt = host.Clock.Now, Subject = "Mailing" } },
        };
        var id = await Make.BulkEdit(acme, what);
        var job = await acme.AskBulk(id);
        await Assert.ThrowsAsync<TimeoutException>(() => RunUntil(acme, job, told => told == batch + 1 ? throw new TimeoutException() : 0));
        Assert.Equal(Math.Min(many, batch * BulkRun.Batch), (await acme.BulkEditOf(id)).ChangedCount);

        host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        var edit = await acme.BulkEditOf(id);
        Assert.Equal((BulkState.Done, many, 0, 0), (edit.State, edit.ChangedCount, edit.SameCount, edit.SkippedCount));
        Assert.Equal(many, await acme.Use(db => db.Changes.CountAsync(x => x.CauseId == id && x.Via == Via.Bulk && x.CustomerId != null)));
        Assert.Equal(many, act switch
        {
            BulkAct.Set => await acme.Use(db => db.Customers.CountAsync(c => c.Stage == LifecycleStage.Loyal && c.Version == 1)),
            BulkAct.Add => await acme.Use(db => db.CustomerTags.CountAsync()),
            _ => await acme.Use(db => db.Customers.CountAsync(c => c.LastInteractionAt != null && c.Interactions.Count == 1)),
        });
    }

    [Fact]
    public async Task Run_CustomersThatMayNotChange_AreSkippedWithTheReason()
    {
        var acme = await Make.Tenant();
        var needed = await Make.Field(acme, CustomFieldType.Text, "Needed", f => f with { RequiredAt = StageSet.Loyal });
        var fields = await Make.FieldsOf(acme);
        var (full, bare) = (await Make.Customer(acme, "Full", d => d with { CustomFields = fields, Custom = CustomerDetails.NoCustom.SetItem(needed.Key, ["x"]) }), await Make.Customer(acme, "Bare"));
        var loyal = await Make.Customer(acme, "Loyal", d => d with { Stage = LifecycleStage.Loyal });
        var away = await Make.Customer(acme, "Away");
        await acme.Use(async db =>
        {
            (await db.Customers.SingleAsync(c => c.Id == away)).Archive(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var id = await Make.BulkEdit(acme, new(BulkAct.Set, "stage") { Values = ["loyal"] }, [full, bare, loyal, away]);
        var edit = await acme.Do(id);
        Assert.Equal((1, 1, 2), (edit.ChangedCount, edit.SameCount, edit.SkippedCount));
        var left = await acme.Use(db => db.BulkEditRows.ToDictionaryAsync(r => r.CustomerId, r => r.Reason));
        Assert.Equal((BulkReason.StageNeeds, BulkReason.NotThere), (left[bare], left[away]));
        Assert.Equal("stage-changed-to-loyal", await acme.Use(db => db.CustomerEvents.Where(e => e.CustomerId == full).OrderByDescending(e => e.Id).Select(e => e.Kind).FirstAsync()));

        var empty = await acme.Do(await Make.BulkEdit(acme, new(BulkAct.Set, needed.Name), [full, bare]));
        Assert.Equal((0, 1, 1), (empty.ChangedCount, empty.SameCount, empty.SkippedCount));
    }

    [Fact]
    public async Task Run_AllThatMatch_TakesThoseOfTheAddressOnly()
    {
        var acme = await Make.Tenant();
        for (var i = 0; i < 30; i++) await Make.Customer(acme, $"Name {i}", d => d with { City = i % 3 == 0 ? "Bonn" : "Rome", Stage = LifecycleStage.Lead });
        // what it changes is what it was found by
        var edit = await acme.Do(await Make.BulkEdit(acme, new(BulkAct.Set, "city") { Values = ["Köln"] }, query: "?city.op=is&city=Bonn"));
        Assert.Equal((BulkState.Done, 10), (edit.State, edit.ChangedCount));
        Assert.Equal(10, await acme.Use(db => db.Customers.CountAsync(c => c.City == "Köln")));
        Assert.Equal(0, await acme.Use(db => db.RebuildSearch(default)));
    }

    [Fact]
    public async Task Run_FilterOfAFieldThatIsGone_RefusesInsteadOfTakingMore()
    {
        var acme = await Make.Tenant();
        await Make.Customer(acme);
        var edit = await acme.Do(await Make.BulkEdit(acme, new(BulkAct.Archive), query: "?custom.gone=1"));
        Assert.Equal(JobState.Failed, edit.Job!.State);
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Run_MemberWhoMayNotEditAnyMore_IsRefused()
    {
        var acme = await Make.Tenant();
        var (viewer, customer) = (await Make.Member(acme, Role.Viewer), await Make.Customer(acme));
        var edit = await acme.Do(await Make.BulkEdit(acme, new(BulkAct.Archive), [customer], by: viewer), by: viewer);
        Assert.Equal(JobState.Failed, edit.Job!.State);
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    private static Task<string> RunUntil(TestTenant tenant, long jobId, Func<int, int> told) => tenant.Host.Scope(async services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        var job = (await db.ClaimJob("dies", tenant.Host.Clock.Now, default, jobId))!;
        var pass = (await db.PassOfMember(tenant.Id, tenant.Admin.Id, default))!;
        db.Current.Enter(pass);
        services.GetRequiredService<CurrentMember>().Enter(pass);
        var count = 0;
        return await services.GetServices<IJobHandler>().OfType<BulkRun>().Single().Run(new JobRun(job, db, tenant.Host.Clock, (_, _) => told(++count)), default);
    });
}
