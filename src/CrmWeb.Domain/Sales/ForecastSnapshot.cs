using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Sales;

/// <summary>
/// What was forecast on one day for the deals that close in one month, of one owner and team, and of the customers of one owner and team: kept every week, so that it can be told later how good it was.
/// All amounts are minor units of the tenant's currency of that day.
/// </summary>
public sealed class ForecastSnapshot : TenantOwned
{
    private ForecastSnapshot() { }

    public ForecastSnapshot(DateOnly takenOn, DateOnly month, long pipelineId, long? ownerId, long? teamId) =>
        (TakenOn, Month, PipelineId, OwnerId, TeamId) = (takenOn, month, pipelineId, ownerId, teamId);

    /// <summary>The Monday of its week, where the tenant is.</summary>
    public DateOnly TakenOn { get; private set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Month { get; private set; }

    public long PipelineId { get; private set; }

    public Pipeline? Pipeline { get; private set; }

    public long? OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public long? TeamId { get; private set; }

    public Team? Team { get; private set; }

    /// <summary>Whose customers the deals are of, and of which team: whoever may see those customers sees the row.</summary>
    public long? CustomerOwnerId { get; init; }

    public Member? CustomerOwner { get; private set; }

    public long? CustomerTeamId { get; init; }

    public Team? CustomerTeam { get; private set; }

    /// <summary>Open deals, each times the probability of its stage.</summary>
    public long Weighted { get; init; }

    /// <summary>Open deals that are not left out.</summary>
    public long Open { get; init; }

    public long BestCase { get; init; }

    public long Commit { get; init; }

    /// <summary>Deals of the month that were won by that day.</summary>
    public long Won { get; init; }

    public int Deals { get; init; }
}
