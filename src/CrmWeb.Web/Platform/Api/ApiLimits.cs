using System.Threading.RateLimiting;
using CrmWeb.Data;
using CrmWeb.Web.Platform.Security;
using Microsoft.AspNetCore.RateLimiting;

namespace CrmWeb.Web.Platform.Api;

/// <summary>
/// How often one tenant may ask on one node: a bucket that fills up again all the time, so that a program may be busy for a moment and nobody is
/// crowded out by it for long. <c>Limits:Api</c> a minute, <c>Limits:ApiBurst</c> at once.
/// </summary>
internal static class ApiLimits
{
    public const string Policy = "api";

    private const int AMinute = 1200;
    private const int Burst = 300;

    public static void Add(RateLimiterOptions options, IConfiguration configuration)
    {
        var (minute, burst) = (Math.Max(1, configuration.GetValue("Limits:Api", AMinute)), Math.Max(1, configuration.GetValue("Limits:ApiBurst", Burst)));
        // one at a time, at the pace of the limit
        var (tokens, period) = minute >= 60 ? (minute / 60, TimeSpan.FromSeconds(1)) : (1, TimeSpan.FromMinutes(1.0 / minute));
        options.AddPolicy(Policy, http => RateLimitPartition.GetTokenBucketLimiter(Whose(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Min(tokens, burst),
            ReplenishmentPeriod = period,
            QueueLimit = 0,
        }));
    }

    // who has no key yet is told apart by the address
    private static string Whose(HttpContext http) =>
        http.Features.Get<TenantPass>() is { } pass ? $"tenant {pass.TenantId}" : http.Connection.RemoteIpAddress is { } address ? RequestLimits.Key(address) : "";
}
