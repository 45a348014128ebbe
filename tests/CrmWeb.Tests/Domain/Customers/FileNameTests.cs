using System.Globalization;
using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("Offer.pdf", "Offer.pdf")]
    [InlineData(@"C:\Users\Ann\Offer.pdf", "Offer.pdf")]
    [InlineData("folder/Offer.pdf", "Offer.pdf")]
    [InlineData("gpj.\u202Eexe", "gpj.exe")]
    [InlineData("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf")]
    [InlineData("می\u200Cخواهم.pdf", "می\u200Cخواهم.pdf")]
    [InlineData("  .htaccess. ", "htaccess")]
    [InlineData("a<b>|\"c?*.txt", "a_b___c__.txt")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("x.pdf::$DATA", "x.pdf__$DATA")]
    [InlineData("\u202E..", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Clean_OfEachKind_IsAPlainName(string? typed, string? name) => Assert.Equal(name, FileName.Clean(typed));

    [Theory]
    [InlineData("../../etc/passwd.txt", true)]
    [InlineData(@"..\x.pdf", true)]
    [InlineData("a/.. /x.pdf", true)]
    [InlineData("x.pdf\0.exe", true)]
    [InlineData("a..b.pdf", false)]
    [InlineData("folder/x.pdf", false)]
    public void IsHostile_OfNames_IsWhatLeadsOutOrEndsEarly(string typed, bool hostile) => Assert.Equal(hostile, FileName.IsHostile(typed));

    [Fact]
    public void Clean_LongName_KeepsItsEnding()
    {
        var name = FileName.Clean(new string('x', 500) + "😀.docx")!;
        Assert.InRange(name.Length, FileName.Length - 10, FileName.Length);
        Assert.EndsWith(".docx", name, StringComparison.Ordinal);
    }

    [Fact]
    public void Clean_OfAnything_IsPlainShortAndStable() => Prop.ForAll(Texts.Any, typed =>
    {
        if (FileName.Clean(typed) is not { } name) return true;
        return name.Length is > 0 and <= FileName.Length && name.IndexOfAny(['/', '\\', ':', '"', '\r', '\n', '\0']) < 0 && name == FileName.Clean(name)
            && name.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Control);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
