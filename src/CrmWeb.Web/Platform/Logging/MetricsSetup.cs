using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CrmWeb.Web.Platform.Logging;

/// <summary>Measures of requests, the runtime and database connections, sent by OTLP to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; nothing runs while it is unset.</summary>
internal sealed class MetricsExport(IConfiguration configuration) : IHostedService
{
    private MeterProvider? provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            provider = Sdk.CreateMeterProviderBuilder()
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime", "Npgsql", "Microsoft.EntityFrameworkCore")
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        provider?.Dispose();
        return Task.CompletedTask;
    }
}
