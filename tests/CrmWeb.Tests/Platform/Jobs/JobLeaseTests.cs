using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmWeb.Tests.Platform.Jobs;

public sealed class JobLeaseTests
{
    /// <summary>R2: what takes longer than a lease is not done twice, though it says nothing in between.</summary>
    [Fact]
    public async Task R2_HandlerThatIsLongSilent_KeepsTheLeaseUntilItEnds()
    {
        await using var host = await CrmHost.Start(services => services.AddScoped<IJobHandler, Silent>());
        var tenant = await Make.Tenant(host);
        await tenant.Use(db =>
        {
            db.Jobs.Add(new Job(Silent.JobKind, "", tenant.Admin.Id, host.Clock.Now));
            return db.SaveChangesAsync();
        });
        using var runner = new JobRunner(host.Services.GetRequiredService<IServiceScopeFactory>(), new Hurried(host.Clock), NullLogger<JobRunner>.Instance);
        Assert.True(await runner.RunNext(default));
        var job = await tenant.Use(db => db.Jobs.SingleAsync(j => j.Kind == Silent.JobKind));
        Assert.Equal((JobState.Done, 1, null), (job.State, job.Attempts, job.LeasedUntil));
    }

    private sealed class Silent(CrmDb db, TimeProvider clock) : IJobHandler
    {
        public const string JobKind = "silent";

        public string Kind => JobKind;

        public string Permission => Permissions.ManageTenant;

        public async Task<string> Run(JobRun run, CancellationToken stop)
        {
            var time = (FakeClock)clock;
            for (var i = 0; i < 4; i++)
            {
                time.Advance(Job.Lease / 2);
                // databases keep fewer digits of a second than the clock tells
                for (var wait = 0; await Left() < Job.Lease - TimeSpan.FromMilliseconds(1); wait++)
                {
                    if (wait == 1000) throw new TimeoutException("Nobody keeps the lease.");
                    await Task.Delay(10, stop);
                }
            }

            return await db.ClaimJob("another", time.Now, stop, run.JobId) is null ? "" : throw new InvalidOperationException("Somebody else has it.");

            async Task<TimeSpan?> Left() => await db.Jobs.Where(j => j.Id == run.JobId).Select(j => j.LeasedUntil).SingleAsync(stop) - time.Now;
        }
    }

    /// <summary>Tells the time of another clock, and waits for nothing.</summary>
    private sealed class Hurried(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(20), period);
    }
}
