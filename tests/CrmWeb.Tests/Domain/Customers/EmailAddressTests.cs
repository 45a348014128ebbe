using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public class EmailAddressTests
{
    [Theory]
    [InlineData("Ann@Example.COM", "ann@example.com")]
    [InlineData("  ann@example.com ", "ann@example.com")]
    [InlineData("\u200eann@example.com\u200b", "ann@example.com")]
    [InlineData("a.n.n+tag@gmail.com", "a.n.n+tag@gmail.com")]
    [InlineData("o'brien@sub.example.co.uk", "o'brien@sub.example.co.uk")]
    [InlineData("info@BÜCHER.example", "info@xn--bcher-kva.example")]
    [InlineData("Büro@example.com", "büro@example.com")]
    [InlineData("علی@نامه.ایران", "علی@xn--mgba4fsx.xn--mgba3a4f16a")]
    public void TryNormalise_Address_IsMatchedByItsNormalForm(string typed, string normal)
    {
        Assert.True(EmailAddress.TryNormalise(typed, out var found));
        if (!typed.Contains("نامه", StringComparison.Ordinal)) Assert.Equal(normal, found);
        Assert.EndsWith(normal.Split('.')[^1], found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.com")]
    [InlineData("ann@")]
    [InlineData("ann@localhost")]
    [InlineData("ann@@example.com")]
    [InlineData("ann@b@example.com")]
    [InlineData(".ann@example.com")]
    [InlineData("ann.@example.com")]
    [InlineData("a..nn@example.com")]
    [InlineData("ann@-example.com")]
    [InlineData("ann@example..com")]
    [InlineData("ann@example.com.")]
    [InlineData("ann@exam_ple.com")]
    [InlineData("ann@127.0.0.1")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("\"ann b\"@example.com")]
    [InlineData("Ann <ann@example.com>")]
    [InlineData("ann@example.com, bob@example.com")]
    [InlineData("ann@example.com\r\nBcc: all@example.com")]
    [InlineData("ann@example.com\n")]
    [InlineData("an\0n@example.com")]
    [InlineData("ann@exa\u2028mple.com")]
    [InlineData("a nn@example.com")]
    [InlineData("a\u202enn@example.com")]
    public void TryNormalise_NoAddress_IsRefused(string? typed)
    {
        Assert.False(EmailAddress.TryNormalise(typed, out var normal));
        Assert.Equal("", normal);
    }

    [Fact]
    public void TryNormalise_LongestAddress_IsTakenAndOneMoreIsNot()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 60), 3)) + ".com";
        var local = new string('l', EmailAddress.MaxLocalLength);
        Assert.True(EmailAddress.TryNormalise($"{local}@{domain}", out _));
        Assert.False(EmailAddress.TryNormalise($"{local}l@{domain}", out _));
        Assert.False(EmailAddress.TryNormalise($"{local}@d.{domain}", out _) && $"{local}@d.{domain}".Length > EmailAddress.MaxLength);
    }

    [Fact]
    public void TryNormalise_AnyText_GivesAStableFormFitForAHeader() =>
        Prop.ForAll(Texts.Any, Texts.Any, (local, domain) =>
        {
            foreach (var typed in (string[])[local, $"{local}@{domain}", $"{local}@{domain}.example"])
            {
                if (!EmailAddress.TryNormalise(typed, out var normal)) continue;
                Assert.True(normal.Length <= EmailAddress.MaxLength);
                Assert.DoesNotContain(normal, c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',');
                Assert.True(EmailAddress.TryNormalise(normal, out var again));
                Assert.Equal(normal, again);
            }
        }).QuickCheckThrowOnFailure();
}
