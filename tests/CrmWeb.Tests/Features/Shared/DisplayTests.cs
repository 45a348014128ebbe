using System.Globalization;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Tags;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Views;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CrmWeb.Tests.Features.Shared;

public sealed class DisplayTests
{
    private static readonly CultureInfo Persian = Cultures.Of(Languages.Persian);
    private static readonly CultureInfo English = Cultures.Of(Languages.English);

    [Theory]
    [InlineData("1234567", 0, "۱٬۲۳۴٬۵۶۷")]
    [InlineData("-12.5", 1, "-۱۲٫۵")]
    public void Number_InPersian_HasPersianDigits(string value, int decimals, string shown) =>
        Assert.Equal(shown, Digits.Number(decimal.Parse(value, CultureInfo.InvariantCulture), decimals, Persian));

    [Theory]
    [InlineData(1999, "USD", "19.99 USD")]
    [InlineData(200000, "EUR", "2,000 EUR")]
    [InlineData(5000, "IRR", "5,000 IRR")]
    [InlineData(1500, "KWD", "1.500 KWD")]
    public void Money_MinorUnits_AreShownByCurrency(long minor, string currency, string shown) => Assert.Equal(shown, Digits.Money(minor, currency, English));

    [Fact]
    public void Number_InPersianCulture_ReadsBackAPlainPoint() => Assert.Equal(1.5m, decimal.Parse("1.5", Persian));

    [Fact]
    public void Culture_Persian_CountsJalaliYears() => Assert.IsType<PersianCalendar>(Persian.Calendar);

    [Theory]
    [InlineData("Ava Karimi", "AK")]
    [InlineData("ava", "A")]
    [InlineData("", "?")]
    [InlineData("محمدرضا شفیعی", "م\u200cش")]
    public void Initials_OfAName_AreItsFirstLetters(string name, string initials) => Assert.Equal(initials, AvatarTag.Initials(name));

    [Theory]
    [InlineData("/t/acme", "")]
    [InlineData("/crm/t/acme", "/crm")]
    [InlineData("", "")]
    public void RootPath_InsideATenant_LeavesItsPartAway(string pathBase, string root) =>
        Assert.Equal(root, RootPath.Of(new DefaultHttpContext { Request = { PathBase = pathBase } }.Request));

    [Fact]
    public void ListUrl_OneChange_KeepsTheRestAndGoesToTheFirstPage()
    {
        var request = Request("/t/acme", "/customers", "?q=ann&stage=lead&stage=customer&after=xyz&sort=name");
        Assert.Equal("/t/acme/customers?q=ann&stage=lead&stage=customer&sort=-name", ListUrl.With(request, ("sort", "-name")));
    }

    [Fact]
    public void ListUrl_StrangeValues_AreEncoded() =>
        Assert.Equal("/customers?q=a%26b%20%22%3Cc%3E", ListUrl.With(Request("", "/customers", ""), ("q", "a&b \"<c>")));

    [Fact]
    public void Filters_WhatAnAddressSays_IsReadBack() => Prop.ForAll((NonEmptyString[] values) =>
    {
        var field = new FilterField("stage", "Stage", FilterKind.Choice);
        var clean = values.Select(value => value.Get.Trim()).Where(value => value.Length > 0).ToArray();
        var query = new QueryCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["stage"] = clean, ["stage.op"] = "none" });
        var read = Filters.Read(query, [field]);
        return clean.Length == 0 ? read.Count == 0 : read is [{ Operator: "none" } only] && only.Values.SequenceEqual(clean, StringComparer.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Filters_UnknownOperator_FallsBackToTheFirst()
    {
        var read = Filters.Read(Request("", "/", "?name=ann&name.op=sounds-like").Query, [new FilterField("name", "Name", FilterKind.Text)]);
        Assert.Equal("contains", Assert.Single(read).Operator);
    }

    [Fact]
    public void Columns_Choice_KeepsTheFirstAndKnowsOnlyItsOwn()
    {
        var columns = new Columns([new("name", "Name"), new("stage", "Stage"), new("phone", "Phone")]).Choose(["phone,evil"]);
        Assert.Equal(["name", "phone"], columns.Shown.Select(column => column.Key));
    }

    private static HttpRequest Request(string pathBase, string path, string query) =>
        new DefaultHttpContext { Request = { PathBase = pathBase, Path = path, QueryString = new QueryString(query) } }.Request;
}
