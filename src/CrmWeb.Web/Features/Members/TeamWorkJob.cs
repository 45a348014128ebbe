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
    public const string JobKind = Team.WorkJob;

    public string Kind => JobKind;

    public bool IsAwaited => true;

    public string Permission => Permissions.ManageMembers;

    /// <summary>In the transaction that holds the tenant. Answers where the work goes: a second press finds it begun, and changes nothing of that.</summary>
    public static async Task<long?> Begin(CrmDb db, CurrentMember me, long from, long? to, CancellationToken stop)
    {
        if (await Unfinished(db, from, stop) is { } begun) return Id(begun.Payload.Split(':')[1]);
        db.Jobs.Add(new Job(JobKind, string.Create(CultureInfo.InvariantCulture, $"{from}:{to}"), me.Id, me.Now));
        await db.SaveChangesAsync(stop);
        return to;
    }

    /// <summary>The job that empties the team now, or will; null when none does.</summary>
    public static Task<Job?> Unfinished(CrmDb db, long from, CancellationToken stop)
    {
        var of = string.Create(CultureInfo.InvariantCulture, $"{from}:");
        return db.Jobs.FirstOrDefaultAsync(j => j.Kind == JobKind && j.Payload.StartsWith(of) && (j.State == JobState.Waiting || j.State == JobState.Running), stop);
    }

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var (from, to) = run.Payload.Split(':') is [var team, var other] ? (Id(team)!.Value, Id(other)) : throw new JobFailedException("The team is gone.");
        for (var done = 0L; ;)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await run.Progress(done, null, stop);
            await db.HoldTenant(stop);
            if (await db.CustomersOf(from).AnyAsync(stop)) throw new JobFailedException("Customers belong to the team by now.");
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
        await db.MoveWork(id, to, stop);
        if (!await db.Remove(team, stop)) throw new DbUpdateException("Somebody saved something with the team.");
    }

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
