using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;

namespace CrmWeb.Web.Features.Deals.Forecast;

/// <summary>Keeps the forecast of the week. It is asked for every night and keeps it once, so that a Monday without a running node loses nothing.</summary>
public sealed class ForecastJob(CrmDb db, CurrentMember me) : IJobHandler
{
    public const string JobKind = "keep-forecast";

    /// <summary>How far it looks ahead.</summary>
    public const int Months = 24;

    public string Kind => JobKind;

    public string Permission => Permissions.EditSales;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var monday = TenantDay.MondayOf(TenantDay.Today(me));
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var kept = await db.KeepForecast(monday, ForecastMonths.From(me, TenantDay.MonthOf(monday), Months), stop);
        await run.Progress(kept, kept, stop);
        await transaction.CommitAsync(stop);
        return kept.ToString(CultureInfo.InvariantCulture);
    }
}

internal static class ForecastMonths
{
    public static IReadOnlyList<ForecastMonth> From(CurrentMember me, DateOnly first, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var month = first.AddMonths(i);
        return new ForecastMonth(month, TenantDay.Start(me, month), TenantDay.Start(me, month.AddMonths(1)));
    })];
}
