using System.Collections;
using CrmWeb.Web.Platform.Tenancy;
using Serilog;

namespace CrmWeb.Web.Platform.Logging;

/// <summary>One line a request: tenant, member, route, status, time. The route's pattern, not the path: paths and queries hold personal data and secrets.</summary>
internal sealed class RequestLog(RequestDelegate next, TimeProvider clock, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext http, CurrentMember member)
    {
        var start = clock.GetTimestamp();
        using var _ = log.BeginScope(new Whose(member));
        try
        {
            await next(http);
        }
        finally
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-";
            var (tenant, id) = member.IsSet ? (member.Pass.TenantId, member.Id) : (0L, 0L);
            log.LogInformation(
                "{Method} /{Route} {Status} in {Milliseconds:0.0} ms, tenant {Tenant}, member {Member}",
                http.Request.Method, route, http.Response.StatusCode, clock.GetElapsedTime(start).TotalMilliseconds, tenant, id);
        }
    }
}

/// <summary>Puts tenant and member on every line of a request, as far as they are known when the line is written.</summary>
internal sealed class Whose(CurrentMember member) : IEnumerable<KeyValuePair<string, object>>
{
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator()
    {
        if (!member.IsSet) yield break;
        yield return new("Tenant", member.Pass.TenantId);
        yield return new("Member", member.Id);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class LoggingSetup
{
    // the trace is the reference that an error page shows; no other property, for paths hold personal data
    private const string Line =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] trace={TraceId} tenant={Tenant} member={Member} job={Job} {Message:lj}{NewLine}{Exception}";

    /// <summary>Structured logs to the console and, where <c>Logs:Folder</c> is set (App_Data/logs by default), to a file a day.</summary>
    public static void AddCrmLogging(this WebApplicationBuilder builder)
    {
        var folder = builder.Configuration["Logs:Folder"] ?? Path.Combine(builder.Environment.ContentRootPath, "App_Data", "logs");
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", Serilog.Events.LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", Serilog.Events.LogEventLevel.Information)
            // parameters of commands are personal data; the text of a failed command is enough
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database.Command", Serilog.Events.LogEventLevel.Error)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: Line, formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        if (folder.Length > 0)
            logger.WriteTo.File(Path.Combine(folder, "crm-.log"), outputTemplate: Line, rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14, shared: true, formatProvider: System.Globalization.CultureInfo.InvariantCulture);

        builder.Logging.ClearProviders().AddSerilog(logger.CreateLogger(), dispose: true);
    }
}
