using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// How often one address may knock where no login stands behind the request. Generous, because an office shares an address; the lockout of a login is
/// exact and does not depend on this. Each address has its own measure, so that nobody uses up another's.
/// </summary>
public static class RequestLimits
{
    /// <summary>Guesses of passwords and codes: <c>Limits:SignIn</c> a minute.</summary>
    public const string SignIn = "sign-in";

    /// <summary>What sends a mail: <c>Limits:Mail</c> in ten minutes.</summary>
    public const string Mail = "mail";

    private const int SignInsAMinute = 60;
    private const int MailsInTenMinutes = 30;

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var (signIn, mail) = (configuration.GetValue("Limits:SignIn", SignInsAMinute), configuration.GetValue("Limits:Mail", MailsInTenMinutes));
        services.AddSingleton<MailboxLimit>();
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) =>
            {
                if (context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
                    context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            options.AddPolicy(SignIn, http => Measure(http, signIn, TimeSpan.FromMinutes(1)));
            options.AddPolicy(Mail, http => Measure(http, mail, TimeSpan.FromMinutes(10)));
        });
    }

    private static RateLimitPartition<string> Measure(HttpContext http, int permits, TimeSpan window)
    {
        // a socket without an address is a proxy on this machine that says nothing of its visitors: there is nobody to tell apart
        if (http.Connection.RemoteIpAddress is not { } address) return RateLimitPartition.GetNoLimiter("");
        return RateLimitPartition.GetFixedWindowLimiter(Key(address), _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window });
    }

    // a household has a whole /64 of IPv6
    public static string Key(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
