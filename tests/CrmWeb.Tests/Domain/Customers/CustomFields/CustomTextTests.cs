using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers.CustomFields;

public sealed class CustomTextTests
{
    private static CustomField Field(CustomFieldType type, bool unique = false) =>
        new("field", type, new CustomFieldDetails("Field", null, null, false, unique, null, Role.None, StageSet.None), 0);

    public static Gen<(CustomFieldType Type, string Typed)> Typed { get; } = Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Select(n => (CustomFieldType.Number, (n / 10_000m).ToString(CultureInfo.InvariantCulture))),
        from n in Gen.Choose(int.MinValue, int.MaxValue)
        from currency in Gen.Elements("EUR", "USD", "IRR", "JPY", "KWD")
        select (CustomFieldType.Money, $"{(n / (decimal)Math.Pow(10, CrmWeb.Domain.Tenants.Currency.MinorDigits(currency))).ToString(CultureInfo.InvariantCulture)} {currency}"),
        Gen.Choose(new DateOnly(1800, 1, 1).DayNumber, new DateOnly(2200, 12, 31).DayNumber).Select(day => (CustomFieldType.Date, DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
        Gen.Elements("yes", "No", "TRUE", "بله", "0").Select(text => (CustomFieldType.YesNo, text)),
        Gen.Elements("example.org", "HTTPS://Example.org/a?b=c", "http://نام.example/").Select(text => (CustomFieldType.Link, text)),
        ArbMap.Default.GeneratorFor<NonWhiteSpaceString>().Select(text => (CustomFieldType.Text, text.Get)),
        ArbMap.Default.GeneratorFor<NonWhiteSpaceString>().Select(text => (CustomFieldType.LongText, text.Get)),
        Gen.Choose(1, int.MaxValue).Select(id => (CustomFieldType.Member, CustomText.Id(id))));

    [Fact]
    public void Read_OfWhatItWrote_IsTheSame() => Prop.ForAll(Typed.ToArbitrary(), one =>
    {
        var field = Field(one.Type);
        if (CustomText.Read(field, one.Typed, "EUR", out var problem) is not { } once) return problem != CustomProblem.None && one.Type is CustomFieldType.Text or CustomFieldType.LongText;
        return CustomText.Read(field, once, "USD", out _) == once && new CustomValue(field, once).Read(one.Type) == once;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Json_OfWhatItWrote_IsTheSame() => Prop.ForAll(Typed.ToArbitrary(), one =>
    {
        var fields = new CustomFieldSet([Field(one.Type)], []);
        if (CustomText.Read(fields.All[0], one.Typed, "EUR", out _) is not { } value) return true;
        var values = CustomerDetails.NoCustom.Add("field", [value]);
        var json = System.Text.Json.JsonSerializer.SerializeToElement(CustomJson.Write(values, fields));
        return CustomJson.Read(json, CustomerDetails.NoCustom, fields, "USD", out var problems)["field"][0] == value && problems.Count == 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("12.5", "12.5")]
    [InlineData("۱۲٫۵", "12.5")]
    [InlineData("12,5", "12.5")]
    [InlineData("1,234.50", "1234.5")]
    [InlineData("1.234,50", "1234.5")]
    [InlineData("1 234", "1234")]
    [InlineData("-0.0001", "-0.0001")]
    [InlineData("1,234", null)]
    [InlineData("1.23456", null)]
    [InlineData("twelve", null)]
    [InlineData("1e5", null)]
    [InlineData("99999999999999999999999999999999999999999", null)]
    public void Read_Number_TakesWhatMeansOneThing(string typed, string? number) => Assert.Equal(number, CustomText.Read(Field(CustomFieldType.Number), typed, "EUR", out _));

    [Theory]
    [InlineData("12.50", "12.5 EUR")]
    [InlineData("USD 12", "12 USD")]
    [InlineData("12 usd", "12 USD")]
    [InlineData("$1,234.50", "1234.5 USD")]
    [InlineData("۱۲۰ ریال", "120 IRR")]
    [InlineData("12.345", null)]
    [InlineData("12.5 JPY", null)]
    [InlineData("12 EURO", null)]
    public void Read_Money_KnowsTheCurrency(string typed, string? money) => Assert.Equal(money, CustomText.Read(Field(CustomFieldType.Money), typed, "EUR", out _));

    [Fact]
    public void Read_TextTooLong_SaysSo()
    {
        Assert.Null(CustomText.Read(Field(CustomFieldType.Text), new string('x', CustomText.TextLength + 1), "EUR", out var problem));
        Assert.Equal(CustomProblem.TooLong, problem);
    }

    [Fact]
    public void UniqueKey_TwoSpellings_AreOne() =>
        Assert.Equal(new CustomValue(Field(CustomFieldType.Text, unique: true), "Café").UniqueKey, new CustomValue(Field(CustomFieldType.Text, unique: true), "cafe").UniqueKey);

    [Theory]
    [InlineData("Favourite roast", "favourite_roast")]
    [InlineData("2nd Café?", "nd_cafe")]
    [InlineData("قهوه", "field1")]
    [InlineData("Taken", "taken_2")]
    public void KeyFor_Label_IsAKeyNobodyHas(string label, string key)
    {
        Assert.Equal(key, CustomField.KeyFor(label, ["taken"]));
        Assert.True(CustomField.IsKey(key));
    }

    [Fact]
    public void Change_ValuesOfOtherFields_StayAsTheyAre()
    {
        var (seen, hidden) = (WithId(Field(CustomFieldType.Text), 1, "seen"), WithId(Field(CustomFieldType.Number), 2, "hidden"));
        var all = new CustomFieldSet([seen, hidden], []);
        var customer = new Customer(new CustomerDetails { Name = "A", CustomFields = all }.With("seen", ["one"]).With("hidden", ["42"]), DateTime.UnixEpoch);
        customer.Change(CustomerDetails.Of(customer, new CustomFieldSet([seen], [])).With("seen", ["two"]), DateTime.UnixEpoch);
        var now = CustomerDetails.Of(customer, all);
        Assert.Equal(["two", "42"], now.Custom["seen"].Concat(now.Custom["hidden"]));
    }

    private static CustomField WithId(CustomField field, long id, string key)
    {
        typeof(TenantOwned).GetProperty(nameof(TenantOwned.Id))!.SetValue(field, id);
        typeof(CustomField).GetProperty(nameof(CustomField.Key))!.SetValue(field, key);
        return field;
    }
}
