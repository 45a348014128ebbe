using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public class WebAddressTests
{
    [Theory]
    [InlineData("example.com", "https://example.com")]
    [InlineData("HTTP://WWW.Example.COM/", "http://www.example.com")]
    [InlineData("www.example.com/Path?q=1#x", "https://www.example.com/Path?q=1#x")]
    [InlineData("//example.com/a", "https://example.com/a")]
    [InlineData("example.com:8080/a", "https://example.com:8080/a")]
    [InlineData("https://example.com:443", "https://example.com")]
    [InlineData("bücher.example", "https://xn--bcher-kva.example")]
    [InlineData(" example.com\u200b", "https://example.com")]
    [InlineData("http://93.184.216.34/x", "http://93.184.216.34/x")]
    public void TryNormalise_Address_IsAbsolute(string typed, string normal)
    {
        Assert.True(WebAddress.TryNormalise(typed, out var found));
        Assert.Equal(normal, found);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("localhost")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JAVASCRIPT://example.com/%0aalert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://example.com")]
    [InlineData("mailto:a@example.com")]
    [InlineData("https://user:secret@example.com")]
    [InlineData("https://example.com\\@evil.example")]
    [InlineData("https://[::1]/")]
    [InlineData("exam ple.com")]
    [InlineData("https://example.com/\r\nSet-Cookie: a=b")]
    public void TryNormalise_AnythingElse_IsRefused(string? typed)
    {
        Assert.False(WebAddress.TryNormalise(typed, out var normal));
        Assert.Equal("", normal);
    }

    [Fact]
    public void TryNormalise_AnyText_GivesAStableHttpAddress() =>
        Prop.ForAll(Texts.Any, Texts.Any, (host, path) =>
        {
            foreach (var typed in (string[])[host, $"example.com/{path}", $"http://{host}.example/{path}", $"example.com?{path}#{host}"])
            {
                if (!WebAddress.TryNormalise(typed, out var normal)) continue;
                Assert.True(normal.StartsWith("https://", StringComparison.Ordinal) || normal.StartsWith("http://", StringComparison.Ordinal));
                Assert.True(WebAddress.TryNormalise(normal, out var again), normal);
                Assert.Equal(normal, again);
            }
        }).QuickCheckThrowOnFailure();
}
