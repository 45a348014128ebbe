using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Costs;

/// <summary>Gives every contact the cost of its day, and every customer what follows from it. Done again it does the same.</summary>
public sealed class RecountCostsJob(CrmDb db) : IJobHandler
{
    public const string JobKind = "recount-costs";

    public string Kind => JobKind;

    public string Permission => Permissions.ManageTenant;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var total = await db.Customers.IgnoreQueryFilters(Everybody).LongCountAsync(stop);
        var changed = await db.RecountCosts(seen => run.Progress(seen, total, stop), stop);
        return changed.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The count that was asked for last; null when there never was one.</summary>
    public static Task<Job?> Last(CrmDb db, CancellationToken stop) => db.Jobs.AsNoTracking().Where(j => j.Kind == JobKind).OrderByDescending(j => j.Id).FirstOrDefaultAsync(stop);

    public static bool IsBusy(Job? job) => job is { State: JobState.Waiting or JobState.Running };

    private static readonly string[] Everybody = [TenantScoping.DeletedFilter];
}

public static class CostsSetup
{
    public static IServiceCollection AddCosts(this IServiceCollection services) => services.AddScoped<IJobHandler, RecountCostsJob>();
}
