using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>
/// Every minute, on each node: who changed is judged by the rules of segments, and a refresh is asked for where the time of a segment has come. Two at once do no
/// harm (decision 0022).
/// </summary>
public sealed class SegmentWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SegmentWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "The segments could not be read");
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Answers how many customers came into segments or went out of them.</summary>
    public async Task<int> Look(CancellationToken stop)
    {
        List<long> tenants;
        await using (var scope = scopes.CreateAsyncScope()) tenants = await scope.ServiceProvider.GetRequiredService<CrmDb>().TenantsWithSegments(stop);
        var turned = 0;
        foreach (var tenant in tenants)
        {
            try
            {
                turned += await Look(tenant, stop);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                // the trouble of one keeps nobody else's segments waiting
                log.LogError(e, "The segments of tenant {Tenant} could not be judged", tenant);
            }
        }

        return turned;
    }

    private async Task<int> Look(long tenant, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        db.Current.Enter(tenant, Actor.System);
        db.Current.Through(Via.Job);
        var turned = await db.JudgeChanged(stop);
        if (turned is null) await Ask(db, "", stop);
        else if (await db.AnyDue(stop)) await Ask(db, SegmentRefreshJob.Due, stop);
        return turned ?? 0;
    }

    private async Task Ask(CrmDb db, string payload, CancellationToken stop)
    {
        var asked = await db.Jobs.AnyAsync(j => j.Kind == SegmentRefreshJob.JobKind && (j.Payload == payload || j.Payload == "") && (j.State == JobState.Waiting || j.State == JobState.Running), stop);
        if (asked) return;
        var member = await db.Members.Where(m => m.DeactivatedAt == null && (m.Roles & Role.Admin) == Role.Admin).MinAsync(m => (long?)m.Id, stop);
        if (member is null) return;
        db.Jobs.Add(new Job(SegmentRefreshJob.JobKind, payload, member.Value, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(stop);
    }
}
