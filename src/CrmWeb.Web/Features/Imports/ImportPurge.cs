using CrmWeb.Data;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Once a day: removes imports that were begun and left lying, with their files.</summary>
public sealed class ImportPurge(IServiceScopeFactory scopes, ImportFiles files, IConfiguration configuration, TimeProvider clock, ILogger<ImportPurge> log) : BackgroundService
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue("Jobs:Run", true)) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Purge(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Abandoned imports could not be removed");
            }

            await Task.Delay(TimeSpan.FromDays(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task Purge(CancellationToken stop)
    {
        var begun = clock.GetUtcNow().UtcDateTime - Kept;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDb>();
        foreach (var import in await db.ImportsAbandonedBefore(begun, stop))
        {
            if (await db.RemoveAbandoned(import, begun, stop)) files.Delete(import.TenantId, import.FileKey);
        }
    }
}
