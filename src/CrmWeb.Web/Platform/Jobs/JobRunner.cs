using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Platform.Jobs;

/// <summary>Does one kind of job. Runs in a scope of the job's tenant and member, and may run again after a crash.</summary>
public interface IJobHandler
{
    string Kind { get; }

    /// <summary>What the member must still be allowed to do when the job begins, whatever they were allowed when they asked for it.</summary>
    string Permission { get; }

    /// <summary>Somebody asked for it and went on with other work: they are told when it ends.</summary>
    bool IsAwaited => false;

    /// <summary>Answers the line the person reads when it is done.</summary>
    /// <exception cref="JobFailedException">It cannot be done, and trying again would not help.</exception>
    Task<string> Run(JobRun run, CancellationToken stop);
}

/// <summary>The work refuses for a reason its owner can understand.</summary>
public sealed class JobFailedException(string reason) : Exception(reason);

/// <summary>Another worker holds the job by now: whoever sees this stops at once and writes nothing.</summary>
public sealed class JobLostException() : Exception("The lease of this job is held elsewhere.");

/// <summary>A job in hand: what it needs, and the way to say how far it came.</summary>
/// <param name="told">Hears of progress too: the terminal of a command.</param>
public sealed class JobRun(ClaimedJob job, CrmDb db, TimeProvider clock, Action<long, long?>? told = null)
{
    public string Payload => job.Payload;

    public long JobId => job.Id;

    /// <summary>Extends the lease. Call at least every half lease, and inside the transaction of each piece of work: then work of a lost lease is rolled back.</summary>
    /// <param name="payload">Where whoever takes the job over goes on; null leaves what stands there.</param>
    /// <exception cref="JobLostException">Another worker took over.</exception>
    public async Task Progress(long done, long? total, CancellationToken stop, string? payload = null)
    {
        if (!await db.HoldJob(job, done, total, clock.GetUtcNow().UtcDateTime, stop, payload)) throw new JobLostException();
        told?.Invoke(done, total);
    }
}

/// <summary>Works the queue of due jobs off, a few at a time on each node. Any number of nodes may run it.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    // more than one, so that a long job of one tenant leaves room for the others
    private const int Workers = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // a database that is away fills no log
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(15);
    private readonly string worker = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Work(stoppingToken)));

    private async Task Work(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                if (await RunNext(stoppingToken)) continue;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The job queue could not be read");
                pause = PauseAfterFailure;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Claims and runs one job; false when none is due.</summary>
    public async Task<bool> RunNext(CancellationToken stop)
    {
        ClaimedJob? job;
        await using (var scope = scopes.CreateAsyncScope())
            job = await scope.ServiceProvider.GetRequiredService<CrmDb>().ClaimJob(worker, Now, stop);
        if (job is null) return false;

        var (state, note) = job.IsGivenUp ? (JobState.Failed, JobQueue.TriedTooOften) : await Leased(job, stop);
        await using var end = scopes.CreateAsyncScope();
        var db = end.ServiceProvider.GetRequiredService<CrmDb>();
        if (state is { } final) await End(end.ServiceProvider, db, job, final, note);
        else await db.ReturnJob(job, note, stop.IsCancellationRequested ? Now : Now + TimeSpan.FromSeconds(5 * job.Attempt), CancellationToken.None);
        return true;
    }

    private async Task End(IServiceProvider services, CrmDb db, ClaimedJob job, JobState state, string? note)
    {
        if (services.GetServices<IJobHandler>().FirstOrDefault(handler => handler.Kind == job.Kind) is not { IsAwaited: true })
        {
            await db.FinishJob(job, state, note, Now, CancellationToken.None);
            return;
        }

        db.Current.Enter(job.TenantId, Actor.System);
        await db.EndJob(job, state, note, Now, CancellationToken.None);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<(JobState? State, string? Note)> Leased(ClaimedJob job, CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        var keeping = Keep(job, ended.Token);
        try
        {
            return await Attempt(job, stop);
        }
        finally
        {
            await ended.CancelAsync();
            await keeping;
        }
    }

    /// <summary>Keeps the lease while the handler waits for one long statement. A process that stands still, or is gone, keeps nothing.</summary>
    private async Task Keep(ClaimedJob job, CancellationToken ended)
    {
        while (true)
        {
            await Task.Delay(Job.Lease / 3, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested) return;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                // whoever took it over keeps it
                if (!await scope.ServiceProvider.GetRequiredService<CrmDb>().HoldJob(job, null, null, Now, ended)) return;
            }
            catch (Exception e)
            {
                // the handler may hold what this waits for
                if (!ended.IsCancellationRequested) log.LogWarning(e, "The lease of job {Job} could not be extended", job.Id);
            }
        }
    }

    private async Task<(JobState? State, string? Note)> Attempt(ClaimedJob job, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        using var _ = log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Tenant"] = job.TenantId, ["Job"] = job.Id });
        try
        {
            // the member's rights as they are now; one who left has none
            if (await db.PassOfMember(job.TenantId, job.MemberId, stop) is not { } pass) return (JobState.Failed, "The member who asked for this is no longer active.");
            db.Current.Enter(pass);
            db.Current.Through(Via.Job, job.Id);
            scope.ServiceProvider.GetRequiredService<CurrentMember>().Enter(pass);
            var handler = scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == job.Kind);
            if (!pass.Roles.Allow(handler.Permission)) return (JobState.Failed, "The member who asked for this may no longer do it.");
            return (JobState.Done, await handler.Run(new JobRun(job, db, clock), stop));
        }
        catch (JobFailedException refused)
        {
            return (JobState.Failed, refused.Message);
        }
        catch (JobLostException)
        {
            log.LogWarning("Job {Job} was taken over by another worker", job.Id);
            return (null, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (null, null);
        }
        catch (Exception e)
        {
            log.LogError(e, "Job {Job} of kind {Kind} failed in attempt {Attempt}", job.Id, job.Kind, job.Attempt);
            return job.Attempt >= Job.MaxAttempts ? (JobState.Failed, JobQueue.TriedTooOften) : (null, null);
        }
    }
}
