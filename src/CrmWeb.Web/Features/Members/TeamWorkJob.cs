using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Members;

/// <summary>Moves the very many deals and cases of a team some at a time, then takes the team away. Whoever takes the job over goes on with what is left.</summary>
public sealed class TeamWorkJob(CrmDb db) : IJobHandler
{
    public const string JobKind = "move-team-work";

    public string Kind => JobKind;

    public string Permission => Permissions.ManageMembers;

    /// <summary>In the transaction that holds the tenant. A second press finds it begun, and says anew where the work goes.</summary>
    public static async Task Begin(CrmDb db, CurrentMember me, long from, long? to, CancellationToken stop)
    {
        var (of, payload) = (string.Create(CultureInfo.InvariantCulture, $"{from}:"), string.Create(CultureInfo.InvariantCulture, $"{from}:{to}"));
        if (await db.Jobs.FirstOrDefaultAsync(j => j.Kind == JobKind && j.Payload.StartsWith(of) && (j.State == JobState.Waiting || j.State == JobState.Running), stop) is not null) return;
        db.Jobs.Add(new Job(JobKind, payload, me.Id, me.Now));
        await db.SaveChangesAsync(stop);
    }

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var (from, to) = run.Payload.Split(':') is [var team, var other] ? (Id(team)!.Value, Id(other)) : throw new JobFailedException("The team is gone.");
        for (var done = 0L; ;)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(done, null, stop);
            await db.HoldTenant(stop);
            if (to is not null && !await db.Teams.AnyAsync(t => t.Id == to, stop)) throw new JobFailedException("The team that was to get the work is gone.");
            var moved = await db.MoveSomeWork(from, to, stop);
            done += moved;
            if (moved == 0) await Remove(from, to, stop);
            await transaction.CommitAsync(stop);
            if (moved == 0) return done.ToString(CultureInfo.InvariantCulture);
        }
    }

    private async Task Remove(long id, long? to, CancellationToken stop)
    {
        // somebody was faster
        if (await db.Teams.Include(t => t.Members).SingleOrDefaultAsync(t => t.Id == id, stop) is not { } team) return;
        if (await db.CustomersOf(id).AnyAsync(stop)) throw new JobFailedException("Customers belong to the team by now.");
        await db.MoveWork(id, to, stop);
        if (!await db.Remove(team, stop)) throw new DbUpdateException("Somebody saved something with the team.");
    }

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
