using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Moves the clocks of many open cases to other opening times or promises. Done twice it changes nothing.</summary>
public sealed class ClockMovingJob(CrmDb db, CurrentMember me) : IJobHandler
{
    public string Kind => ClockMoving.JobKind;

    public string Permission => Permissions.ManageTenant;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var clocks = await ServiceClocks.Read(db, stop);
        var batches = 0L;
        var moved = await db.MoveClocks(clocks, me.Now, async write =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(++batches, null, stop);
            await write();
            await transaction.CommitAsync(stop);
        }, stop);
        return moved.ToString(CultureInfo.InvariantCulture);
    }
}
