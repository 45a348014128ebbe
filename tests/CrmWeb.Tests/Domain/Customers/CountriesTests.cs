using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public class CountriesTests
{
    [Theory]
    [InlineData("USA", "US")]
    [InlineData("U.S.A.", "US")]
    [InlineData("us", "US")]
    [InlineData("The United States of America", "US")]
    [InlineData("Germany", "DE")]
    [InlineData("Deutschland", "DE")]
    [InlineData("DEU", "DE")]
    [InlineData("آلمان", "DE")]
    [InlineData("United Kingdom", "GB")]
    [InlineData("UK", "GB")]
    [InlineData("U.K.", "GB")]
    [InlineData("England", "GB")]
    [InlineData("ایران", "IR")]
    [InlineData("ايران", "IR")]
    [InlineData("Iran, Islamic Republic of", "IR")]
    [InlineData("Côte d'Ivoire", "CI")]
    [InlineData("cote d’ivoire", "CI")]
    [InlineData("Trinidad and Tobago", "TT")]
    [InlineData("Türkiye", "TR")]
    [InlineData("Österreich", "AT")]
    [InlineData("日本", "JP")]
    [InlineData("Россия", "RU")]
    [InlineData("Korea, Republic of", "KR")]
    [InlineData("Czech Republic", "CZ")]
    [InlineData("Western Sahara", "EH")]
    public void TryFind_WhatPeopleType_IsTheCountry(string typed, string code)
    {
        Assert.True(Countries.TryFind(typed, out var found));
        Assert.Equal(code, found);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("--")]
    [InlineData("Atlantis")]
    [InlineData("XX")]
    public void TryFind_UnknownText_IsRefused(string? typed)
    {
        Assert.False(Countries.TryFind(typed, out var code));
        Assert.Equal("", code);
    }

    [Fact]
    public void TryFind_EveryCodeAndName_LeadsBack()
    {
        Assert.Equal(249, Countries.All.Distinct().Count());
        foreach (var code in Countries.All)
        {
            Assert.True(Countries.TryFind(code.ToLowerInvariant(), out var byCode));
            Assert.Equal(code, byCode);
            Assert.True(Countries.TryFind(Countries.NameOf(code), out var byName));
            Assert.Equal(code, byName);
        }
    }

    [Fact]
    public void NameOf_UnknownText_StaysText() => Assert.Equal("Atlantis", Countries.NameOf("Atlantis"));

    [Fact]
    public void TryFind_AnyText_NeverThrows() => Prop.ForAll(Texts.Any, text => Countries.TryFind(text, out _) == Countries.TryFind(text, out _)).QuickCheckThrowOnFailure();
}
