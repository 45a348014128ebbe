using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public class PhoneNumberTests
{
    [Theory]
    [InlineData("+49 170 1234567", null, "+491701234567")]
    [InlineData("+49 (0)170 / 12 34-567", null, "+491701234567")]
    [InlineData("+49 0170 1234567", null, "+491701234567")]
    [InlineData("0049 170 1234567", null, "+491701234567")]
    [InlineData("0049 (0) 170 1234567", "US", "+491701234567")]
    [InlineData("0170 1234567", "DE", "+491701234567")]
    [InlineData("0170 1234567", "de", "+491701234567")]
    [InlineData("170 1234567", "DE", "+491701234567")]
    [InlineData("011 49 170 1234567", "US", "+491701234567")]
    [InlineData("(212) 555-0123", "US", "+12125550123")]
    [InlineData("1-212-555-0123", "US", "+12125550123")]
    [InlineData("212.555.0123", "CA", "+12125550123")]
    [InlineData("1-800-FLOWERS", "US", "+18003569377")]
    [InlineData("8 (495) 123-45-67", "RU", "+74951234567")]
    [InlineData("7 495 123 45 67", "RU", "+74951234567")]
    [InlineData("۰۹۱۲ ۳۴۵ ۶۷۸۹", "IR", "+989123456789")]
    [InlineData("٠٩١٢٣٤٥٦٧٨٩", "IR", "+989123456789")]
    [InlineData("＋９８ ９１２ ３４５ ６７８９", null, "+989123456789")]
    [InlineData("06 1 123 4567", "HU", "+3611234567")]
    [InlineData("06 1234 5678", "IT", "+390612345678")]
    [InlineData("020 7946 0123", "GB", "+442079460123")]
    [InlineData("02 1234 5678", "AU", "+61212345678")]
    [InlineData("0011 49 170 1234567", "AU", "+491701234567")]
    [InlineData("tel:+1-212-555-0123", null, "+12125550123")]
    [InlineData("\u202a+49 170 1234567\u202c", null, "+491701234567")]
    [InlineData("0170 1234567", null, "01701234567")]
    [InlineData("0170 1234567", "??", "01701234567")]
    [InlineData("555-0123", "US", "5550123")]
    [InlineData("4711", "DE", "4711")]
    [InlineData("112", "DE", "112")]
    [InlineData("+1 212 555 0123 x123", null, "+12125550123;ext=123")]
    [InlineData("+1 212 555 0123 ext. 12", null, "+12125550123;ext=12")]
    [InlineData("+1 212 555 0123, Extension 7", null, "+12125550123;ext=7")]
    [InlineData("+12125550123;ext=123", null, "+12125550123;ext=123")]
    [InlineData("+1 212 555 0123 #9", null, "+12125550123;ext=9")]
    [InlineData("۰۲۱ ۱۲۳۴ ۵۶۷۸ داخلی ۱۲", "IR", "+982112345678;ext=12")]
    public void TryNormalise_Number_IsMatchedByItsNormalForm(string typed, string? country, string normal)
    {
        Assert.True(PhoneNumber.TryNormalise(typed, country, out var found));
        Assert.Equal(normal, found);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("call me")]
    [InlineData("12")]
    [InlineData("+")]
    [InlineData("+999 123 456")]
    [InlineData("+49")]
    [InlineData("+49 00 170 1234567")]
    [InlineData("+49 1234567890123456")]
    [InlineData("1234567890123456")]
    [InlineData("0170 1234567 / 0171 7654321")]
    [InlineData("0170=1234567")]
    [InlineData("0170\r\n1234567")]
    [InlineData("ann@example.com")]
    [InlineData("<script>123")]
    public void TryNormalise_NoNumber_IsRefused(string? typed)
    {
        Assert.False(PhoneNumber.TryNormalise(typed, "DE", out var normal));
        Assert.Equal("", normal);
    }

    [Fact]
    public void TryNormalise_AnyText_GivesAStableForm()
    {
        var digits = Gen.Elements("0", "1", "2", "5", "7", "8", "9", "00", "+", " ", "-", "(0)", "x", "#", "۴", "ext", ";ext=").ListOf().Select(string.Concat);
        var texts = Gen.OneOf(digits, Texts.Any.Generator).ToArbitrary();
        var countries = Gen.Elements(Countries.All.ToArray()).ToArbitrary();
        Prop.ForAll(texts, countries, (typed, country) =>
        {
            foreach (var home in (string?[])[null, country])
            {
                if (!PhoneNumber.TryNormalise(typed, home, out var normal)) continue;
                Assert.True(normal.Length <= PhoneNumber.MaxLength, normal);
                Assert.Matches(@"^(\+[1-9][0-9]{6,14}|[0-9]{3,15})(;ext=[0-9]{1,7})?$", normal);
                Assert.True(PhoneNumber.TryNormalise(normal, home, out var again), normal);
                Assert.Equal(normal, again);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    [Fact]
    public void TryNormalise_InternationalNumber_NeedsNoCountry() =>
        Prop.ForAll(Gen.Elements(Countries.All.ToArray()).ToArbitrary(), Gen.Choose(20_000_000, 99_999_999).ToArbitrary(), (country, number) =>
        {
            Assert.True(PhoneNumber.TryNormalise($"+44 {number}", country, out var abroad));
            Assert.Equal($"+44{number}", abroad);
        }).QuickCheckThrowOnFailure();
}
