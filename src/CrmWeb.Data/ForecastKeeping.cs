using CrmWeb.Data.Providers;
using CrmWeb.Domain.Sales;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data;

/// <summary>Keeps what is forecast, once a week, so that it can be told later how good it was.</summary>
public static class ForecastKeeping
{
    /// <summary>
    /// Keeps the forecast of the week, unless it is kept already. Whoever else does it at the same moment waits and finds it kept: one a week, however many
    /// nodes there are. Needs an open transaction. Answers how many rows were kept.
    /// </summary>
    /// <param name="monday">Of the week, where the tenant is.</param>
    /// <param name="months">From the month of that day on.</param>
    public static async Task<int> KeepForecast(this CrmDb db, DateOnly monday, IReadOnlyList<ForecastMonth> months, CancellationToken stop)
    {
        await db.HoldTenant(stop);
        if (await db.ForecastSnapshots.IgnoreQueryFilters([TenantScoping.VisibilityFilter]).AnyAsync(s => s.TakenOn == monday, stop)) return 0;
        // everybody's deals, but not those of archived customers, as the page counts them
        var deals = db.Deals.AsNoTracking().IgnoreQueryFilters([TenantScoping.VisibilityFilter]).Where(d => db.Customers.Any(c => c.Id == d.CustomerId && c.DeletedAt == null));
        var sums = await db.Forecast(deals, months, stop);
        await db.BulkInsert(sums.ConvertAll(sum => Of(sum, monday)), stop);
        return sums.Count;
    }

    public static ForecastSnapshot Of(ForecastSum sum, DateOnly monday) => new(monday, sum.Month, sum.PipelineId, sum.OwnerId, sum.TeamId)
    {
        CustomerOwnerId = sum.CustomerOwnerId,
        CustomerTeamId = sum.CustomerTeamId,
        Weighted = sum.Weighted,
        Open = sum.Open,
        BestCase = sum.BestCase,
        Commit = sum.Commit,
        Won = sum.Won,
        Deals = sum.Deals,
    };
}
