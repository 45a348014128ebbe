using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Gives many customers the tier that counts for them, after another one is given by a segment, or tiers changed places. Done twice it changes nothing.</summary>
public sealed class TierFollowingJob(CrmDb db) : IJobHandler
{
    public string Kind => TierFollowing.JobKind;

    public string Permission => Permissions.EditSegments;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        long? only = long.TryParse(run.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var batches = 0L;
        var turned = await db.FollowTiersOf(only, async write =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(++batches, null, stop);
            await write();
            await transaction.CommitAsync(stop);
        }, stop);
        return turned.ToString(CultureInfo.InvariantCulture);
    }
}
