using System.Globalization;
using CrmWeb.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmWeb.Tests.Platform.Security;

public sealed class KeyWatchTests
{
    [Fact]
    public async Task ForeignKeys_CostOneQuestionARequestAtMostAndNoneTheSecondTime()
    {
        var (host, sql) = await SqlCount.Host();
        using var http = host.Browser();
        async Task<int> Questions(string cookies)
        {
            var before = 0;
            await sql.Of(async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
                request.Headers.Add("Cookie", cookies);
                (await http.SendAsync(request)).Dispose();
                before = sql.Commands.Count(command => command.Contains("\"ProtectionKeys\"", StringComparison.Ordinal) && command.Contains("\"Name\"", StringComparison.Ordinal));
            });
            return before;
        }

        Assert.Equal(0, await Questions(string.Join("; ", Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"other{i}={Cookie()}")))));
        var cookie = $"crm={Cookie()}";
        Assert.InRange(await Questions($"{cookie}; Identity.TwoFactorUserId={Cookie()}"), 1, 1);
        Assert.Equal(0, await Questions(cookie));
    }

    private static string Cookie() => WebEncoders.Base64UrlEncode([0x09, 0xF0, 0xC9, 0xF0, .. Guid.NewGuid().ToByteArray(), .. new byte[40]]);
}
