using System.Linq.Expressions;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Sums of deals that may close, or were won, in one month; of one owner, team and pipeline, and of customers of one owner and team. Amounts are minor units of the tenant's currency.</summary>
public sealed record ForecastSum(DateOnly Month, long PipelineId, long? OwnerId, long? TeamId)
{
    /// <summary>Whose customers they are of.</summary>
    public long? CustomerOwnerId { get; init; }

    public long? CustomerTeamId { get; init; }

    public long Weighted { get; set; }
    public long Open { get; set; }
    public long BestCase { get; set; }
    public long Commit { get; set; }
    public long Won { get; set; }

    /// <summary>Open ones that are not left out, and won ones.</summary>
    public int Deals { get; set; }
}

/// <summary>A month of the tenant: its first day, and the instants at which it begins and ends.</summary>
public sealed record ForecastMonth(DateOnly First, DateTime Begin, DateTime End);

/// <summary>What a forecast is made of, summed up by the database: two questions, however many deals there are.</summary>
public static class ForecastSums
{
    /// <param name="deals">Those to sum up.</param>
    /// <param name="db">Knows the stages.</param>
    /// <param name="months">One after the other, without a gap.</param>
    public static async Task<List<ForecastSum>> Forecast(this CrmDb db, IQueryable<Deal> deals, IReadOnlyList<ForecastMonth> months, CancellationToken stop)
    {
        var (first, last) = (months[0].First, months[^1].First.AddMonths(1).AddDays(-1));
        var stages = await db.Stages.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Select(s => new { s.Id, s.Probability, s.Category }).ToDictionaryAsync(s => s.Id, stop);
        var open = await deals.Where(d => d.State == DealState.Open && d.CloseOn >= first && d.CloseOn <= last)
            .GroupBy(d => new { d.CloseOn!.Value.Year, d.CloseOn!.Value.Month, d.StageId, d.PipelineId, d.Category, d.OwnerId, d.TeamId, CustomerOwnerId = d.Customer!.OwnerId, CustomerTeamId = d.Customer.TeamId })
            .Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(d => d.BaseAmount ?? 0) }).ToListAsync(stop);
        var won = await deals.Where(Within(months[0].Begin, months[^1].End)).Select(MonthOf(months))
            .GroupBy(d => new { d.Month, d.PipelineId, d.OwnerId, d.TeamId, d.CustomerOwnerId, d.CustomerTeamId })
            .Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(d => d.Amount) }).ToListAsync(stop);

        var sums = new Dictionary<(DateOnly, long, long?, long?, long?, long?), ForecastSum>();
        ForecastSum Of(DateOnly month, long pipeline, long? owner, long? team, long? customersOf, long? customersOfTeam) =>
            sums.TryGetValue((month, pipeline, owner, team, customersOf, customersOfTeam), out var known) ? known
                : sums[(month, pipeline, owner, team, customersOf, customersOfTeam)] = new(month, pipeline, owner, team) { CustomerOwnerId = customersOf, CustomerTeamId = customersOfTeam };
        foreach (var group in open)
        {
            var stage = stages[group.Key.StageId];
            var category = group.Key.Category ?? stage.Category;
            if (category == ForecastCategory.Omitted) continue;
            var sum = Of(new(group.Key.Year, group.Key.Month, 1), group.Key.PipelineId, group.Key.OwnerId, group.Key.TeamId, group.Key.CustomerOwnerId, group.Key.CustomerTeamId);
            (sum.Open, sum.Deals) = (sum.Open + group.Sum, sum.Deals + group.Count);
            sum.Weighted += (long)decimal.Round(group.Sum * (decimal)stage.Probability / 100, MidpointRounding.AwayFromZero);
            if (category == ForecastCategory.BestCase) sum.BestCase += group.Sum;
            if (category == ForecastCategory.Commit) sum.Commit += group.Sum;
        }

        foreach (var group in won)
        {
            var sum = Of(months[group.Key.Month].First, group.Key.PipelineId, group.Key.OwnerId, group.Key.TeamId, group.Key.CustomerOwnerId, group.Key.CustomerTeamId);
            (sum.Won, sum.Deals) = (sum.Won + group.Sum, sum.Deals + group.Count);
        }

        return [.. sums.Values];
    }

    private static Expression<Func<Deal, bool>> Within(DateTime begin, DateTime end) => d => d.State == DealState.Won && d.ClosedAt >= begin && d.ClosedAt < end;

    private sealed record WonDeal
    {
        public int Month { get; init; }
        public long PipelineId { get; init; }
        public long? OwnerId { get; init; }
        public long? TeamId { get; init; }
        public long? CustomerOwnerId { get; init; }
        public long? CustomerTeamId { get; init; }
        public long Amount { get; init; }
    }

    // which of the months an instant lies in: months of the tenant's zone are no months of any engine
    private static Expression<Func<Deal, WonDeal>> MonthOf(IReadOnlyList<ForecastMonth> months)
    {
        var deal = Expression.Parameter(typeof(Deal), "d");
        var at = Expression.Convert(Expression.Property(deal, nameof(Deal.ClosedAt)), typeof(DateTime?));
        var index = Closed(months.Count - 1);
        for (var i = months.Count - 2; i >= 0; i--)
        {
            index = Expression.Condition(Expression.LessThan(at, Closed<DateTime?>(months[i].End)), Closed(i), index);
        }

        Expression<Func<Deal, WonDeal>> row = d => new WonDeal { Month = -1, PipelineId = d.PipelineId, OwnerId = d.OwnerId, TeamId = d.TeamId, CustomerOwnerId = d.Customer!.OwnerId, CustomerTeamId = d.Customer.TeamId, Amount = d.BaseAmount ?? 0 };
        var body = (MemberInitExpression)new Replace(row.Parameters[0], deal).Visit(row.Body);
        var bindings = body.Bindings.Select(binding => binding.Member.Name == nameof(WonDeal.Month) ? Expression.Bind(binding.Member, index) : binding);
        return Expression.Lambda<Func<Deal, WonDeal>>(body.Update(body.NewExpression, bindings), deal);
    }

    // through a closure, so that it is a parameter
    private static Expression Closed<T>(T value)
    {
        Expression<Func<T>> closure = () => value;
        return closure.Body;
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
