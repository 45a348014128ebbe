using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>What the queue does with imports: whoever dies, is demoted or has many jobs harms nobody.</summary>
public sealed class ImportJobTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string File = "id,Name\n1,Ann\n";

    [Theory]
    [InlineData(ImportCheck.JobKind, ImportState.Checked)]
    [InlineData(CustomerImport.JobKind, ImportState.Done)]
    [InlineData(ImportRevert.JobKind, ImportState.Reverted)]
    public async Task R2_NodeDiedBeforeTheJobWasFinished_SecondRunIsDone(string kind, ImportState state)
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, File);
        if (kind == ImportRevert.JobKind) await acme.Do(id, CustomerImport.JobKind);
        var first = await acme.Do(id, kind);
        Assert.Equal((state, JobState.Done), (first.State, first.Job!.State));

        await Reopen(acme, first.JobId!.Value, 1);
        await Work();
        var again = await acme.ImportOf(id);
        Assert.Equal((state, JobState.Done, 2), (again.State, again.Job!.State, again.Job.Attempts));
        Assert.Equal((first.NewCount, first.RowsDone), (again.NewCount, again.RowsDone));
    }

    [Fact]
    public async Task R2_CheckWasFollowedByTheRun_LateCheckChangesNothing()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, File);
        var check = (await acme.Do(id, ImportCheck.JobKind)).JobId!.Value;
        await acme.Do(id, CustomerImport.JobKind);
        await Reopen(acme, check, 1);
        await Work();
        Assert.Equal(JobState.Done, await StateOf(acme, check));
        Assert.Equal((ImportState.Done, 1), ((await acme.ImportOf(id)).State, (await acme.ImportOf(id)).NewCount));
    }

    [Fact]
    public async Task R2_JobThatKillsEveryWorker_FailsInTheEnd()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, File);
        var job = await acme.Ask(id, CustomerImport.JobKind);
        for (var i = 0; i < Job.MaxAttempts; i++)
        {
            Assert.NotNull(await fixture.Host.Scope(s => s.GetRequiredService<CrmDb>().ClaimJob("dies", fixture.Host.Clock.Now, default, job)));
            fixture.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        }

        await Work();
        Assert.Equal(JobState.Failed, await StateOf(acme, job));
        Assert.True((await acme.ImportOf(id)).MayRun());
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));
    }

    [Fact]
    public async Task T7_MemberDemotedWhileTheJobWaits_NothingIsWritten()
    {
        var acme = await Make.Tenant(fixture.Host);
        acme.Admin = await Make.Member(acme, Role.Manager);
        var id = await Make.Import(acme, File);
        var job = await acme.Ask(id, CustomerImport.JobKind);
        await acme.Use(db => db.Members.Where(m => m.Id == acme.Admin.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, Role.Viewer)));
        await Work();
        var import = await acme.ImportOf(id);
        Assert.Equal((JobState.Failed, "The member who asked for this may no longer do it."), (import.Job!.State, import.Job.Note));
        Assert.Equal(job, import.JobId);
        Assert.Empty(await acme.Use(db => db.Customers.ToListAsync()));
    }

    [Fact]
    public async Task T7_JobsOfTwoTenantsInTurn_EachWritesItsOwn()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        for (var i = 0; i < 3; i++)
            foreach (var tenant in new[] { acme, other })
                await tenant.Ask(await Make.Import(tenant, $"id,Name,Owner\n{i},{tenant.Slug} {i},\n"), CustomerImport.JobKind);
        await Work();
        foreach (var tenant in new[] { acme, other })
        {
            var names = await tenant.Use(db => db.Customers.OrderBy(c => c.ExternalId).Select(c => c.Name).ToListAsync());
            Assert.Equal([$"{tenant.Slug} 0", $"{tenant.Slug} 1", $"{tenant.Slug} 2"], names);
            Assert.Equal([tenant.Admin.Id], await tenant.Use(db => db.CustomerEvents.Select(e => e.MemberId!.Value).Distinct().ToListAsync()));
        }
    }

    [Fact]
    public async Task R8_TenantWithARunningJob_LeavesTheWorkersToOthers()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var first = await acme.Ask(await Make.Import(acme, File), CustomerImport.JobKind);
        await acme.Ask(await Make.Import(acme, File), CustomerImport.JobKind);
        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        var theirs = await other.Ask(await Make.Import(other, File), CustomerImport.JobKind);

        Assert.Equal(first, (await Claim())!.Id);
        Assert.Equal(theirs, (await Claim())!.Id);
        Assert.Null(await Claim());
        fixture.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        await Work();
        Assert.All(await acme.Use(db => db.Jobs.ToListAsync()), job => Assert.Equal(JobState.Done, job.State));
    }

    private Task<ClaimedJob?> Claim() => fixture.Host.Scope(s => s.GetRequiredService<CrmDb>().ClaimJob("one", fixture.Host.Clock.Now, default));

    private async Task Work()
    {
        var runner = fixture.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
    }

    private Task<int> Reopen(TestTenant tenant, long job, int attempts) => tenant.Use(db => db.Jobs.Where(j => j.Id == job).ExecuteUpdateAsync(set => set
        .SetProperty(j => j.State, JobState.Running).SetProperty(j => j.Attempts, attempts).SetProperty(j => j.LeasedUntil, fixture.Host.Clock.Now.AddSeconds(-1))));

    private static Task<JobState> StateOf(TestTenant tenant, long job) => tenant.Use(db => db.Jobs.Where(j => j.Id == job).Select(j => j.State).SingleAsync());
}
