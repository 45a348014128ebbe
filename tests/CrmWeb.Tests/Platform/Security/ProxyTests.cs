using System.Net;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace CrmWeb.Tests.Platform.Security;

public sealed class ProxyTests
{
    [Theory]
    [InlineData(null, "192.0.2.1", false)]
    [InlineData("198.51.100.7", "192.0.2.1", false)]
    [InlineData("192.0.2.0/24", "192.0.2.1", true)]
    [InlineData("198.51.100.7, 192.0.2.1", "192.0.2.1", true)]
    public async Task ForwardedFor_IsBelievedOfNamedProxiesOnly(string? proxies, string sender, bool believed)
    {
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?> { ["Site:Proxies"] = proxies, ["Limits:Mail"] = "2" });
        _ = host.Services;
        async Task<int> Knock(int client) => (await host.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(sender);
            http.Request.Method = "POST";
            http.Request.Path = "/password/forgotten";
            http.Request.Host = new HostString("localhost");
            http.Request.Headers["X-Forwarded-For"] = $"203.0.113.{client}";
        })).Response.StatusCode;

        // without a token the form is refused, if it is not refused before that for coming too often
        for (var client = 1; client <= 2; client++) Assert.Equal(400, await Knock(client));
        Assert.Equal(believed ? 400 : 429, await Knock(3));
    }
}
