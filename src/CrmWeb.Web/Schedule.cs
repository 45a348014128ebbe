using CrmWeb.Data;
using CrmWeb.Data.Duplicates;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Attachments;
using CrmWeb.Web.Features.Customers;
using CrmWeb.Web.Features.Customers.Lifetime;
using CrmWeb.Web.Features.Customers.Quality;
using CrmWeb.Web.Features.Deals.Forecast;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Products.Dream;

namespace CrmWeb.Web;

/// <summary>What runs by the clock. Every node does it: taking away what another one took away does no harm.</summary>
public sealed class Schedule(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Schedule> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Daily(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "What is old could not be removed");
            }

            await Task.Delay(TimeSpan.FromDays(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Daily(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CrmDb>().RemoveOldRows(clock.GetUtcNow().UtcDateTime, stop);
        await FillSearch(await scope.ServiceProvider.GetRequiredService<CrmDb>().TenantsToFill(stop), stop);
        await Ask(CustomerFactsJob.JobKind, "", stop);
        await Ask(DuplicateScanJob.JobKind, "", stop);
        // after the scan: its pairs are counted
        await Ask(QualityJob.JobKind, QualityJob.Nightly, stop);
        await Ask(ForecastJob.JobKind, "", stop);
        await Ask(ClvJob.JobKind, "", stop);
        await Ask(ProductJob.JobKind, "", stop);
        await Statistics.CountAnew(scope.ServiceProvider.GetRequiredService<CrmDb>(), stop);
        // last, for a file that cannot be deleted ends it
        await scope.ServiceProvider.GetRequiredService<ImportPurge>().Purge(stop);
        await scope.ServiceProvider.GetRequiredService<AttachmentPurge>().Purge(stop);
    }

    /// <summary>A job for each tenant that had none of the kind lately; so it is made once a night, whichever nodes are there.</summary>
    private async Task Ask(string kind, string payload, CancellationToken stop)
    {
        await using var all = scopes.CreateAsyncScope();
        foreach (var (tenant, member) in await all.ServiceProvider.GetRequiredService<CrmDb>().TenantsToScan(kind, payload, clock.GetUtcNow().UtcDateTime, stop))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            db.Current.Enter(tenant, Actor.System);
            db.Jobs.Add(new Job(kind, payload, member, clock.GetUtcNow().UtcDateTime));
            await db.SaveChangesAsync(stop);
        }
    }

    private async Task FillSearch(List<long> tenants, CancellationToken stop)
    {
        foreach (var tenant in tenants)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
            db.Current.Enter(tenant, Actor.System);
            await db.FillSearch(null, stop);
        }
    }
}
