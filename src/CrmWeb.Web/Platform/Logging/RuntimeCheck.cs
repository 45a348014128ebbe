namespace CrmWeb.Web.Platform.Logging;

/// <summary>Warns at start when the runtime lacks security fixes: <c>Runtime:Minimum</c> names the version that has them.</summary>
internal sealed class RuntimeCheck(IConfiguration configuration, ILogger<RuntimeCheck> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Version.TryParse(configuration["Runtime:Minimum"], out var minimum) && Environment.Version < minimum)
            log.LogWarning("The .NET runtime {Runtime} is older than {Minimum}, which has security fixes: update it", Environment.Version, minimum);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
