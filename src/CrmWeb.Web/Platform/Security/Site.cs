using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Platform.Security;

/// <summary>
/// Where the product lives, as it is configured (<c>Site:BaseUrl</c>). Links in mails are built from here and never from the request, whose Host
/// anybody may choose.
/// </summary>
public sealed class Site(IConfiguration configuration)
{
    public const string Default = "http://localhost:5080";

    public Uri BaseUrl { get; } = new((configuration["Site:BaseUrl"] is { Length: > 0 } url ? url : Default).TrimEnd('/') + "/", UriKind.Absolute);

    public bool IsSecure => BaseUrl.Scheme == Uri.UriSchemeHttps;

    /// <param name="path">From the root, with its slash: <c>/password/new?token=…</c>.</param>
    public string Url(string path) => new Uri(BaseUrl, path.TrimStart('/')).AbsoluteUri;
}

public static class SiteSetup
{
    // a probe inside the machine asks by these names
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Answers 400 to a foreign Host, trusts the named proxies only (<c>Site:Proxies</c>), and lets cookies cross no other road than the site's.</summary>
    public static IServiceCollection AddSite(this IServiceCollection services, IConfiguration configuration, bool development)
    {
        var site = new Site(configuration);
        services.AddSingleton(site);
        if (!development) services.Configure<HostFilteringOptions>(options => options.AllowedHosts = [site.BaseUrl.IdnHost, .. Loopback]);

        services.Configure<ForwardedHeadersOptions>(options =>
        {
            var proxies = (configuration["Site:Proxies"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // empty lists would trust everybody: without a named proxy the headers are not looked at
            options.ForwardedHeaders = proxies.Length > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy.Contains('/', StringComparison.Ordinal) ? proxy : WholeAddress(proxy)));
        });

        var secure = site.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        // inside a tenant the path base is longer: without a path of their own these cookies would be forgotten on the way out
        services.ConfigureAll<CookieAuthenticationOptions>(options => Guard(options.Cookie, secure));
        services.Configure<AntiforgeryOptions>(options => Guard(options.Cookie, secure));
        services.Configure<CookieTempDataProviderOptions>(options => Guard(options.Cookie, secure));
        return services;
    }

    private static void Guard(CookieBuilder cookie, CookieSecurePolicy secure)
    {
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = secure;
        cookie.Path = "/";
    }

    private static string WholeAddress(string address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address}/{(address.Contains(':', StringComparison.Ordinal) ? 128 : 32)}");
}
