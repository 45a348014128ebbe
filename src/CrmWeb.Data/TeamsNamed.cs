using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>How many deals and cases name a team, and whether forecasts that were kept do; be they put away, or hidden from the member.</summary>
public sealed record TeamWork(int Deals, int Cases, bool Forecasts)
{
    public bool Any => Deals > 0 || Cases > 0 || Forecasts;
}

/// <summary>What sales and service name a team for: it goes elsewhere before the team does.</summary>
public static class TeamsNamed
{
    /// <summary>More deals and cases than this are left to a job.</summary>
    public const int MostAtOnce = 2_000;

    private const int Batch = 1_000;

    public static async Task<TeamWork> WorkOf(this CrmDb db, long teamId, CancellationToken stop) => new(
        await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).CountAsync(deal => deal.TeamId == teamId, stop),
        await db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).CountAsync(its => its.TeamId == teamId, stop),
        await db.ForecastSnapshots.IgnoreQueryFilters(TenantScoping.Unseen).AnyAsync(kept => kept.TeamId == teamId || kept.CustomerTeamId == teamId, stop));

    /// <summary>Gives all of it to another team, or to none, and tells so of each deal and case; whose customers forecasts were of goes to none. Needs an open transaction.</summary>
    public static async Task MoveWork(this CrmDb db, long from, long? to, CancellationToken stop)
    {
        while (await db.MoveSomeWork(from, to, stop) > 0)
        {
        }

        await db.ForecastSnapshots.IgnoreQueryFilters(TenantScoping.Unseen).Where(s => s.TeamId == from).ExecuteUpdateAsync(set => set.SetProperty(s => s.TeamId, to), stop);
        // this one says who sees the sums: the chosen team never saw these customers
        await db.ForecastSnapshots.IgnoreQueryFilters(TenantScoping.Unseen).Where(s => s.CustomerTeamId == from).ExecuteUpdateAsync(set => set.SetProperty(s => s.CustomerTeamId, (long?)null), stop);
    }

    /// <summary>The next deals, or cases where no deal is left. Answers how many; 0 at the end. Needs an open transaction.</summary>
    public static async Task<int> MoveSomeWork(this CrmDb db, long from, long? to, CancellationToken stop)
    {
        if (await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).Where(d => d.TeamId == from).OrderBy(d => d.Id).Select(d => new Named(d.Id, d.CustomerId)).Take(Batch).ToListAsync(stop) is { Count: > 0 } deals)
        {
            var ids = deals.ConvertAll(d => d.Id);
            await db.Deals.IgnoreQueryFilters(TenantScoping.Unseen).Where(d => ids.Contains(d.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.TeamId, to).SetProperty(d => d.Version, d => d.Version + 1), stop);
            await Tell(db, RecordKind.Deal, deals, from, to, stop);
            return deals.Count;
        }

        if (await db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => c.TeamId == from).OrderBy(c => c.Id).Select(c => new Named(c.Id, c.CustomerId)).Take(Batch).ToListAsync(stop) is not { Count: > 0 } cases) return 0;
        var some = cases.ConvertAll(c => c.Id);
        await db.Cases.IgnoreQueryFilters(TenantScoping.Unseen).Where(c => some.Contains(c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.TeamId, to).SetProperty(c => c.Version, c => c.Version + 1), stop);
        await Tell(db, RecordKind.Case, cases, from, to, stop);
        return cases.Count;
    }

    private static Task Tell(CrmDb db, RecordKind kind, List<Named> rows, long from, long? to, CancellationToken stop) =>
        History.ChangeWriting.Tell(db, rows.ConvertAll(row => new Change(kind, row.Id, row.CustomerId) { Field = "teamId", Old = ChangeText.Of(from), New = ChangeText.Of(to) }), stop);

    private sealed record Named(long Id, long? CustomerId);
}
