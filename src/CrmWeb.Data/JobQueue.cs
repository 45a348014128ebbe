using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>A job a worker holds: whom it is for, and the attempt that its writes must still be in.</summary>
public sealed record ClaimedJob(long Id, long TenantId, long MemberId, string Kind, string Payload, int Attempt)
{
    /// <summary>It was tried too often, as a job that kills its process is: whoever claims it ends it, and tries it no more.</summary>
    public bool IsGivenUp => Attempt > Job.MaxAttempts;
}

/// <summary>
/// The queue is rows that are due. A worker claims one by a conditional update; a lease that ran out makes it claimable again. Every later
/// write names the attempt, so that a worker that was paused beyond its lease writes nothing.
/// </summary>
public static class JobQueue
{
    public const string TriedTooOften = "It failed several times; the log has the details.";

    private static readonly string[] AnyTenant = [TenantScoping.TenantFilter];

    /// <summary>
    /// Claims the job that is due longest, or the one named, or answers null. A tenant has one running job at most, so that nobody waits for the many
    /// jobs of somebody else; the one named is taken all the same.
    /// </summary>
    public static async Task<ClaimedJob?> ClaimJob(this CrmDb db, string worker, DateTime now, CancellationToken stop, long? only = null)
    {
        var due = await Free(db, now, only).OrderBy(j => j.DueAt).Take(8).Select(j => new { j.Id, j.TenantId, j.MemberId, j.Kind, j.Payload, j.Attempts }).ToListAsync(stop);
        foreach (var job in due)
        {
            var same = Free(db, now, only).Where(j => j.Id == job.Id && j.Attempts == job.Attempts);
            var claimed = await same.ExecuteUpdateAsync(
                set => set.SetProperty(j => j.State, JobState.Running)
                    .SetProperty(j => j.Worker, worker)
                    .SetProperty(j => j.LeasedUntil, now + Job.Lease)
                    .SetProperty(j => j.Attempts, j => j.Attempts + 1),
                stop);
            if (claimed == 1) return new ClaimedJob(job.Id, job.TenantId, job.MemberId, job.Kind, job.Payload, job.Attempts + 1);
        }

        return null;
    }

    /// <summary>Says how far the job came and holds it for another lease. False when another worker holds it by now: stop, write nothing.</summary>
    /// <param name="payload">What whoever goes on with it needs; null leaves it.</param>
    public static async Task<bool> HoldJob(this CrmDb db, ClaimedJob job, long? progress, long? total, DateTime now, CancellationToken stop, string? payload = null) =>
        await Held(db, job).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.LeasedUntil, now + Job.Lease)
                .SetProperty(j => j.Progress, j => progress ?? j.Progress)
                .SetProperty(j => j.Total, j => total ?? j.Total)
                .SetProperty(j => j.Payload, j => payload ?? j.Payload),
            stop) == 1;

    /// <summary>Ends the job, and tells whoever waits for it. The scope is in the tenant of the job.</summary>
    public static async Task EndJob(this CrmDb db, ClaimedJob job, JobState state, string? note, DateTime now, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.FinishJob(job, state, note, now, stop) == 1) await db.TellEnd(job, now, stop);
        await transaction.CommitAsync(stop);
    }

    public static Task<int> FinishJob(this CrmDb db, ClaimedJob job, JobState state, string? note, DateTime now, CancellationToken stop) =>
        Held(db, job).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.State, state)
                .SetProperty(j => j.Note, note)
                .SetProperty(j => j.FinishedAt, now)
                .SetProperty(j => j.LeasedUntil, (DateTime?)null),
            stop);

    /// <summary>Gives the job back, to be claimed again at <paramref name="dueAt"/>.</summary>
    public static Task<int> ReturnJob(this CrmDb db, ClaimedJob job, string? note, DateTime dueAt, CancellationToken stop) =>
        Held(db, job).ExecuteUpdateAsync(
            set => set.SetProperty(j => j.State, JobState.Waiting)
                .SetProperty(j => j.Note, note)
                .SetProperty(j => j.DueAt, dueAt)
                .SetProperty(j => j.LeasedUntil, (DateTime?)null),
            stop);

    private static IQueryable<Job> Free(CrmDb db, DateTime now, long? only) => only is { } id
        ? Due(db, now).Where(j => j.Id == id)
        : Due(db, now).Where(j => !db.Jobs.Any(other => other.TenantId == j.TenantId && other.State == JobState.Running && other.LeasedUntil >= now));

    private static IQueryable<Job> Due(CrmDb db, DateTime now) => db.Jobs.IgnoreQueryFilters(AnyTenant).Where(j =>
        (j.State == JobState.Waiting && j.DueAt <= now) || (j.State == JobState.Running && j.LeasedUntil < now));

    private static IQueryable<Job> Held(CrmDb db, ClaimedJob job) => db.Jobs.IgnoreQueryFilters(AnyTenant).Where(j =>
        j.Id == job.Id && j.State == JobState.Running && j.Attempts == job.Attempt);
}
