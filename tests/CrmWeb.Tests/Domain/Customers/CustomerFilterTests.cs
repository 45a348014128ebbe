using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public sealed class CustomerFilterTests
{
    [Fact]
    public void Parse_AnyPairs_NeverThrowsAndReadsBackWhatItWrites() => Prop.ForAll(Pairs(), pairs =>
    {
        var filter = CustomerFilter.Parse(pairs, [], out _);
        var again = CustomerFilter.Parse(filter.ToPairs(), [], out var ignored);
        Assert.Empty(ignored);
        Assert.Equal(filter.ToPairs(), again.ToPairs());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_FromADayToTheSameDay_ReadsBack()
    {
        var filter = CustomerFilter.Parse([new("created", "2026-01-01"), new("created", "2026-01-01"), new("created.op", "between")], [], out _);
        var again = CustomerFilter.Parse(filter.ToPairs(), [], out var ignored);
        Assert.Empty(ignored);
        Assert.Equal(["2026-01-01", "2026-01-01"], again.Conditions.Single().Values);
    }

    [Fact]
    public void Cursor_AnyKey_ReadsBack() => Prop.ForAll(Texts.Encodable, text =>
    {
        var name = SearchText.Fold(text);
        if (name.Contains('\0', StringComparison.Ordinal)) return;
        var cursor = new CustomerCursor(name, null, name.Length);
        Assert.Equal(cursor, CustomerCursor.Parse(CustomerOrder.Name, cursor.ToString()));
        Assert.Null(CustomerCursor.Parse(CustomerOrder.Contact, cursor.ToString()));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cursor_AnyText_NeverThrows() => Prop.ForAll(Texts.Any, text =>
    {
        foreach (var order in Enum.GetValues<CustomerOrder>()) _ = CustomerCursor.Parse(order, text);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("created", "1405/01/01", "2026-03-21")]
    [InlineData("created", "۱۴۰۵/۰۱/۰۱", "2026-03-21")]
    [InlineData("created", "2026-3-1", "2026-03-01")]
    public void Parse_ADate_IsKeptInOneForm(string key, string typed, string kept)
    {
        var filter = CustomerFilter.Parse([new(key, typed)], [], out var ignored);
        Assert.Empty(ignored);
        Assert.Equal([kept], filter.Conditions.Single().Values);
    }

    [Theory]
    [InlineData("created", "03-04-05")]
    [InlineData("created", "9999-12-31")]
    [InlineData("owner", "-1")]
    [InlineData("stage", "9")]
    [InlineData("archived", "1")]
    [InlineData("id", "1")]
    public void T13_Parse_WhatIsNoValue_IsNamed(string key, string typed)
    {
        var filter = CustomerFilter.Parse([new(key, typed)], [], out var ignored);
        Assert.Empty(filter.Conditions);
        Assert.Equal([key], ignored);
    }

    [Theory]
    [InlineData(CustomerFieldKind.Text, FilterKind.Text)]
    [InlineData(CustomerFieldKind.Choice, FilterKind.Choice)]
    [InlineData(CustomerFieldKind.Date, FilterKind.Date)]
    [InlineData(CustomerFieldKind.Reference, FilterKind.Picker)]
    [InlineData(CustomerFieldKind.YesNo, FilterKind.YesNo)]
    public void Operators_AreThoseOfTheFilterBar(CustomerFieldKind kind, FilterKind bar) =>
        Assert.Equal(Filters.OperatorsOf(bar), CustomerFilterOperators.Of(kind));

    private static Arbitrary<KeyValuePair<string, string>[]> Pairs()
    {
        var keys = Gen.Elements([.. CustomerFilterFields.All.SelectMany(f => new[] { f.Key, f.Key + CustomerFilter.OperatorSuffix }), "nonsense", ""]);
        var operators = CustomerFilterFields.All.SelectMany(f => f.Operators.Concat(f.Choices)).Distinct(StringComparer.Ordinal).ToArray();
        var values = Gen.OneOf(Gen.Elements(operators), Gen.Elements("true", "me", "7", "2026-01-01", "1405/1/1", "99999999999999999999"), Texts.Encodable.Generator);
        return keys.SelectMany(key => values.Select(value => new KeyValuePair<string, string>(key, value))).ArrayOf().ToArbitrary();
    }
}
